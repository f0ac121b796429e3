package galois.node.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.io.Decoder.Origin;
import galois.batch.Bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class PayloadQueueTest {
    private static final Origin ORIGIN = new Origin("t", 1);

    private final Semaphore wakes = new Semaphore(0);
    private final PayloadQueue queue = new PayloadQueue(wakes::release);

    @Test
    void aFullQueueMakesTheConnectorWaitUntilThereIsRoom() throws Exception {
        AtomicInteger put = new AtomicInteger();
        Thread connector =
                new Thread(
                        () -> {
                            for (int i = 0; i < PayloadQueue.PAYLOADS_MAX + 50; i++) {
                                queue.put(number(i), 0, 8, ORIGIN);
                                put.incrementAndGet();
                            }
                        });
        connector.start();
        awaitBlocked(connector);
        assertEquals(PayloadQueue.PAYLOADS_MAX, put.get());
        for (int i = 0; i < PayloadQueue.PAYLOADS_MAX + 50; i++) {
            while (queue.peek() == null) {
                wakes.acquire();
            }
            assertEquals(i, Bytes.getLong(queue.peek().bytes, 0));
            queue.release();
        }
        connector.join();
        assertNull(queue.peek());
    }

    @Test
    void holdsOneMegabyteAndAlwaysOnePayload() throws Exception {
        byte[] huge = new byte[3 << 20];
        queue.put(huge, 0, huge.length, ORIGIN);
        Thread connector = new Thread(() -> queue.put(huge, 0, 1, ORIGIN));
        connector.start();
        awaitBlocked(connector);
        assertEquals(huge.length, queue.peek().length);
        queue.release();
        connector.join();
        assertEquals(1, queue.peek().length);
    }

    @Test
    void closingLetsTheConnectorGoAndKeepsWhatIsThere() throws Exception {
        byte[] half = new byte[PayloadQueue.BYTES_MAX];
        queue.put(half, 0, half.length, ORIGIN);
        Thread connector = new Thread(() -> queue.put(half, 0, half.length, ORIGIN));
        connector.start();
        awaitBlocked(connector);
        queue.close();
        connector.join();
        queue.release();
        assertNull(queue.peek());
    }

    @Test
    void aPayloadIsCopiedAndAPieceOfAnArrayIsTaken() {
        byte[] bytes = {9, 1, 2, 9};
        queue.put(bytes, 1, 2, ORIGIN);
        bytes[1] = 77;
        assertEquals(2, queue.peek().length);
        assertEquals(1, queue.peek().bytes[0]);
        assertEquals(2, queue.peek().bytes[1]);
    }

    @Test
    void theEndComesAfterThePayloads() {
        queue.put(number(1), 0, 8, ORIGIN);
        queue.putEnd();
        assertTrue(!queue.peek().end);
        queue.release();
        assertTrue(queue.peek().end);
    }

    private static void awaitBlocked(Thread thread) throws InterruptedException {
        while (thread.getState() != Thread.State.WAITING) {
            thread.join(5);
        }
    }

    private static byte[] number(long n) {
        byte[] bytes = new byte[8];
        Bytes.putLong(bytes, 0, n);
        return bytes;
    }
}
