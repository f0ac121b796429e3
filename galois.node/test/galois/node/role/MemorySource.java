package galois.node.role;

import galois.api.GaloisException;
import galois.api.io.Decoder;
import galois.api.io.SourceConnector;
import galois.api.plan.StreamDefinition;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Reads payloads from an iterator on a thread of its own; each open begins anew. */
public final class MemorySource implements SourceConnector {
    private final boolean bounded;
    private final Supplier<Iterator<String>> payloads;
    private final AtomicLong given = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private volatile Handler handler;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile GaloisException refusal;
    private volatile String fingerprint = "";

    public MemorySource(boolean bounded, Supplier<Iterator<String>> payloads) {
        this.bounded = bounded;
        this.payloads = payloads;
    }

    /** Payloads that the handler has taken. */
    public long given() {
        return given.get();
    }

    /** Rows that the producer says it has taken. */
    public long taken() {
        return taken.get();
    }

    public int openSessions() {
        return open.get();
    }

    /** The handler of the newest session. */
    public Handler handler() {
        return handler;
    }

    /**
     * @param failure of every open from now on; {@code null}: none
     */
    public void refuse(GaloisException failure) {
        refusal = failure;
    }

    public void fingerprint(String text) {
        fingerprint = text;
    }

    /** How often the fingerprint was asked for. */
    public int asked() {
        return asked.get();
    }

    @Override
    public String fingerprint(StreamDefinition stream) {
        asked.incrementAndGet();
        return fingerprint;
    }

    @Override
    public boolean isBounded(StreamDefinition stream) {
        return bounded;
    }

    @Override
    public boolean isFramed() {
        return true;
    }

    @Override
    public Session open(StreamDefinition stream, Handler to) {
        if (refusal != null) {
            throw refusal;
        }
        handler = to;
        open.incrementAndGet();
        Reading reading = new Reading(payloads.get(), to);
        reading.thread.start();
        return reading;
    }

    private final class Reading implements Session {
        private final Thread thread;
        private volatile boolean closed;

        Reading(Iterator<String> from, Handler to) {
            thread = new Thread(() -> read(from, to), "memory-source");
        }

        private void read(Iterator<String> from, Handler to) {
            byte[] reused = new byte[1 << 10];
            while (!closed && from.hasNext()) {
                byte[] payload = from.next().getBytes(StandardCharsets.UTF_8);
                byte[] buffer = payload.length <= reused.length ? reused : payload;
                System.arraycopy(payload, 0, buffer, 0, payload.length);
                to.onPayload(buffer, 0, payload.length, new Decoder.Origin("t", 1_000));
                given.incrementAndGet();
            }
            if (!closed && bounded) {
                to.onEnd();
            }
        }

        @Override
        public void taken(long rows) {
            taken.set(rows);
        }

        @Override
        public void close() {
            closed = true;
            open.decrementAndGet();
            if (Thread.currentThread() == thread) {
                return;
            }
            thread.interrupt();
            try {
                thread.join(30_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
