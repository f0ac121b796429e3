package galois.api.kernel;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One running module with its memory: the ABI of docs/abi.md without pointers. Only the owner
 * thread may call. After a {@code GaloisException} KERNEL_FAILED the instance is unusable: close
 * it.
 *
 * <p>Life of a batch: {@link #input}, then {@link #process} until all rows are consumed, taking the
 * output ({@link #takeOutput}) whenever rows are there. While {@link #isPending} only {@link
 * #drain}, {@link #save} and {@link #close} are allowed for that slot.
 */
@ProviderType
public interface KernelInstance extends AutoCloseable {
    KernelMetadata metadata();

    /**
     * Opens a slot with a parameter batch of one row ({@link KernelMetadata#parameters}).
     *
     * @return the slot, not 0
     * @throws galois.api.GaloisException TYPE_MISMATCH for a bad parameter, STATE_LIMIT for no
     *     memory
     */
    int open(byte[] parameterBatch, int length);

    /** Replaces the parameters of a slot; state is kept. */
    void parameters(int slot, byte[] parameterBatch, int length);

    /** Frees the slot and everything it held. */
    void closeSlot(int slot);

    /**
     * Copies a batch into the kernel's input area, replacing what was there. Grows the area at
     * need.
     */
    void input(byte[] batch, int offset, int length);

    /**
     * Processes rows of the current input batch.
     *
     * @param slot all rows belong to it; 0: each row's slot word says
     * @return rows consumed; less than {@code count} when the output is full or a slot is pending
     */
    int process(int port, int first, int count, int slot);

    /** Passes time on; true when there is more output: take it, then {@link #drain}. */
    boolean time(int slot, TimeDomain domain, long timeUs);

    /** Continues pending output; true when there is still more. */
    boolean drain(int slot);

    boolean isPending(int slot);

    /** Writes the slot's state as rows into the output area; true when there is more. */
    boolean save(int slot, boolean changesOnly);

    /**
     * Loads state rows of the current input batch ({@link #input}) into a freshly opened slot.
     *
     * @throws galois.api.GaloisException STATE_LIMIT when it does not fit, MODULE_REFUSED for a
     *     foreign layout
     */
    void load(int slot, int first, int count);

    /** Rows in the output area. */
    int outputRows();

    /** Bytes that {@link #takeOutput} will write. */
    int outputBytes();

    /**
     * Copies the output area as one batch, without gap, and empties it.
     *
     * @param watermarkUs written into the header
     * @return bytes written
     */
    int takeOutput(byte[] target, int offset, long watermarkUs);

    /** Processing time at which the slot has work; {@link Long#MAX_VALUE}: none. */
    long dueProcessingUs(int slot);

    /** State bytes charged to the slot. */
    long stateBytes(int slot);

    /** Rows of the slot that could not be computed and gave no error row. */
    long errors(int slot);

    @Override
    void close();
}
