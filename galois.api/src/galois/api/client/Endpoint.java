package galois.api.client;

import org.osgi.annotation.versioning.ConsumerType;

/** An address that people may open, for live views; a service while it listens. */
@ConsumerType
public interface Endpoint {
    /** What it is: {@code web console}. */
    String name();

    /** Where it listens, with the real port. */
    String url();

    /** What one needs to know to get in; empty when nothing. */
    String note();
}
