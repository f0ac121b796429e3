package galois.itest;

import galois.api.io.Encoder;
import galois.api.io.SinkConnector;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A connector that lives in the test: keeps the first column, and stands still at the start. */
final class CountingSink implements SinkConnector {
    private final List<Long> rows = new ArrayList<>();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /** Returns when the first rows are there; the next ones wait for {@link #goOn}. */
    void awaitRows() throws InterruptedException {
        reached.await();
    }

    void goOn() {
        goOn.countDown();
    }

    synchronized List<Long> rows() {
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

    private void take(BatchCursor batch) {
        synchronized (this) {
            for (int i = 0; i < batch.rows(); i++) {
                rows.add(batch.row(i).getLong(0));
            }
        }
        reached.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
