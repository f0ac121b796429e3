package galois.api.io;

import org.osgi.annotation.versioning.ConsumerType;

/** An MQTT broker of this runtime; a service while it accepts connections. */
@ConsumerType
public interface Broker {
    /** {@code tcp://127.0.0.1:1883}, with the real port. */
    String url();
}
