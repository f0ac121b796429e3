package galois.transport.jdbc;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.Decoder.Origin;
import galois.api.io.SourceConnector.Handler;
import galois.api.io.SourceConnector.Session;
import galois.api.plan.StreamDefinition;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.LongSupplier;

/** One select being read. Its thread ends with the rows, with a failure, or when it is closed. */
final class JdbcReading implements Session, Runnable {
    /** Characters of rows that are handed over at once, about. */
    static final int PIECE_CHARS = 16 << 10;

    /** How long a handler, or the database, may take to return after close has interrupted it. */
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(JdbcReading.class);

    private final StreamDefinition stream;
    private final JdbcOptions options;
    private final Connection connection;
    private final PreparedStatement select;
    private final Handler handler;
    private final LongSupplier epochUs;
    private volatile boolean closed;
    private Thread thread;

    JdbcReading(
            StreamDefinition stream,
            JdbcOptions options,
            Connection connection,
            PreparedStatement select,
            Handler handler,
            LongSupplier epochUs) {
        this.stream = stream;
        this.options = options;
        this.connection = connection;
        this.select = select;
        this.handler = handler;
        this.epochUs = epochUs;
    }

    void start(String threadName) {
        thread = new Thread(this, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try (ResultSet rows = select.executeQuery()) {
            read(rows);
        } catch (SQLException e) {
            fail(JdbcSource.failure(options, stream, e));
        } catch (GaloisException e) {
            fail(e);
        } catch (RuntimeException e) { // boundary of the thread
            LOG.error("the reader of {} failed", stream.name(), e);
            fail(new GaloisException(ErrorCode.BUG, "the reader of a database failed: " + e, e));
        } finally {
            JdbcSource.close(connection);
        }
    }

    private void fail(GaloisException failure) {
        if (!closed) {
            handler.onFailure(failure);
        }
    }

    private void read(ResultSet rows) throws SQLException {
        CsvRow csv = new CsvRow(stream, rows.getMetaData());
        StringBuilder piece = new StringBuilder(2 * PIECE_CHARS);
        while (!closed && rows.next()) {
            csv.append(rows, piece);
            if (piece.length() >= PIECE_CHARS) {
                give(piece);
            }
        }
        give(piece);
        if (!closed) {
            handler.onEnd();
        }
    }

    private void give(StringBuilder piece) {
        if (piece.length() > 0 && !closed) {
            byte[] bytes = piece.toString().getBytes(StandardCharsets.UTF_8);
            handler.onPayload(bytes, 0, bytes.length, new Origin(null, epochUs.getAsLong()));
            piece.setLength(0);
        }
    }

    /** The database waits while nobody asks for the next rows. */
    @Override
    public void taken(long rows) {
        // nothing to tell anybody
    }

    @Override
    public void close() {
        closed = true;
        if (Thread.currentThread() == thread) {
            return;
        }
        cancel();
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
            if (thread.isAlive()) {
                LOG.error("reading {} does not return after close", stream.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cancel() {
        try {
            select.cancel();
        } catch (SQLException e) {
            LOG.debug("the select of {} cannot be cancelled", stream.name(), e);
        }
    }
}
