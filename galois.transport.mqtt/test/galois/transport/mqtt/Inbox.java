package galois.transport.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import galois.api.GaloisException;
import galois.api.io.Decoder.Origin;
import galois.api.io.MalformedRow;
import galois.api.io.SourceConnector.Handler;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps what a source delivers, as text; can be made to block. */
final class Inbox implements Handler {
    final BlockingQueue<String> payloads = new LinkedBlockingQueue<>();
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    final Semaphore permits;

    Inbox() {
        this(Integer.MAX_VALUE);
    }

    /**
     * @param permits payloads that are taken before the handler blocks
     */
    Inbox(int permits) {
        this.permits = new Semaphore(permits);
    }

    @Override
    public void onPayload(byte[] bytes, int offset, int length, Origin origin) {
        try {
            permits.acquire();
            String text =
                    length > 100 ? length + " bytes" : new String(bytes, offset, length, UTF_8);
            payloads.add(origin.topic() + " " + text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onEnd() {
        events.add("end");
    }

    @Override
    public void onProblem(MalformedRow problem) {
        events.add(problem.cause() + " " + problem.message());
    }

    @Override
    public void onConnection(boolean up, String detail) {
        events.add(up ? "up" : "down");
    }

    @Override
    public void onFailure(GaloisException failure) {
        events.add(failure.userText());
    }

    /** The next payload; fails the test when none comes. */
    String payload() throws InterruptedException {
        return next(payloads);
    }

    String event() throws InterruptedException {
        return next(events);
    }

    private static String next(BlockingQueue<String> queue) throws InterruptedException {
        String next = queue.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came within 30 s");
        }
        return next;
    }
}
