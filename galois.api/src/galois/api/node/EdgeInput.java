package galois.api.node;

import org.osgi.annotation.versioning.ProviderType;

/** The receiving end of an edge. One owner thread polls; batches are whole and in order. */
@ProviderType
public interface EdgeInput {
    /**
     * The oldest batch that waits, or null. It stays there, and keeps its credit, until released.
     */
    ReceivedBatch peek();

    /** The batch of {@link #peek} is processed for good: credit goes back to the sender. */
    void release();

    /** Called by an I/O thread whenever a batch arrives in an empty queue; must not block. */
    void onAvailable(Runnable wake);

    /**
     * A batch with the time at which its oldest row entered GALOIS.
     *
     * @param offset where the batch starts in {@code bytes}, a multiple of 8
     * @param length bytes of the batch
     * @param originUs epoch microseconds, for latency
     */
    record ReceivedBatch(byte[] bytes, int offset, int length, long originUs) {}
}
