package galois.transport.memory;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import java.util.HashMap;
import java.util.Map;

/**
 * The rows of one internal stream: chunks that writers append and readers read in order. Thread
 * safe.
 *
 * <p>Of a stream that does not end, rows wait until every reader has them; while there is no
 * reader, the newest up to a limit are kept. A writer waits for a slow reader. A stream that ends
 * keeps all its rows, so that it can be read again; more than the limit are refused.
 */
final class RowLog {
    private final String stream;
    private final Map<Long, Chunk> chunks = new HashMap<>();
    private final Map<Object, Long> positions = new HashMap<>();

    /** Number of the oldest chunk; those that follow are numbered on. */
    private long first;

    private long bytes;
    private int writersOpen;
    private int writersOver;
    private boolean closed;

    /** Rows as {@link RowCode} wrote them. */
    record Chunk(byte[] rows, long arrivalUs) {}

    RowLog(String stream) {
        this.stream = stream;
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Nobody writes or reads at this moment. */
    synchronized boolean isIdle() {
        return writersOpen == 0 && positions.isEmpty();
    }

    /** Its rows are given up. */
    synchronized void close() {
        closed = true;
        chunks.clear();
        bytes = 0;
        notifyAll();
    }

    // ---- writers

    /**
     * @param again it was open before and goes on
     */
    synchronized void openWriter(boolean again) {
        writersOpen++;
        writersOver -= again && writersOver > 0 ? 1 : 0;
    }

    synchronized void closeWriter() {
        writersOpen--;
        writersOver++;
        notifyAll();
    }

    /**
     * Appends rows; waits until they fit.
     *
     * @param keeps true when the stream ends and keeps its rows
     * @throws GaloisException SINK_FAILED when it keeps its rows and they do not fit
     */
    synchronized void append(Chunk chunk, boolean keeps, long bytesMax)
            throws InterruptedException {
        while (!closed && bytes > 0 && bytes + chunk.rows().length > bytesMax) {
            if (keeps) {
                throw new GaloisException(
                        ErrorCode.SINK_FAILED,
                        "stream \""
                                + stream
                                + "\" holds "
                                + (bytesMax >> 20)
                                + " MB and has no room for more rows: raise its option 'retain_mb',"
                                + " or write to a file");
            }
            if (positions.isEmpty()) {
                dropFirst();
            } else {
                wait();
            }
        }
        if (!closed) {
            chunks.put(first + chunks.size(), chunk);
            bytes += chunk.rows().length;
            notifyAll();
        }
    }

    private void dropFirst() {
        bytes -= chunks.remove(first++).rows().length;
    }

    // ---- readers

    synchronized void openReader(Object reader) {
        positions.put(reader, first);
    }

    synchronized void closeReader(Object reader) {
        positions.remove(reader);
        notifyAll();
    }

    /**
     * The rows that the reader has not taken; waits for them.
     *
     * @param writers of a stream that ends: it is over when so many have ended; 0: it does not end
     * @return null when nothing will follow
     */
    synchronized Chunk read(Object reader, int writers) throws InterruptedException {
        long position = positions.get(reader);
        while (position == first + chunks.size()) {
            if (closed || writers > 0 && writersOver >= writers) {
                return null;
            }
            wait();
        }
        return chunks.get(position);
    }

    /**
     * The reader has what it read last.
     *
     * @param keeps true when the stream ends and keeps its rows
     */
    synchronized void taken(Object reader, boolean keeps) {
        positions.computeIfPresent(reader, (key, position) -> position + 1);
        long needed = positions.values().stream().mapToLong(p -> p).min().orElse(first);
        while (!keeps && first < needed) {
            dropFirst();
        }
        notifyAll();
    }
}
