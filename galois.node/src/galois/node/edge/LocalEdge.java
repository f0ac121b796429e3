package galois.node.edge;

import galois.api.node.EdgeInput;
import galois.api.node.EdgeOutput;

/**
 * An edge between two roles of one node. Arrays of its slots are used again, so a steady flow
 * allocates only the small record of a batch.
 */
final class LocalEdge implements EdgeInput, EdgeOutput {
    /** A larger array is not kept for the next batch. */
    static final int KEPT_BYTES_MAX = 64 << 10;

    private static final Runnable NOBODY = () -> {};

    private final BatchRing ring = new BatchRing();
    private volatile Runnable available = NOBODY;
    private volatile Runnable credit = NOBODY;
    private volatile boolean starved;
    private volatile boolean closed;

    @Override
    public boolean offer(byte[] batch, int length, long originUs) {
        if (closed) {
            return true;
        }
        if (!ring.hasRoom(length)) {
            starved = true;
            if (!ring.hasRoom(length) && !closed) {
                return false;
            }
            starved = false;
        }
        if (closed) {
            return true;
        }
        ReceivedBatch stale = ring.stale();
        byte[] target =
                stale != null && stale.bytes().length >= length ? stale.bytes() : new byte[length];
        System.arraycopy(batch, 0, target, 0, length);
        if (ring.add(new ReceivedBatch(target, 0, length, originUs))) {
            available.run();
        }
        return true;
    }

    @Override
    public void onCredit(Runnable wake) {
        credit = wake;
    }

    @Override
    public ReceivedBatch peek() {
        return ring.peek();
    }

    @Override
    public void release() {
        ReceivedBatch batch = ring.peek();
        ring.release(batch == null || batch.bytes().length <= KEPT_BYTES_MAX);
        if (starved) {
            starved = false;
            credit.run();
        }
    }

    @Override
    public void onAvailable(Runnable wake) {
        available = wake;
        if (!ring.isEmpty()) {
            wake.run();
        }
    }

    /** One end was withdrawn: from now on what is offered is thrown away, and nobody waits. */
    void close() {
        closed = true;
        credit.run();
        available.run();
    }
}
