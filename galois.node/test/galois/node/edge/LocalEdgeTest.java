package galois.node.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.node.EdgeInput.ReceivedBatch;
import galois.batch.Bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class LocalEdgeTest {
    private final LocalEdge edge = new LocalEdge();

    @Test
    void holdsSixteenBatchesAndRefusesTheNextUntilOneIsReleased() {
        AtomicInteger wakes = new AtomicInteger();
        edge.onCredit(wakes::incrementAndGet);
        for (int i = 0; i < BatchRing.BATCHES_MAX; i++) {
            assertTrue(edge.offer(batch(i), 8, i));
        }
        assertFalse(edge.offer(batch(99), 8, 99));
        assertEquals(0, wakes.get());
        assertEquals(0, edge.peek().originUs());
        edge.release();
        assertEquals(1, wakes.get());
        assertTrue(edge.offer(batch(16), 8, 16));
        for (int i = 1; i <= 16; i++) {
            assertEquals(i, Bytes.getLong(edge.peek().bytes(), 0));
            edge.release();
        }
        assertNull(edge.peek());
    }

    @Test
    void holdsOneMegabyteAndAlwaysOneBatch() {
        byte[] half = new byte[512 << 10];
        assertTrue(edge.offer(half, half.length, 0));
        assertTrue(edge.offer(half, half.length, 0));
        assertFalse(edge.offer(half, 8, 0));
        edge.release();
        edge.release();
        byte[] huge = new byte[2 << 20];
        assertTrue(edge.offer(huge, huge.length, 0));
        assertFalse(edge.offer(half, 8, 0));
    }

    @Test
    void anOfferedBatchIsCopied() {
        byte[] batch = batch(1);
        edge.offer(batch, 8, 0);
        batch[0] = 77;
        assertEquals(1, edge.peek().bytes()[0]);
    }

    @Test
    void arraysAreUsedAgainOnceReleased() {
        for (int round = 0; round < BatchRing.BATCHES_MAX; round++) {
            edge.offer(batch(round), 8, 0);
            edge.release();
        }
        edge.offer(batch(5), 8, 0);
        byte[] first = edge.peek().bytes();
        for (int round = 0; round < BatchRing.BATCHES_MAX; round++) {
            edge.release();
            edge.offer(batch(round), 8, 0);
        }
        assertTrue(edge.peek().bytes() == first);
    }

    @Test
    void aClosedEdgeTakesEverythingAndKeepsNothing() {
        edge.offer(batch(1), 8, 0);
        edge.close();
        for (int i = 0; i < 100; i++) {
            assertTrue(edge.offer(batch(i), 8, 0));
        }
        edge.release();
        assertNull(edge.peek());
    }

    @Test
    void twoThreadsPassEveryBatchInOrderAndNeverMissAWakeCall() throws Exception {
        int count = 200_000;
        Semaphore credit = new Semaphore(0);
        Semaphore available = new Semaphore(0);
        edge.onCredit(credit::release);
        edge.onAvailable(available::release);
        Thread writer =
                new Thread(
                        () -> {
                            for (int i = 0; i < count; i++) {
                                byte[] batch = batch(i);
                                while (!edge.offer(batch, 8, i)) {
                                    credit.acquireUninterruptibly();
                                }
                            }
                        });
        writer.start();
        for (int i = 0; i < count; i++) {
            ReceivedBatch batch = edge.peek();
            while (batch == null) {
                available.acquire();
                batch = edge.peek();
            }
            assertEquals(i, Bytes.getLong(batch.bytes(), 0));
            edge.release();
        }
        writer.join();
    }

    private static byte[] batch(long value) {
        byte[] batch = new byte[8];
        Bytes.putLong(batch, 0, value);
        return batch;
    }
}
