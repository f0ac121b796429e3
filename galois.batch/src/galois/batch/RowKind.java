package galois.batch;

/** The {@code kind} byte of a row. */
public final class RowKind {
    public static final int INSERT = 0;
    public static final int UPDATE_BEFORE = 1;
    public static final int UPDATE_AFTER = 2;
    public static final int DELETE = 3;

    /** The row reports a failure; its {@code code} word says which ({@link RowError}). */
    public static final int ERROR = 4;

    /** The row is saved operator state. */
    public static final int STATE = 5;

    private RowKind() {}
}
