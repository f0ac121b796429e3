package galois.node.core;

import galois.node.edge.Timer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread for everything that a node does later. */
final class NodeTimer implements Timer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeTimer.class);

    private final ScheduledThreadPoolExecutor executor;

    NodeTimer(String threadName) {
        executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, threadName);
                            thread.setDaemon(true);
                            return thread;
                        },
                        (task, closed) -> {});
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void after(long delayMs, Runnable task) {
        executor.schedule(() -> run(task), delayMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) { // boundary: the thread serves other tasks as well
            LOG.error("a timed task failed", e);
        }
    }
}
