package galois.node.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.control.Edge;
import galois.api.node.EdgeInput;
import galois.api.node.EdgeInput.ReceivedBatch;
import galois.api.node.EdgeOutput;
import galois.batch.Bytes;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;
import galois.transport.tcp.TcpTransport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Two nodes' edges over real TCP. */
@Timeout(120)
class RemoteEdgeTest {
    private static final Schema SCHEMA = Schema.of(new Field("n", FieldType.BIGINT));

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
    private final Timer timer =
            (delayMs, task) -> executor.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    private final Edges sending = new Edges("127.0.0.1", 0, timer);
    private final Edges receiving = new Edges("127.0.0.1", 0, timer);
    private TcpTransport transport = new TcpTransport();

    @BeforeEach
    void openTransport() {
        receiving.open(transport);
        sending.open(transport);
    }

    @AfterEach
    void closeAll() {
        sending.close();
        receiving.close();
        transport.close();
        executor.shutdownNow();
    }

    @Test
    void batchesArriveInOrderWhoeverIsAssignedFirst() throws Exception {
        Edge edge = edge("e1");
        EdgeOutput output = sending.output(edge, 1);
        assertTrue(output.offer(batch(0), 8, 70));
        EdgeInput input = receiving.input(edge);
        Semaphore available = new Semaphore(0);
        input.onAvailable(available::release);
        ReceivedBatch first = next(input, available);
        assertEquals(70, first.originUs());
        assertEquals(0, first.offset() % 8);
        assertEquals(8, first.length());
    }

    @Test
    void nothingIsLostOrTwiceWhenTheTransportStopsAndComesBack() throws Exception {
        int count = 20_000;
        Edge edge = edge("e1");
        EdgeInput input = receiving.input(edge);
        Semaphore available = new Semaphore(0);
        input.onAvailable(available::release);
        CountDownLatch done = new CountDownLatch(1);
        Thread writer = new Thread(() -> write(sending.output(edge, 1), count, done));
        writer.start();
        for (int i = 0; i < count; i++) {
            if (i % 4_000 == 2_000) {
                restartTransport();
            }
            ReceivedBatch batch = next(input, available);
            assertEquals(i, Bytes.getLong(batch.bytes(), batch.offset()));
            input.release();
        }
        done.await();
        available.drainPermits();
        assertEquals(null, input.peek());
    }

    @Test
    void aReceiverThatReadsNothingStopsTheSenderAfterTheWindow() throws Exception {
        Edge edge = edge("e1");
        EdgeInput input = receiving.input(edge);
        Semaphore available = new Semaphore(0);
        input.onAvailable(available::release);
        EdgeOutput output = sending.output(edge, 1);
        Semaphore credit = new Semaphore(0);
        output.onCredit(credit::release);
        for (int i = 0; i < BatchRing.BATCHES_MAX; i++) {
            assertTrue(output.offer(batch(i), 8, 0));
        }
        next(input, available);
        assertFalse(output.offer(batch(16), 8, 0));
        for (int i = 0; i < EdgeReceiver.CREDIT_BATCHES; i++) {
            next(input, available);
            input.release();
        }
        assertTrue(credit.tryAcquire(20, TimeUnit.SECONDS));
        assertTrue(output.offer(batch(16), 8, 0));
    }

    @Test
    void aWithdrawnReceiverLetsTheSenderGoOn() throws Exception {
        Edge edge = edge("e1");
        EdgeInput input = receiving.input(edge);
        Semaphore available = new Semaphore(0);
        input.onAvailable(available::release);
        EdgeOutput output = sending.output(edge, 1);
        Semaphore credit = new Semaphore(0);
        output.onCredit(credit::release);
        while (output.offer(batch(0), 8, 0)) {
            // until the window is full
        }
        next(input, available);
        receiving.closeInput(edge);
        assertTrue(credit.tryAcquire(20, TimeUnit.SECONDS));
        for (int i = 0; i < 100; i++) {
            assertTrue(output.offer(batch(i), 8, 0));
        }
    }

    @Test
    void manyEdgesShareOneConnectionAndDoNotStopEachOther() throws Exception {
        Edge blocked = edge("blocked");
        Edge open = edge("open");
        receiving.input(blocked);
        EdgeInput input = receiving.input(open);
        Semaphore available = new Semaphore(0);
        input.onAvailable(available::release);
        EdgeOutput full = sending.output(blocked, 1);
        while (full.offer(new byte[32 << 10], 32 << 10, 0)) {
            // until the window is full
        }
        CountDownLatch done = new CountDownLatch(1);
        new Thread(() -> write(sending.output(open, 1), 5_000, done)).start();
        for (int i = 0; i < 5_000; i++) {
            ReceivedBatch batch = next(input, available);
            assertEquals(i, Bytes.getLong(batch.bytes(), batch.offset()));
            input.release();
        }
        done.await();
    }

    private void restartTransport() {
        sending.close();
        receiving.close();
        transport.close();
        transport = new TcpTransport();
        receiving.open(transport);
        sending.open(transport);
    }

    private static void write(EdgeOutput output, int count, CountDownLatch done) {
        Semaphore credit = new Semaphore(0);
        output.onCredit(credit::release);
        for (int i = 0; i < count; i++) {
            byte[] batch = batch(i);
            while (!output.offer(batch, 8, 0)) {
                credit.acquireUninterruptibly();
            }
        }
        done.countDown();
    }

    private static ReceivedBatch next(EdgeInput input, Semaphore available)
            throws InterruptedException {
        ReceivedBatch batch = input.peek();
        while (batch == null) {
            assertTrue(available.tryAcquire(30, TimeUnit.SECONDS), "nothing came within 30 s");
            batch = input.peek();
        }
        return batch;
    }

    private Edge edge(String id) {
        return new Edge(id, "node-1", "node-2", receiving.address(), SCHEMA);
    }

    private static byte[] batch(long value) {
        byte[] batch = new byte[8];
        Bytes.putLong(batch, 0, value);
        return batch;
    }
}
