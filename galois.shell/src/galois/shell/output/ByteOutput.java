package galois.shell.output;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Standard output or a result file behind a bounded queue, written by a thread of its own: a reader
 * that does not read blocks {@link #write} (that is the back-pressure), yet a blocked writer can be
 * interrupted. A reader that went away is no error: everything further is discarded.
 */
public final class ByteOutput implements AutoCloseable {
    /** Chunks that may wait; {@link #write} blocks for one more. */
    public static final int CHUNKS_MAX = 8;

    private record Chunk(byte[] bytes, CountDownLatch written) {}

    private final OutputStream target;
    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS_MAX);
    private final CompletableFuture<Void> broken = new CompletableFuture<>();
    private final Thread thread;

    public ByteOutput(OutputStream target) {
        this.target = target;
        thread = new Thread(this::run, "galois-shell-output");
        thread.setDaemon(true);
        thread.start();
    }

    /** Completes when nobody reads any more. */
    public CompletableFuture<Void> broken() {
        return broken;
    }

    /**
     * Hands over the bytes; blocks while the queue is full.
     *
     * @throws GaloisException SINK_FAILED when interrupted
     */
    public void write(byte[] bytes) {
        put(new Chunk(bytes, null));
    }

    /** Returns when everything handed over before is written, or nobody reads any more. */
    public void drain() {
        CountDownLatch written = new CountDownLatch(1);
        put(new Chunk(new byte[0], written));
        try {
            written.await();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void put(Chunk chunk) {
        try {
            chunks.put(chunk);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static GaloisException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new GaloisException(ErrorCode.SINK_FAILED, "the output was stopped", e);
    }

    private void run() {
        try {
            while (true) {
                Chunk chunk = chunks.take();
                writeNow(chunk.bytes);
                if (chunk.written != null) {
                    chunk.written.countDown();
                }
            }
        } catch (InterruptedException e) {
            // Closed: whatever waits is not wanted any more.
        }
    }

    private void writeNow(byte[] bytes) {
        if (broken.isDone()) {
            return;
        }
        try {
            target.write(bytes);
            target.flush();
        } catch (IOException e) {
            broken.complete(null);
        }
    }

    /** Ends the thread without waiting for a reader; call {@link #drain} first. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
