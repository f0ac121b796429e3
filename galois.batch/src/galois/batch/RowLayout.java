package galois.batch;

/**
 * Offsets inside a batch and a row (docs/abi.md, version 1). All numbers are little endian; a batch
 * starts at an address that is a multiple of 8.
 */
public final class RowLayout {
    /** Offset of {@code u32 bytes}: the extent of the batch, header included. */
    public static final int BYTES = 0;

    /** Offset of {@code u32 rows}. */
    public static final int ROWS = 4;

    /** Offset of {@code u32 stride}: bytes from one row to the next. */
    public static final int STRIDE = 8;

    /** Offset of {@code u32 layout}: {@link Schema#layout()}. */
    public static final int LAYOUT = 12;

    /** Offset of {@code i64 watermarkUs}. */
    public static final int WATERMARK = 16;

    /** Offset of {@code u32 arenaBytes}: used bytes of the string arena at the end. */
    public static final int ARENA_BYTES = 24;

    /** Offset of {@code u32 flags}. */
    public static final int FLAGS = 28;

    /**
     * Flag: the sender's sources are silent; until a batch comes without this flag, the receiver
     * need not wait for this input to say how far time has come. For hosts; kernels do not look.
     */
    public static final int FLAG_IDLE = 1;

    /** Size of the batch header; the first row starts here. */
    public static final int HEADER_BYTES = 32;

    /** Row offset of {@code u32 slot}. */
    public static final int ROW_SLOT = 0;

    /** Row offset of {@code u8 kind}. */
    public static final int ROW_KIND = 4;

    /** Row offset of {@code u8 outPort}. */
    public static final int ROW_OUT_PORT = 5;

    /** Row offset of {@code u16 code} (error rows). */
    public static final int ROW_CODE = 6;

    /** Row offset of {@code i64 eventTimeUs}. */
    public static final int ROW_EVENT_TIME = 8;

    /** Row offset of the first null word. */
    public static final int ROW_NULLS = 16;

    /** Largest row, strings included; a larger one becomes an error row. */
    public static final int ROW_BYTES_MAX = 64 * 1024;

    /** No event of the past is excluded: the watermark before any row was seen. */
    public static final long WATERMARK_NONE = Long.MIN_VALUE;

    /** The end of a bounded stream: every window fires, nothing follows. */
    public static final long WATERMARK_END = Long.MAX_VALUE;

    private RowLayout() {}

    /** Bytes of one row without its strings: header, null words, cells. */
    public static int stride(int fields) {
        return ROW_NULLS + 8 * nullWords(fields) + 8 * fields;
    }

    public static int nullWords(int fields) {
        return (fields + 63) >>> 6;
    }

    /** Row offset of the cell of field {@code index} in a row of {@code fields} fields. */
    public static int cell(int fields, int index) {
        return ROW_NULLS + 8 * nullWords(fields) + 8 * index;
    }
}
