package galois.transport.tcp;

import galois.api.io.EdgeTransport;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A handler that keeps what it hears, for a test to wait for. */
final class Recorder implements EdgeTransport.Handler {
    final BlockingQueue<EdgeTransport.Connection> opened = new LinkedBlockingQueue<>();
    final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    final BlockingQueue<EdgeTransport.Connection> writable = new LinkedBlockingQueue<>();

    /** Called for each frame by the I/O thread. */
    volatile Runnable onFrame = () -> {};

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T item = queue.poll(20, TimeUnit.SECONDS);
        if (item == null) {
            throw new AssertionError("nothing came within 20 s");
        }
        return item;
    }

    @Override
    public void onOpen(EdgeTransport.Connection connection) {
        opened.add(connection);
    }

    @Override
    public void onFrame(EdgeTransport.Connection connection, byte[] frame) {
        frames.add(frame);
        onFrame.run();
    }

    @Override
    public void onWritable(EdgeTransport.Connection connection) {
        writable.add(connection);
    }

    @Override
    public void onClosed(EdgeTransport.Connection connection, String reason) {
        closed.add(reason);
    }
}
