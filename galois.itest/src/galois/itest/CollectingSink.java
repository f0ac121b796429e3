package galois.itest;

import galois.api.io.Encoder;
import galois.api.io.SinkConnector;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keeps the first column of every row, across sessions. */
final class CollectingSink implements SinkConnector {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final List<Long> rows = new ArrayList<>();

    /** Returns every row once there are {@code count}; what there is after a minute. */
    synchronized List<Long> await(int count) throws InterruptedException {
        long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (rows.size() < count && deadlineNs - System.nanoTime() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, deadlineNs - System.nanoTime());
        }
        return List.copyOf(rows);
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
                take(batch);
            }

            @Override
            public void flush() {}

            @Override
            public void end() {}

            @Override
            public void close() {}
        };
    }

    private synchronized void take(BatchCursor batch) {
        for (int i = 0; i < batch.rows(); i++) {
            rows.add(batch.row(i).getLong(0));
        }
        notifyAll();
    }
}
