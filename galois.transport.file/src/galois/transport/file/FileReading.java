package galois.transport.file;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.Decoder.Origin;
import galois.api.io.SourceConnector.Handler;
import galois.api.io.SourceConnector.Session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** One file being read. Its thread ends with the file, with a failure, or when it is closed. */
final class FileReading implements Session, Runnable {
    /** Bytes of a piece: one read call and one handler call. */
    static final int PIECE_BYTES = 64 * 1024;

    /** How long a handler may take to return after close has interrupted it. */
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(FileReading.class);

    private final Path path;
    private final InputStream input;
    private final Handler handler;
    private final LongSupplier epochUs;
    private volatile boolean closed;
    private Thread thread;

    FileReading(Path path, InputStream input, Handler handler, LongSupplier epochUs) {
        this.path = path;
        this.input = input;
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
        byte[] piece = new byte[PIECE_BYTES];
        try (input) {
            int length = input.read(piece);
            while (length >= 0 && !closed) {
                handler.onPayload(piece, 0, length, new Origin(null, epochUs.getAsLong()));
                length = closed ? -1 : input.read(piece);
            }
            if (!closed) {
                handler.onEnd();
            }
        } catch (IOException e) {
            if (!closed) {
                handler.onFailure(
                        new GaloisException(
                                ErrorCode.SOURCE_OPEN,
                                "reading file \"" + path + "\" failed: " + e.getMessage(),
                                e));
            }
        } catch (RuntimeException e) {
            LOG.error("the reader of file \"{}\" failed", path, e);
            handler.onFailure(
                    new GaloisException(
                            ErrorCode.BUG, "the reader of file \"" + path + "\" failed", e));
        }
    }

    /** A file cannot be slowed down from outside: the blocked handler does that. */
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
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
            if (thread.isAlive()) {
                LOG.error("the handler of file \"{}\" does not return after close", path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
