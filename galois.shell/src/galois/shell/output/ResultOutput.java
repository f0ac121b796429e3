package galois.shell.output;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.client.ResultHandler;
import galois.batch.BatchCursor;
import galois.batch.Schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Puts the results of several statements into one output: a blank line between two results, and the
 * header again when results of queries that run at the same time take turns.
 */
public final class ResultOutput {
    /** Text handed over at once. */
    static final int CHUNK_BYTES = 1 << 16;

    private final ByteOutput output;
    private final RowText.Factory format;
    private final ReentrantLock turn = new ReentrantLock();
    private Object last;

    public ResultOutput(ByteOutput output, RowText.Factory format) {
        this.output = output;
        this.format = format;
    }

    /** Text of EXPLAIN and the like. */
    public void text(String text) {
        String line = text.endsWith("\n") ? text : text + "\n";
        emit(new Object(), () -> new byte[0], line.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes the rows of one SELECT.
     *
     * @param rowsMax rows after which {@link Printer#full} completes; further ones are dropped
     */
    public Printer printer(long rowsMax) {
        return new Printer(rowsMax);
    }

    private void emit(Object who, Supplier<byte[]> header, byte[] bytes) {
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GaloisException(ErrorCode.SINK_FAILED, "the output was stopped", e);
        }
        try {
            if (last != who) {
                if (last != null) {
                    output.write(new byte[] {'\n'});
                }
                output.write(header.get());
                last = who;
            }
            output.write(bytes);
        } finally {
            turn.unlock();
        }
    }

    /** The rows of one SELECT on their way out. */
    public final class Printer implements ResultHandler {
        private final long rowsMax;
        private final CompletableFuture<Void> full = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK_BYTES);
        private RowText text;
        private volatile boolean used;
        private boolean shown;
        private long rows;

        private Printer(long rowsMax) {
            this.rowsMax = rowsMax;
        }

        /** True when the rows of a SELECT come here. */
        public boolean isUsed() {
            return used;
        }

        /** Completes once the wanted number of rows is out. */
        public CompletableFuture<Void> full() {
            return full;
        }

        @Override
        public void onOpen(Schema schema) {
            text = format.of(schema);
            used = true;
        }

        @Override
        public void onRows(BatchCursor batch) {
            for (int i = 0; i < batch.rows() && rows < rowsMax; i++) {
                text.row(batch.row(i), bytes);
                rows++;
                if (bytes.size() >= CHUNK_BYTES) {
                    hand();
                }
            }
            if (rows >= rowsMax && !full.isDone()) {
                onPause();
                full.complete(null);
            }
        }

        @Override
        public void onPause() {
            text.pause(bytes);
            if (bytes.size() > 0) {
                hand();
            }
        }

        @Override
        public void onEnd() {
            text.pause(bytes);
            if (bytes.size() > 0 || !shown) {
                hand();
            }
        }

        private void hand() {
            shown = true;
            byte[] chunk = bytes.toByteArray();
            bytes.reset();
            emit(this, this::header, chunk);
        }

        private byte[] header() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            text.header(out);
            return out.toByteArray();
        }
    }
}
