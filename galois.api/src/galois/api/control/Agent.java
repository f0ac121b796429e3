package galois.api.control;

import galois.api.GaloisException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread of a manager: messages, timers and answers of its worker come to it one at a time, so
 * that the manager itself needs no lock. Long work runs beside it, in order, on one worker thread.
 */
public final class Agent implements AutoCloseable {
    /** Pieces of long work that may wait; the state machines ask for fewer. */
    public static final int WORK_MAX = 4096;

    private static final long CLOSE_WAIT_MS = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final String address;
    private final CompletableFuture<Bus.Member> member = new CompletableFuture<>();
    private final ScheduledExecutorService timers;
    private final ThreadPoolExecutor worker;

    /** Prepares the threads; {@link #join} begins. */
    public Agent(String address) {
        this.address = address;
        timers = Executors.newSingleThreadScheduledExecutor(task -> thread(task, "timer"));
        worker =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WORK_MAX),
                        task -> thread(task, "worker"));
    }

    /**
     * Takes the address on the bus.
     *
     * @param receiver called on the agent's thread, perhaps before this returns
     * @throws GaloisException DUPLICATE_NAME when the address is taken; the agent is closed
     */
    public void join(Bus bus, Bus.Receiver receiver) {
        try {
            member.complete(bus.join(address, receiver));
        } catch (GaloisException e) {
            timers.shutdownNow();
            worker.shutdownNow();
            throw e;
        }
    }

    private Thread thread(Runnable task, String what) {
        Thread thread = new Thread(task, "galois-" + what + "-" + address);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Sends; a message that the receiver's inbox refuses, or that the bus cannot encode, is lost
     * and logged, as on a network.
     */
    public void send(String to, Message message) {
        try {
            member.join().send(to, message);
        } catch (GaloisException e) {
            LOG.warn("{}", e.userText());
        } catch (LinkageError | StackOverflowError | AssertionError e) { // boundary: the bus
            LOG.error("{} to {} could not be sent", message.getClass().getSimpleName(), to, e);
        }
    }

    /** Runs the task on the agent's thread. */
    public void execute(Runnable task) {
        member.join().execute(task);
    }

    /** Runs the task on the agent's thread, not before {@code delayNs} from now. */
    public void executeLater(Runnable task, long delayNs) {
        try {
            timers.schedule(() -> execute(task), Math.max(0, delayNs), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed: timer ignored");
        }
    }

    /** Runs the task on the worker thread; ignored after close. What it throws is logged. */
    public void work(Runnable task) {
        try {
            worker.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.warn("{} pieces of work wait or the agent is closed: one more ignored", WORK_MAX);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException
                | LinkageError
                | StackOverflowError
                | AssertionError e) { // boundary: the loop edge of the worker
            LOG.error("work of {} failed", address, e);
        }
    }

    /** Leaves the bus; no task and no receiver call is in progress or follows after return. */
    @Override
    public void close() {
        timers.shutdownNow();
        worker.shutdownNow();
        member.join().close();
        try {
            if (!worker.awaitTermination(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("a worker goes on although its agent is closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
