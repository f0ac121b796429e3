package galois.api.kernel;

/**
 * What an instance may use.
 *
 * @param memoryBytesMax of linear memory, all slots together
 * @param stateBytesMax of one slot
 * @param outputBytes size of the output area; one row must fit
 */
public record KernelLimits(int memoryBytesMax, int stateBytesMax, int outputBytes) {
    /** 64 MB an instance, 8 MB a slot, 64 KB of output. */
    public static final KernelLimits DEFAULT = new KernelLimits(64 << 20, 8 << 20, 64 << 10);
}
