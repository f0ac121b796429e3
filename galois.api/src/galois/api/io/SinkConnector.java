package galois.api.io;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.Set;

/**
 * Writes to the outside world; a service with property {@code name} ({@code file}, {@code mqtt}).
 */
@ConsumerType
public interface SinkConnector {
    /** True when each row is one message; decides which encoder is made. */
    boolean isFramed();

    /** Names of the options this transport understands, beside {@link StreamOptions#COMMON}. */
    default Set<String> options() {
        return Set.of();
    }

    /**
     * Opens the target.
     *
     * @param encoder made by the stream's format; null when the stream names no format
     * @throws galois.api.GaloisException SINK_FAILED with the remedy
     */
    Session open(StreamDefinition stream, Encoder encoder);

    /**
     * Opens a target again whose session was closed before {@link Session#end}, because a bundle
     * was replaced: what was written stays, and what is written now follows it. Message targets are
     * simply opened.
     *
     * @throws galois.api.GaloisException SINK_FAILED when this target cannot be written on
     */
    default Session reopen(StreamDefinition stream, Encoder encoder) {
        if (isFramed()) {
            return open(stream, encoder);
        }
        throw new GaloisException(
                ErrorCode.SINK_FAILED,
                "a bundle of transport \""
                        + stream.option("transport", "")
                        + "\" was replaced while \""
                        + stream.name()
                        + "\" was being written, and it cannot write on: start the query again");
    }

    /** An open target; called by one thread. */
    interface Session extends AutoCloseable {
        /**
         * Writes every row of the batch; blocks while the target is slow (that is the
         * back-pressure).
         *
         * @throws galois.api.GaloisException SINK_FAILED when the target is lost for good
         */
        void write(BatchCursor batch);

        /**
         * Everything written so far is out when this returns. Called when input pauses and at end.
         */
        void flush();

        /** No more rows will come: the input ended. {@link #close} follows. */
        void end();

        @Override
        void close();
    }
}
