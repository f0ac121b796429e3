package galois.api.io;

import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.Set;

/**
 * Reads from the outside world; a service with property {@code name} ({@code file}, {@code mqtt}).
 */
@ConsumerType
public interface SourceConnector {
    /** True when the stream ends by itself (a file). */
    boolean isBounded(StreamDefinition stream);

    /** True when each payload is one whole message. */
    boolean isFramed();

    /** Names of the options this transport understands, beside {@link StreamOptions#COMMON}. */
    default Set<String> options() {
        return Set.of();
    }

    /**
     * Tells whether the content of a bounded source may have changed: another text each time it
     * has. A table is read again only then.
     *
     * @return empty when that is not known: it is read each time
     */
    default String fingerprint(StreamDefinition stream) {
        return "";
    }

    /**
     * Starts reading on a thread of the connector's own. Returns once the source is subscribed or
     * open.
     *
     * @throws GaloisException SOURCE_OPEN with the remedy; nothing is left open
     */
    Session open(StreamDefinition stream, Handler handler);

    /** A running source. */
    interface Session extends AutoCloseable {
        /**
         * Tells how many rows of this source the node has taken in, so that a producer that asks
         * for it can be slowed down (option {@code flow_topic}); cheap, may be ignored.
         */
        void taken(long rows);

        /**
         * Stops reading; no handler call is in progress or follows after return. A handler call
         * that is blocked for back-pressure returns when its thread is interrupted, and has then
         * taken nothing.
         */
        @Override
        void close();
    }

    /**
     * Takes what was read. Called by the connector's thread, which may be blocked for
     * back-pressure.
     */
    interface Handler {
        void onPayload(byte[] bytes, int offset, int length, Decoder.Origin origin);

        /** The bounded input is over. */
        void onEnd();

        /** Something odd that the connector saw itself (unknown topic, payload above the limit). */
        void onProblem(MalformedRow problem);

        /** The connection went down or came back; reading goes on by itself. */
        void onConnection(boolean up, String detail);

        /** Reading cannot go on. */
        void onFailure(GaloisException failure);
    }
}
