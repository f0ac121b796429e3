package galois.node.edge;

import galois.batch.Frame;
import galois.batch.FrameCodec;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sending end of one edge as a pure state machine. It keeps every batch as a ready frame until
 * the receiver has acknowledged it, and sends again from there after each new connection. It holds
 * at most {@link BatchRing#BATCHES_MAX} batches or {@link BatchRing#BYTES_MAX} bytes; {@link
 * #offer} refuses more.
 *
 * <p>Two threads: {@link #offer} belongs to the role, everything else to the link, one call at a
 * time.
 */
final class EdgeSender {
    /** Where the conversation with the receiver stands. */
    enum State {
        /** There is no connection. */
        DISCONNECTED,
        /** OPEN was sent; nothing may follow before the receiver has answered with credit. */
        OPENING,
        /** Batches flow as far as credit reaches. */
        FLOWING,
        /** The receiver said that it wants nothing more, or the edge was withdrawn. */
        CLOSED
    }

    /** A larger frame's array is not kept for the next one: that of a kept batch, and its head. */
    static final int KEPT_BYTES_MAX = LocalEdge.KEPT_BYTES_MAX + 512;

    private static final int MASK = BatchRing.BATCHES_MAX - 1;

    private final String edgeId;
    private final byte[] edgeIdUtf8;
    private final long epoch;
    private final int layout;
    private final byte[][] frames = new byte[BatchRing.BATCHES_MAX][];
    private final int[] lengths = new int[BatchRing.BATCHES_MAX];
    private final long[] endBytes = new long[BatchRing.BATCHES_MAX];
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong acked = new AtomicLong();
    private volatile long ackedBytes;
    private volatile State state = State.DISCONNECTED;
    private volatile boolean starved;
    private long offeredBytes;
    private long sent;
    private long grantFrom;
    private int grantBatches;
    private int grantBytes;

    EdgeSender(String edgeId, long epoch, int layout) {
        this.edgeId = edgeId;
        this.edgeIdUtf8 = edgeId.getBytes(StandardCharsets.UTF_8);
        this.epoch = epoch;
        this.layout = layout;
    }

    State state() {
        return state;
    }

    /**
     * Role: keeps a copy of the batch to be sent.
     *
     * @return false when there is no room; {@link #takeStarved} says when there is some again
     */
    boolean offer(byte[] batch, int length, long originUs) {
        if (state == State.CLOSED) {
            return true;
        }
        if (!hasRoom(length)) {
            starved = true;
            if (!hasRoom(length)) {
                return state == State.CLOSED;
            }
            starved = false;
        }
        long seq = tail.get();
        int slot = (int) seq & MASK;
        int bytes = FrameCodec.dataBytes(edgeIdUtf8, length);
        if (frames[slot] == null
                || frames[slot].length < bytes
                || frames[slot].length > KEPT_BYTES_MAX) {
            frames[slot] = new byte[bytes];
        }
        lengths[slot] =
                FrameCodec.writeData(frames[slot], edgeIdUtf8, epoch, seq, originUs, batch, length);
        offeredBytes += length;
        endBytes[slot] = offeredBytes;
        tail.set(seq + 1);
        return true;
    }

    /** Link: a connection is there; the caller sends the frame that is returned, then polls. */
    Frame.Open onConnected() {
        if (state != State.CLOSED) {
            state = State.OPENING;
        }
        return new Frame.Open(edgeId, epoch, layout, acked.get());
    }

    /** Link: the connection is gone; every batch without acknowledgement will be sent again. */
    void onDisconnected() {
        if (state != State.CLOSED) {
            state = State.DISCONNECTED;
        }
    }

    /**
     * Link: frees what is acknowledged and takes the grant.
     *
     * @throws IllegalArgumentException when it acknowledges what was never sent
     */
    void onCredit(Frame.Credit credit) {
        if (credit.epoch() != epoch || state == State.DISCONNECTED || state == State.CLOSED) {
            return;
        }
        long from = acked.get();
        long to = credit.ack();
        if (to > tail.get()) {
            throw new IllegalArgumentException(
                    "edge " + edgeId + ": credit acknowledges a batch that was never sent");
        }
        if (to > from) {
            ackedBytes = endBytes[(int) (to - 1) & MASK];
            acked.set(to);
        }
        if (state == State.OPENING) {
            sent = acked.get();
            state = State.FLOWING;
        }
        sent = Math.max(sent, acked.get());
        grantFrom = credit.ack();
        grantBatches = credit.grantBatches();
        grantBytes = credit.grantBytes();
    }

    /** Link: the receiver wants nothing more, or the edge was withdrawn. */
    void onClose() {
        state = State.CLOSED;
    }

    /**
     * Link: the sequence number of the next batch that credit lets through, or -1. {@link #frame}
     * and {@link #length} give its bytes until the next call.
     */
    long poll() {
        if (state != State.FLOWING || sent == tail.get()) {
            return -1;
        }
        boolean fits =
                sent == acked.get() || endBytes[(int) sent & MASK] - ackedBytes <= grantBytes;
        return fits && sent - grantFrom < grantBatches ? sent++ : -1;
    }

    byte[] frame(long seq) {
        return frames[(int) seq & MASK];
    }

    int length(long seq) {
        return lengths[(int) seq & MASK];
    }

    /** Link: true, once, when the role was refused and may be successful now. */
    boolean takeStarved() {
        boolean freed = starved && (state == State.CLOSED || hasRoom(0));
        if (freed) {
            starved = false;
        }
        return freed;
    }

    /** Batches that wait for their acknowledgement; any thread. */
    long unacknowledged() {
        return tail.get() - acked.get();
    }

    private boolean hasRoom(int length) {
        long waiting = tail.get() - acked.get();
        return waiting == 0
                || waiting < BatchRing.BATCHES_MAX
                        && offeredBytes - ackedBytes + length <= BatchRing.BYTES_MAX;
    }
}
