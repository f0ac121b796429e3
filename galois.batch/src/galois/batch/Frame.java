package galois.batch;

import java.util.Objects;

/**
 * What two nodes say to each other on a connection that many edges share. The bytes are those of
 * {@link FrameCodec}.
 */
public sealed interface Frame {
    /** The edge that the frame belongs to; empty for {@link Ping}. */
    String edgeId();

    /** Life of the sender of that edge; a receiver drops frames of an earlier one. */
    long epoch();

    /**
     * Sender to receiver, first on every connection: the edge is here.
     *
     * @param layout {@link Schema#layout()} of the batches that will come
     * @param firstSeq sequence number of the oldest batch that the sender still has, from 0
     */
    record Open(String edgeId, long epoch, int layout, long firstSeq) implements Frame {
        public Open {
            Objects.requireNonNull(edgeId, "edgeId");
        }
    }

    /**
     * Sender to receiver: one batch, in place.
     *
     * @param seq sequence number of the batch in its edge, from 0
     * @param originUs epoch microseconds at which its oldest row entered GALOIS
     * @param offset of the batch in {@code bytes}, a multiple of 8
     */
    record Data(
            String edgeId,
            long epoch,
            long seq,
            long originUs,
            byte[] bytes,
            int offset,
            int length)
            implements Frame {}

    /**
     * Receiver to sender.
     *
     * @param ack every batch below this sequence number is processed for good
     * @param grantBatches how many batches from {@code ack} on the receiver takes
     * @param grantBytes how many bytes of batches from {@code ack} on the receiver takes; one batch
     *     is always welcome
     */
    record Credit(String edgeId, long epoch, long ack, int grantBatches, int grantBytes)
            implements Frame {}

    /** Either end: nothing more will come on this edge. */
    record Close(String edgeId, long epoch) implements Frame {}

    /**
     * Is anybody there?
     *
     * @param timeUs of the sender's clock; an answer repeats it
     * @param answer true when this answers a ping
     */
    record Ping(long timeUs, boolean answer) implements Frame {
        @Override
        public String edgeId() {
            return "";
        }

        @Override
        public long epoch() {
            return 0;
        }
    }
}
