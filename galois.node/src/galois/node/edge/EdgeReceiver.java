package galois.node.edge;

import galois.api.node.EdgeInput.ReceivedBatch;
import galois.batch.Frame;

/**
 * The receiving end of one edge as a pure state machine: takes each batch once and in order, drops
 * what it has, and fences off senders of an earlier epoch. The window is that of {@link BatchRing};
 * a sender that exceeds it breaks the protocol.
 *
 * <p>Two threads: {@link #onOpen} and {@link #onData} belong to the link, {@link #peek} and {@link
 * #release} to the role.
 */
final class EdgeReceiver {
    /** What became of a frame. */
    enum Decision {
        /** The batch waits for the role, which already knows that there is something. */
        QUEUED,
        /** The batch waits for the role, which needs a wake call. */
        QUEUED_FIRST,
        /** The batch was here before. */
        DUPLICATE,
        /** The frame is of an earlier life of the sender. */
        FENCED,
        /** A batch is missing before this one, or it exceeds the credit: cut the connection. */
        VIOLATION
    }

    /** Credit is sent after this many releases; sooner when nothing waits. */
    static final int CREDIT_BATCHES = 4;

    private final String edgeId;
    private final BatchRing ring = new BatchRing();
    private volatile long epoch = Long.MIN_VALUE;
    private volatile long ackBase;
    private long expected;
    private long reported;

    EdgeReceiver(String edgeId) {
        this.edgeId = edgeId;
    }

    /** Link: a sender is there; false when it is of an earlier epoch than one seen before. */
    boolean onOpen(Frame.Open open) {
        if (open.epoch() < epoch) {
            return false;
        }
        if (open.epoch() > epoch) {
            expected = open.firstSeq();
            ackBase = expected - ring.added();
            epoch = open.epoch();
        }
        return true;
    }

    /** Link: a batch; the frame's array belongs to the receiver from now on if it is queued. */
    Decision onData(Frame.Data data) {
        if (data.epoch() != epoch) {
            return data.epoch() < epoch ? Decision.FENCED : Decision.VIOLATION;
        }
        if (data.seq() < expected) {
            return Decision.DUPLICATE;
        }
        if (data.seq() > expected || !ring.hasRoom(data.length())) {
            return Decision.VIOLATION;
        }
        expected++;
        boolean first =
                ring.add(
                        new ReceivedBatch(
                                data.bytes(), data.offset(), data.length(), data.originUs()));
        return first ? Decision.QUEUED_FIRST : Decision.QUEUED;
    }

    /** Role: the oldest batch, or null. */
    ReceivedBatch peek() {
        return ring.peek();
    }

    /** Role: frees the oldest batch; true when credit should be sent now. */
    boolean release() {
        ring.release(false);
        long released = ring.released();
        if (released - reported >= CREDIT_BATCHES || ring.isEmpty()) {
            reported = released;
            return true;
        }
        return false;
    }

    /** What the sender may do now; any thread. */
    Frame.Credit credit() {
        return new Frame.Credit(
                edgeId,
                epoch,
                ackBase + ring.released(),
                BatchRing.BATCHES_MAX,
                BatchRing.BYTES_MAX);
    }

    boolean isEmpty() {
        return ring.isEmpty();
    }
}
