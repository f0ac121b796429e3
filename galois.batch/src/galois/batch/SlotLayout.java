package galois.batch;

/**
 * Offsets inside a slot of a kernel (docs/abi.md, version 1): the words a host may read, and the
 * one that it writes. Little endian; a slot starts at an address that is a multiple of 8.
 */
public final class SlotLayout {
    /** Offset of {@code i64 dueEventUs}: the next event time at which the slot has work. */
    public static final int DUE_EVENT = 0;

    /** Offset of {@code i64 dueProcUs}: the next processing time at which the slot has work. */
    public static final int DUE_PROCESSING = 8;

    /** Offset of {@code u32 pending}: not 0 while output waits that did not fit. */
    public static final int PENDING = 16;

    /** Offset of {@code u32 stateBytes}: charged to the slot now. */
    public static final int STATE_BYTES = 20;

    /** Offset of {@code u32 stateBytesMax}: the host writes it after {@code g_open}. */
    public static final int STATE_BYTES_MAX = 24;

    /** Offset of {@code u32 errors}: rows that could not be computed and gave no error row. */
    public static final int ERRORS = 28;

    /** Size of the words above; what follows belongs to the kernel. */
    public static final int HEADER_BYTES = 32;

    /** Due time of a slot that waits for nothing. */
    public static final long NEVER = Long.MAX_VALUE;

    private SlotLayout() {}
}
