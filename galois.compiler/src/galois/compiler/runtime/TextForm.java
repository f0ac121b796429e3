package galois.compiler.runtime;

import galois.batch.FieldType;
import galois.compiler.ir.WasmFunction;

/** Values as text and text as values, for CAST: the same forms as in CSV. */
public final class TextForm {
    /** Longest text of a number or a time stamp, rounded up. */
    public static final int BYTES_MAX = 40;

    private TextForm() {}

    /** {@code (buffer, value) -> length}. */
    public static WasmFunction format(Library library, FieldType from) {
        throw new UnsupportedOperationException("text of " + from);
    }

    /** {@code (address, length, cell) -> 1, the value is in the cell, or 0}. */
    public static WasmFunction parse(Library library, FieldType to) {
        throw new UnsupportedOperationException("text of " + to);
    }
}
