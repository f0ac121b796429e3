package galois.compiler.runtime;

import galois.batch.Schema;
import galois.compiler.ir.Value;

/** A row with its time. */
public interface RowView extends FieldView {
    Schema schema();

    Value eventTime();

    /**
     * A row in memory.
     *
     * @param end the address that string cells count back from; 0: their {@code back} is the
     *     negated address (rows that the kernel made for itself)
     */
    static RowView of(Schema schema, Value row, Value end) {
        return new MemoryRow(schema, row, 0, end);
    }

    /** A row without event time, its null words at that offset. */
    static RowView behind(Schema schema, Value base, int nulls) {
        return new MemoryRow(schema, base, nulls - MemoryRow.NULLS, Value.i32(0));
    }

    /** A row of the kernel's own at a fixed address. */
    static RowView at(Schema schema, int address) {
        return new MemoryRow(schema, Value.i32(address), 0, Value.i32(0));
    }
}
