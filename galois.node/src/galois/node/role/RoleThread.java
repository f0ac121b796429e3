package galois.node.role;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The one thread of a role. It works while there is something to do and parks otherwise; any thread
 * may wake it, without a lock.
 */
public final class RoleThread {
    private static final Logger LOG = LoggerFactory.getLogger(RoleThread.class);

    /** {@link Duty#work} did something: call again at once. */
    public static final long AGAIN = 0;

    /** {@link Duty#work} found nothing to do: call again after a wake call. */
    public static final long ON_WAKE = Long.MAX_VALUE;

    /** {@link Duty#work} has ended for good. */
    public static final long DONE = -1;

    /** How long a stop waits for the present piece of work before it interrupts it ... */
    static final long PATIENCE_MS = 1_000;

    /** ... and how long after that before it gives up on the thread. */
    static final long INTERRUPTED_MS = 5_000;

    /** Each of the two waits while the whole framework ends: nobody goes on afterwards. */
    static final long ABANDON_MS = 300;

    /** What the thread does. */
    public interface Duty {
        /**
         * Does a bounded piece of work.
         *
         * @return {@link #AGAIN}, {@link #DONE}, or for how many nanoseconds there is nothing to do
         *     ({@link #ON_WAKE}: until woken); anything but AGAIN only if this call did nothing
         */
        long work();

        /** Last call, on the same thread, also after a failure. */
        void close();
    }

    private final Thread thread;
    private final Duty duty;
    private final Consumer<RuntimeException> onFailure;
    private volatile boolean signalled;
    private volatile boolean stopping;

    /**
     * @param onFailure told on the thread what ended it
     */
    public RoleThread(String name, Duty duty, Consumer<RuntimeException> onFailure) {
        this.duty = duty;
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Something may be there to do. Cheap when the thread is awake. */
    public void wake() {
        if (!signalled) {
            signalled = true;
            LockSupport.unpark(thread);
        }
    }

    public boolean isStopping() {
        return stopping;
    }

    /** The role's thread, before it looks for what it will wait for with {@link #await}. */
    public void listen() {
        signalled = false;
    }

    /** The role's thread: waits for a wake call since {@link #listen}, or for the stop. */
    public void await() {
        while (!signalled && !stopping) {
            LockSupport.park(this);
        }
    }

    /** Waits for a duty that has been asked to end by itself; {@link #stop} must follow. */
    public void awaitEnd(long limitMs) {
        try {
            thread.join(limitMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the thread and waits for it, at most 6 s.
     *
     * @return false when it is still there
     */
    public boolean stop() {
        return stop(PATIENCE_MS, INTERRUPTED_MS);
    }

    /** {@link #stop} at the end of the framework: waits much less. */
    public boolean abandon() {
        return stop(ABANDON_MS, ABANDON_MS);
    }

    private boolean stop(long firstMs, long secondMs) {
        stopping = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        long patienceMs = firstMs;
        for (int attempt = 0; attempt < 2 && thread.isAlive(); attempt++) {
            try {
                thread.join(patienceMs);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (thread.isAlive()) {
                thread.interrupt();
            }
            patienceMs = secondMs;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void run() {
        try {
            loop();
        } catch (RuntimeException e) { // boundary: the loop edge of a role
            if (!stopping) {
                onFailure.accept(e);
            }
        } catch (LinkageError | StackOverflowError e) { // boundary: a bundle that is half gone
            onFailure.accept(new IllegalStateException(e.toString(), e));
        }
        try {
            duty.close();
        } catch (RuntimeException e) { // boundary: what a connector throws while it is closed
            LOG.warn("{}: {}", thread.getName(), e.toString());
        }
    }

    private void loop() {
        while (!stopping) {
            listen();
            long idleNs = duty.work();
            if (idleNs == DONE) {
                return;
            }
            if (idleNs == ON_WAKE) {
                await();
            } else if (idleNs > 0 && !signalled && !stopping) {
                LockSupport.parkNanos(this, Math.min(idleNs, TimeUnit.HOURS.toNanos(1)));
            }
        }
    }
}
