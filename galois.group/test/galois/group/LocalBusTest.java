package galois.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Bus;
import galois.api.control.Message;
import galois.api.control.Message.MemberChanged;
import galois.api.control.Message.StopQuery;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

@Timeout(30)
class LocalBusTest {
    private final LocalBus bus = new LocalBus(100);

    @AfterEach
    void closeBus() {
        bus.close();
    }

    @Test
    void tellsMembersOfEachOther() throws Exception {
        BlockingQueue<Message> first = new LinkedBlockingQueue<>();
        BlockingQueue<Message> second = new LinkedBlockingQueue<>();
        bus.join("a", (from, message) -> first.add(message));
        Bus.Member b = bus.join("b", (from, message) -> second.add(message));
        assertEquals(new MemberChanged("b", true), first.poll(10, TimeUnit.SECONDS));
        assertEquals(new MemberChanged("a", true), second.poll(10, TimeUnit.SECONDS));
        b.send("a", new StopQuery("last words"));
        b.close();
        assertEquals(new StopQuery("last words"), first.poll(10, TimeUnit.SECONDS));
        assertEquals(new MemberChanged("b", false), first.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void tellsANewcomerWhoIsThereBeforeItHearsFromThem() throws Exception {
        int others = 40;
        for (int i = 0; i < others; i++) {
            greeter("other-" + i);
        }
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        bus.join("new", (from, message) -> heard.add(message));
        for (int i = 0; i < others; i++) {
            assertTrue(heard.poll(10, TimeUnit.SECONDS) instanceof MemberChanged, "at " + i);
        }
        assertTrue(heard.poll(10, TimeUnit.SECONDS) instanceof StopQuery);
    }

    /** Speaks to every newcomer at once. */
    private void greeter(String address) {
        CompletableFuture<Bus.Member> self = new CompletableFuture<>();
        self.complete(
                bus.join(
                        address,
                        (from, message) -> {
                            if (message instanceof MemberChanged && from.equals("new")) {
                                self.join().send(from, new StopQuery("hello"));
                            }
                        }));
    }

    @Test
    void refusesATakenAddressUntilItIsFree() {
        Bus.Member first = bus.join("a", (from, message) -> {});
        GaloisException refused =
                assertThrows(GaloisException.class, () -> bus.join("a", (from, message) -> {}));
        assertEquals(ErrorCode.DUPLICATE_NAME, refused.code());
        first.close();
        bus.join("a", (from, message) -> {}).close();
    }

    @Test
    void keepsTheOrderOfEachSenderAndNamesIt() throws Exception {
        int senders = 3;
        int each = 30;
        List<String> received = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(senders * each);
        bus.join(
                "to",
                (from, message) -> {
                    if (message instanceof StopQuery stop) {
                        received.add(from + " " + stop.queryId());
                        all.countDown();
                    }
                });
        List<Thread> threads = new ArrayList<>();
        for (int s = 0; s < senders; s++) {
            Bus.Member sender = bus.join("from-" + s, (from, message) -> {});
            Runnable work =
                    () -> {
                        for (int i = 0; i < each; i++) {
                            sender.send("to", new StopQuery("" + i));
                        }
                    };
            threads.add(new Thread(work));
        }
        threads.forEach(Thread::start);
        assertTrue(all.await(20, TimeUnit.SECONDS));
        for (int s = 0; s < senders; s++) {
            String name = "from-" + s + " ";
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                expected.add(name + i);
            }
            assertEquals(expected, received.stream().filter(r -> r.startsWith(name)).toList());
        }
    }

    @Test
    void tellsTheSenderThatAnInboxIsFull() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Bus.Member slow = bus.join("slow", (from, message) -> {});
        slow.execute(
                () -> {
                    busy.countDown();
                    await(release);
                });
        assertTrue(busy.await(10, TimeUnit.SECONDS));
        Bus.Member sender = bus.join("sender", (from, message) -> {});
        for (int i = 0; i < 100; i++) {
            sender.send("slow", new StopQuery("q"));
        }
        GaloisException full =
                assertThrows(
                        GaloisException.class, () -> sender.send("slow", new StopQuery("more")));
        assertEquals(ErrorCode.UNREACHABLE, full.code());
        release.countDown();
    }

    @Test
    void closesInsideItsOwnReceiverAndHearsNothingMore() throws Exception {
        CompletableFuture<Bus.Member> self = new CompletableFuture<>();
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        CountDownLatch closed = new CountDownLatch(1);
        self.complete(
                bus.join(
                        "a",
                        (from, message) -> {
                            heard.add(message);
                            self.join().close();
                            closed.countDown();
                        }));
        Bus.Member b = bus.join("b", (from, message) -> {});
        b.send("a", new StopQuery("1"));
        b.send("a", new StopQuery("2"));
        assertTrue(closed.await(10, TimeUnit.SECONDS));
        bus.join("a", (from, message) -> {}).close();
        assertEquals(List.of(new MemberChanged("b", true)), List.copyOf(heard));
    }

    @Test
    void closeWaitsForTheReceiver() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> done = new CompletableFuture<>();
        Bus.Member a = bus.join("a", (from, message) -> {});
        a.execute(
                () -> {
                    inside.countDown();
                    await(release);
                    done.complete(null);
                });
        assertTrue(inside.await(10, TimeUnit.SECONDS));
        CompletableFuture<Boolean> closing =
                CompletableFuture.supplyAsync(
                        () -> {
                            a.close();
                            return done.isDone();
                        });
        assertFalse(closing.isDone());
        release.countDown();
        assertTrue(closing.get(10, TimeUnit.SECONDS));
    }

    @Test
    void goesOnAfterAMistakeOfTheReceiver() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        bus.join(
                "a",
                (from, message) -> {
                    if (message instanceof StopQuery stop) {
                        heard.add(stop.queryId());
                        if (stop.queryId().equals("bad")) {
                            throw new IllegalStateException("on purpose");
                        } else if (stop.queryId().equals("worse")) {
                            throw new NoClassDefFoundError("on purpose");
                        }
                    }
                });
        Bus.Member b = bus.join("b", (from, message) -> {});
        b.send("a", new StopQuery("bad"));
        b.send("a", new StopQuery("worse"));
        b.send("a", new StopQuery("good"));
        assertEquals("bad", heard.poll(10, TimeUnit.SECONDS));
        assertEquals("worse", heard.poll(10, TimeUnit.SECONDS));
        assertEquals("good", heard.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void dropsMessagesToNobody() {
        Bus.Member a = bus.join("a", (from, message) -> {});
        a.send("nobody", new StopQuery("q"));
        assertEquals(1, bus.undeliverableCount());
        assertEquals(0, bus.droppedCount());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
