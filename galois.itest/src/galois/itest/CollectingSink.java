package galois.itest;

import galois.api.io.Encoder;
import galois.api.io.SinkConnector;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps the first column of every row, across sessions. */
final class CollectingSink implements SinkConnector {
    private final List<Long> rows = new ArrayList<>();
    private final Semaphore arrived = new Semaphore(0);

    /** Returns every row once there are {@code count}; what there is after a minute. */
    List<Long> await(int count) throws InterruptedException {
        if (arrived.tryAcquire(count, 60, TimeUnit.SECONDS)) {
            arrived.release(count);
        }
        synchronized (rows) {
            return List.copyOf(rows);
        }
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

    private void take(BatchCursor batch) {
        synchronized (rows) {
            for (int i = 0; i < batch.rows(); i++) {
                rows.add(batch.row(i).getLong(0));
            }
        }
        arrived.release(batch.rows());
    }
}
