package galois.transport.memory;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.SourceConnector.Handler;
import galois.api.io.SourceConnector.Session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source being read by a thread of its own, until the work is done or it is closed. */
final class ReadingThread implements Session {
    /** How long a handler may take to return after close has interrupted it. */
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(ReadingThread.class);

    private final Thread thread;
    private volatile boolean closed;

    /** What the thread does. */
    interface Work {
        /** Returns soon after {@link #isClosed} has become true, or when interrupted. */
        void run(ReadingThread reading) throws InterruptedException;
    }

    private ReadingThread(String name, Handler handler, Work work) {
        thread = new Thread(() -> run(handler, work), name);
        thread.setDaemon(true);
    }

    static ReadingThread start(String name, Handler handler, Work work) {
        ReadingThread reading = new ReadingThread(name, handler, work);
        reading.thread.start();
        return reading;
    }

    private void run(Handler handler, Work work) {
        try {
            work.run(this);
        } catch (InterruptedException e) {
            assert closed : "only close interrupts";
        } catch (GaloisException e) {
            handler.onFailure(e);
        } catch (RuntimeException e) { // boundary of the thread
            LOG.error("{} failed", thread.getName(), e);
            handler.onFailure(
                    new GaloisException(ErrorCode.BUG, thread.getName() + " failed: " + e, e));
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** What is in memory waits by itself. */
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
                LOG.error("the handler of {} does not return after close", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
