package galois.batch;

/** The {@code code} word of an error row. */
public final class RowError {
    /** State limit of the slot or of the instance reached; state unchanged. */
    public static final int STATE_FULL = 1;

    /** The row is larger than {@link RowLayout#ROW_BYTES_MAX}. */
    public static final int ROW_TOO_LARGE = 2;

    /** An integer result does not fit its type. */
    public static final int OVERFLOW = 3;

    /** Integer division by zero. */
    public static final int DIVISION_BY_ZERO = 4;

    /** A CAST could not convert the value. */
    public static final int BAD_CAST = 5;

    /** The row is older than the watermark allows. */
    public static final int LATE = 6;

    /** The time field that decides the row's window is NULL. */
    public static final int NO_TIME = 7;

    /** A version of a table does not fit the state; the one before it stays. */
    public static final int TABLE_FULL = 8;

    private RowError() {}

    /** The cause in words, for counters and messages. */
    public static String text(int code) {
        return switch (code) {
            case STATE_FULL -> "state full";
            case ROW_TOO_LARGE -> "row too large";
            case OVERFLOW -> "integer overflow";
            case DIVISION_BY_ZERO -> "division by zero";
            case BAD_CAST -> "value cannot be cast";
            case LATE -> "late row";
            case NO_TIME -> "row without time";
            case TABLE_FULL -> "table does not fit";
            default -> "error " + code;
        };
    }
}
