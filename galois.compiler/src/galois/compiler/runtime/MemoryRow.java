package galois.compiler.runtime;

import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Value;

/**
 * A row as it stands in memory.
 *
 * @param base its address
 * @param offset added to the address
 * @param end the address that string cells count back from; 0: their {@code back} is the negated
 *     address (rows that the kernel made for itself)
 */
record MemoryRow(Schema schema, Value base, int offset, Value end) implements RowView {
    static final int NULLS = RowLayout.ROW_NULLS;

    @Override
    public Value nullWord(int word) {
        return base.wide(offset + RowLayout.ROW_NULLS + 8 * word);
    }

    @Override
    public Value cell(int field) {
        return base.wide(address(field));
    }

    @Override
    public Value real(int field) {
        return base.real(address(field));
    }

    @Override
    public Value textStart(int field) {
        return end.minus(base.word(address(field)));
    }

    @Override
    public Value textLength(int field) {
        return base.word(address(field) + 4);
    }

    @Override
    public Value eventTime() {
        return base.wide(offset + RowLayout.ROW_EVENT_TIME);
    }

    private int address(int field) {
        return offset + RowLayout.cell(schema.size(), field);
    }
}
