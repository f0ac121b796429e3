package galois.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Time as an argument: production uses the machine's clocks, the simulator its own. */
@ConsumerType
public interface Clock {
    /** Monotonic nanoseconds with an arbitrary origin; for intervals and deadlines. */
    long nowNs();

    /** Microseconds since 1970-01-01T00:00:00Z; for time stamps that people or peers read. */
    long epochUs();
}
