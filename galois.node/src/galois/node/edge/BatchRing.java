package galois.node.edge;

import galois.api.node.EdgeInput.ReceivedBatch;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded queue of batches from one thread to one other. It holds at most {@link #BATCHES_MAX}
 * batches and {@link #BYTES_MAX} bytes, but always one batch; who adds asks {@link #hasRoom} first.
 */
final class BatchRing {
    static final int BATCHES_MAX = 16;
    static final int BYTES_MAX = 1 << 20;

    private static final int MASK = BATCHES_MAX - 1;

    private final ReceivedBatch[] slots = new ReceivedBatch[BATCHES_MAX];
    private final AtomicLong head = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();
    private volatile long bytesOut;
    private long bytesIn;

    /** Adding side. */
    boolean hasRoom(int length) {
        long waiting = tail.get() - head.get();
        return waiting == 0 || waiting < BATCHES_MAX && bytesIn - bytesOut + length <= BYTES_MAX;
    }

    /**
     * Adding side: what lies in the slot that the next {@link #add} takes; to use its array again.
     */
    ReceivedBatch stale() {
        return slots[(int) tail.get() & MASK];
    }

    /**
     * Adding side; there is room.
     *
     * @return true when the taking side may have found nothing and needs a wake call
     */
    boolean add(ReceivedBatch batch) {
        long at = tail.get();
        assert at - head.get() < BATCHES_MAX : "added without asking for room";
        slots[(int) at & MASK] = batch;
        bytesIn += batch.length();
        tail.set(at + 1);
        return head.get() == at;
    }

    /** Taking side: the oldest batch, or null. */
    ReceivedBatch peek() {
        long at = head.get();
        return at == tail.get() ? null : slots[(int) at & MASK];
    }

    /**
     * Taking side: frees the batch of {@link #peek}.
     *
     * @param keepArray false lets go of an array that is too large to keep
     */
    void release(boolean keepArray) {
        long at = head.get();
        if (at == tail.get()) {
            throw new IllegalStateException("nothing to release");
        }
        ReceivedBatch batch = slots[(int) at & MASK];
        if (!keepArray) {
            slots[(int) at & MASK] = null;
        }
        bytesOut = bytesOut + batch.length();
        head.set(at + 1);
    }

    /** Batches taken out since the start; any thread. */
    long released() {
        return head.get();
    }

    /** Batches put in since the start; any thread. */
    long added() {
        return tail.get();
    }

    boolean isEmpty() {
        return head.get() == tail.get();
    }
}
