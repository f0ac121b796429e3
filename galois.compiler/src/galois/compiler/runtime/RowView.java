package galois.compiler.runtime;

import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Value;

/**
 * A row in memory.
 *
 * @param base its address
 * @param offset added to the address
 * @param end the address that string cells count back from; 0: their {@code back} is the negated
 *     address (rows that the kernel made for itself)
 */
public record RowView(Schema schema, Value base, int offset, Value end) implements FieldView {
    public static RowView of(Schema schema, Value row, Value end) {
        return new RowView(schema, row, 0, end);
    }

    /** A row of the kernel's own at a fixed address. */
    public static RowView at(Schema schema, int address) {
        return new RowView(schema, Value.i32(address), 0, Value.i32(0));
    }

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

    public Value eventTime() {
        return base.wide(offset + RowLayout.ROW_EVENT_TIME);
    }

    private int address(int field) {
        return offset + RowLayout.cell(schema.size(), field);
    }
}
