package galois.node.producer;

import galois.api.io.SourceConnector;
import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;

import java.util.concurrent.TimeUnit;

/** When a table is read again: after its period, if its source may have changed meanwhile. */
final class Refresh {
    /** Cause under which failed refreshes are counted. */
    static final String FAILED = "refresh failed";

    private final StreamDefinition table;
    private final long periodNs;
    private long dueNs;
    private boolean isKnown;
    private String known = "";
    private String reading = "";

    /**
     * @throws galois.api.GaloisException STREAM_OPTION
     */
    Refresh(StreamDefinition stream) {
        table = stream;
        periodNs =
                stream.isTable()
                        ? TimeUnit.MICROSECONDS.toNanos(
                                StreamOptions.durationUs(stream, "refresh", 0))
                        : 0;
    }

    /** False: the source is read once. */
    boolean isRepeated() {
        return periodNs > 0;
    }

    /** True when a version has been read: one that fails leaves it in use. */
    boolean isKnown() {
        return isKnown;
    }

    /** The source is about to be opened. */
    void begin(SourceConnector connector) {
        reading = connector.fingerprint(table);
    }

    /** The source was read to its end. */
    void end(long nowNs) {
        isKnown = true;
        known = reading;
        rest(nowNs);
    }

    /** Nothing is read until the period is over. */
    void rest(long nowNs) {
        dueNs = nowNs + periodNs;
    }

    /** Nanoseconds until the next look; not above 0: it is due. */
    long leftNs(long nowNs) {
        return dueNs - nowNs;
    }

    /** True when the source is as it was when it was read. */
    boolean isUnchanged(SourceConnector connector) {
        String now = connector.fingerprint(table);
        return !now.isEmpty() && now.equals(known);
    }
}
