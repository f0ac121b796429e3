package galois.node.role;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

@Timeout(60)
class RoleThreadTest {
    private final CompletableFuture<RuntimeException> failure = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    @Test
    void neverMissesAWakeCall() throws Exception {
        BlockingQueue<Integer> work = new LinkedBlockingQueue<>();
        Semaphore done = new Semaphore(0);
        RoleThread thread =
                thread(
                        () -> {
                            if (work.poll() == null) {
                                return RoleThread.ON_WAKE;
                            }
                            done.release();
                            return RoleThread.AGAIN;
                        });
        thread.start();
        for (int i = 0; i < 50_000; i++) {
            work.add(i);
            thread.wake();
            done.acquire();
        }
        assertTrue(thread.stop());
    }

    @Test
    void worksAgainAfterTheTimeItAskedFor() throws Exception {
        CountDownLatch calls = new CountDownLatch(3);
        RoleThread thread =
                thread(
                        () -> {
                            calls.countDown();
                            return 1_000_000;
                        });
        thread.start();
        calls.await();
        assertTrue(thread.stop());
    }

    @Test
    void endsByItselfWhenItIsDone() throws Exception {
        RoleThread thread = thread(() -> RoleThread.DONE);
        thread.start();
        closed.await();
        assertTrue(thread.stop());
    }

    @Test
    void aFailureIsToldAndTheDutyClosed() throws Exception {
        IllegalStateException broken = new IllegalStateException("broken");
        RoleThread thread =
                thread(
                        () -> {
                            throw broken;
                        });
        thread.start();
        assertSame(broken, failure.get());
        closed.await();
    }

    @Test
    void aStopInterruptsWorkThatBlocks() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        AtomicLong interrupts = new AtomicLong();
        RoleThread thread =
                thread(
                        () -> {
                            blocked.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupts.incrementAndGet();
                            }
                            return RoleThread.AGAIN;
                        });
        thread.start();
        blocked.await();
        assertTrue(thread.stop());
        assertEquals(1, interrupts.get());
        closed.await();
    }

    private RoleThread thread(LongSupplier work) {
        return new RoleThread(
                "test-role",
                new RoleThread.Duty() {
                    @Override
                    public long work() {
                        return work.getAsLong();
                    }

                    @Override
                    public void close() {
                        closed.countDown();
                    }
                },
                failure::complete);
    }
}
