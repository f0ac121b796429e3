package galois.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops the framework when the process ends, for whatever reason, and bounds how long that may
 * take: a bundle that does not stop cannot keep the process alive.
 */
final class Shutdown implements Runnable {
    /** Limit for stopping all bundles; afterwards the process ends as it is. */
    static final long STOP_TIMEOUT_MS = 5_000;

    private final Runnable stop;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean begun;

    Shutdown(Runnable stop) {
        this.stop = stop;
    }

    boolean hasBegun() {
        return begun;
    }

    @Override
    public void run() {
        begun = true;
        Thread stopper = new Thread(this::stop, "galois-stop");
        stopper.setDaemon(true);
        stopper.start();
        try {
            if (!stopped.await(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                System.err.println("GLS-3006 bundles did not stop in 5 s: ending without them");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        try {
            stop.run();
        } finally {
            stopped.countDown();
        }
    }
}
