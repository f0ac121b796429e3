package galois.compiler.runtime;

import galois.compiler.ir.Value;

/** Where the code of an expression finds the fields of a row: in memory or in locals. */
public interface FieldView {
    /** Bits of the NULL fields among {@code 64 * word ...}. */
    Value nullWord(int word);

    Value cell(int field);

    Value real(int field);

    Value textStart(int field);

    Value textLength(int field);

    default Value isNull(int field) {
        return nullWord(field >>> 6).and(1L << field).ne(0);
    }
}
