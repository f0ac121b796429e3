package galois.api.io;

import galois.batch.FrameCodec;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Moves frames between nodes; a service with property {@code name} ({@code tcp}). Knows nothing of
 * edges, credit or batches: a frame is bytes that start with their own length (u32, little endian).
 */
@ConsumerType
public interface EdgeTransport {
    /** Larger frames close the connection before anything is allocated. */
    int FRAME_BYTES_MAX = FrameCodec.FRAME_BYTES_MAX;

    /**
     * Listens on {@code host}; port 0 picks a free one.
     *
     * @throws galois.api.GaloisException PORT_IN_USE
     */
    Listener listen(String host, int port, Handler handler);

    /**
     * Begins to connect. {@code onOpen} or {@code onClosed} follows on an I/O thread; the caller
     * retries.
     *
     * @param address {@code host:port}
     */
    void connect(String address, Handler handler);

    /** An open server socket; closing it closes its connections. */
    interface Listener extends AutoCloseable {
        /** {@code host:port} with the real port. */
        String address();

        @Override
        void close();
    }

    /** A connection; any thread may call. */
    interface Connection {
        /**
         * Queues a frame; order is kept. Ignored after close. The bytes are copied before return.
         */
        void send(byte[] frame, int offset, int length);

        /** False while more than the high-water mark waits to be sent. */
        boolean isWritable();

        String peer();

        void close();
    }

    /**
     * Calls to one handler come one at a time, also over several connections, in order for each
     * connection, from an I/O thread; they must not block.
     */
    interface Handler {
        void onOpen(Connection connection);

        /** A whole frame; the array is the handler's to keep. */
        void onFrame(Connection connection, byte[] frame);

        void onWritable(Connection connection);

        /** Also after a failed connect ({@code connection} is then null). */
        void onClosed(Connection connection, String reason);
    }
}
