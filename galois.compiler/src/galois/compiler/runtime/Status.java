package galois.compiler.runtime;

/** What the functions of a kernel that handle one row return; above 0: a {@code RowError} code. */
public final class Status {
    /** Done; of a condition: true; of an expression: the value is in its cell. */
    public static final int OK = 0;

    /** The row is dropped; of a condition or an expression: NULL. */
    public static final int NONE = -1;

    /** No room in the output area: nothing has changed, try again later. */
    public static final int FULL = -2;

    /** Of a condition: false. */
    public static final int FALSE = -3;

    private Status() {}
}
