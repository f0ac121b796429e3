package galois.compiler;

import galois.batch.FieldType;
import galois.compiler.ir.Value;

/**
 * A computed value that is not NULL.
 *
 * @param value i64 or f64; the address of a VARCHAR or VARBINARY
 * @param length of a VARCHAR or VARBINARY in bytes; else {@code null}
 * @param mayBeNan false when a REAL or DOUBLE is known to be a number
 */
record Operand(FieldType type, Value value, Value length, boolean mayBeNan) {
    static Operand of(FieldType type, Value value) {
        return new Operand(type, value, null, true);
    }

    static Operand number(Value value) {
        return new Operand(FieldType.DOUBLE, value, null, false);
    }

    static Operand text(Value start, Value length) {
        return new Operand(FieldType.VARCHAR, start, length, false);
    }
}
