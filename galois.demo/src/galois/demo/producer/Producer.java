package galois.demo.producer;

import galois.api.Clock;
import galois.demo.elec.ElecRow;
import galois.demo.elec.ElecRows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Publishes rows and the end marker on a thread of its own. */
public final class Producer implements AutoCloseable {
    /** Rows that GALOIS may not have taken; publishing waits for it. */
    public static final long UNTAKEN_ROWS_MAX = 500;

    /** After this time without a row taken the rows in between count as lost. */
    static final long STALL_MS = 3_000;

    /** What ends the stream: the stream option {@code end_field} names it. */
    public static final String END_MARKER = "{\"end\":true}";

    private final ElecRows rows;
    private final Target target;
    private final long rate;
    private final Clock clock;
    private final MqttLink link;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private final FlowWindow window = new FlowWindow(UNTAKEN_ROWS_MAX);
    private final TransferWatch transfer = new TransferWatch();
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "galois-demo-producer");

    /**
     * Where to publish.
     *
     * @param flowTopic where GALOIS says how many rows it took
     */
    public record Target(String url, String topic, String flowTopic) {}

    /**
     * @param rate rows per second; 0: as fast as GALOIS takes them
     * @throws galois.api.GaloisException SOURCE_OPEN when the broker does not answer
     */
    public Producer(ElecRows rows, Target target, long rate, Clock clock) {
        this.rows = rows;
        this.target = target;
        this.rate = rate;
        this.clock = clock;
        this.link =
                new MqttLink(target.url(), "galois-demo-elec", target.flowTopic(), this::onTaken);
    }

    public void start() {
        thread.start();
    }

    /** Completes with the number of rows when the end marker is out; exceptionally on a failure. */
    public CompletableFuture<Long> done() {
        return done;
    }

    public long published() {
        lock.lock();
        try {
            return window.published();
        } finally {
            lock.unlock();
        }
    }

    /** What is known of the attribute that silences the paper's query. */
    public TransferWatch transfer() {
        return transfer;
    }

    private void onTaken(long count) {
        lock.lock();
        try {
            window.onTaken(count);
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            Pace pace = new Pace(rate, clock.nowNs());
            ElecRow row;
            while ((row = rows.next()) != null) {
                awaitDue(pace, row.n());
                awaitWindow();
                link.publish(target.topic(), row.json());
                transfer.onRow(row);
            }
            link.drain();
            link.publish(target.topic(), END_MARKER);
            link.drain();
            done.complete(published());
        } catch (InterruptedException e) {
            done.cancel(false);
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private void awaitDue(Pace pace, long n) throws InterruptedException {
        long waitNs;
        while ((waitNs = pace.waitNs(n, clock.nowNs())) > 0) {
            LockSupport.parkNanos(waitNs);
            if (Thread.interrupted()) {
                throw new InterruptedException("the demo ends");
            }
        }
    }

    private void awaitWindow() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!window.isOpen()) {
                long before = window.taken();
                boolean signalled = taken.await(STALL_MS, TimeUnit.MILLISECONDS);
                if (!signalled && window.taken() == before) {
                    window.giveUp();
                }
            }
            window.onPublished();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        link.close();
        rows.close();
    }

    private static final long CLOSE_TIMEOUT_MS = 2_000;
}
