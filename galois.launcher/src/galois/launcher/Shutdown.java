package galois.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops the framework when the process ends, for whatever reason, and bounds how long that may
 * take: a bundle that does not stop cannot keep the process alive.
 */
final class Shutdown implements Runnable {
    private final Runnable stop;
    private final Runnable cleanUp;
    private final long timeoutMs;
    private final Path stacks;
    private final PrintStream err;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean begun;

    /**
     * @param stop may hang; it is given {@code timeoutMs}
     * @param cleanUp runs afterwards in any case
     * @param stacks folder for what the threads were doing when the time was over
     */
    Shutdown(Runnable stop, Runnable cleanUp, long timeoutMs, Path stacks, PrintStream err) {
        this.stop = stop;
        this.cleanUp = cleanUp;
        this.timeoutMs = timeoutMs;
        this.stacks = stacks;
        this.err = err;
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
            if (!stopped.await(timeoutMs, TimeUnit.MILLISECONDS)) {
                err.println(
                        "GLS-3006 bundles did not stop in "
                                + timeoutMs
                                + " ms: ending without them"
                                + whereStacksAre());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cleanUp.run();
    }

    private String whereStacksAre() {
        try {
            return "; what they were doing is in " + ThreadStacks.write(stacks);
        } catch (IOException e) {
            return "";
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
