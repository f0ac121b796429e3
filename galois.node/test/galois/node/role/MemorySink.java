package galois.node.role;

import galois.api.io.Encoder;
import galois.api.io.SinkConnector;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps the first column of every row, and can be made to stand still. */
public final class MemorySink implements SinkConnector {
    private final List<Long> rows = new ArrayList<>();
    private final AtomicLong watermarkUs = new AtomicLong();
    private final Semaphore gate = new Semaphore(1);
    private boolean flushed;
    private boolean ended;
    private boolean closed;

    /** From now on a write does not return before {@link #goOn}. */
    public void standStill() {
        gate.acquireUninterruptibly();
    }

    public void goOn() {
        gate.release();
    }

    public synchronized List<Long> rows() {
        return List.copyOf(rows);
    }

    public synchronized boolean isEnded() {
        return ended && closed;
    }

    /** Waits until that many rows are written and flushed. */
    public synchronized List<Long> await(int count) throws InterruptedException {
        while (rows.size() < count || !flushed) {
            int before = rows.size();
            wait(60_000);
            if (rows.size() == before && !flushed) {
                throw new AssertionError(before + " rows of " + count + ", and no more in 60 s");
            }
        }
        return rows();
    }

    @Override
    public boolean isFramed() {
        return true;
    }

    @Override
    public Session open(StreamDefinition stream, Encoder encoder) {
        return new Session() {
            @Override
            public void write(BatchCursor batch) {
                try {
                    gate.acquire();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                gate.release();
                keep(batch);
            }

            @Override
            public void flush() {
                changed(true, false, false);
            }

            @Override
            public void end() {
                changed(true, true, false);
            }

            @Override
            public void close() {
                changed(true, false, true);
            }
        };
    }

    private synchronized void keep(BatchCursor batch) {
        for (int i = 0; i < batch.rows(); i++) {
            rows.add(batch.row(i).getLong(0));
        }
        watermarkUs.set(batch.watermarkUs());
        flushed = false;
        notifyAll();
    }

    private synchronized void changed(boolean isFlushed, boolean isEnded, boolean isClosed) {
        flushed |= isFlushed;
        ended |= isEnded;
        closed |= isClosed;
        notifyAll();
    }
}
