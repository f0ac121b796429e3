package galois.api.kernel;

/**
 * What an instance may use.
 *
 * @param memoryBytesMax of linear memory, all slots together
 * @param stateBytesMax of one slot
 * @param outputBytes size of the output area; one row must fit
 */
public record KernelLimits(int memoryBytesMax, int stateBytesMax, int outputBytes) {
    /**
     * 64 MB an instance, 48 MB a slot, 64 KB of output. An instance has one slot as yet; the rest
     * is for code, batches and what the allocator adds.
     */
    public static final KernelLimits DEFAULT = new KernelLimits(64 << 20, 48 << 20, 64 << 10);
}
