package galois.compiler;

import static galois.compiler.ir.Value.i64;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;

import java.util.List;

/**
 * MIN and MAX in one cell, of types whose values leave one 64-bit number free. The value as an
 * integer of the same order, or of the opposite one for MIN; the least integer, which no value is,
 * stands for none, and everything is stored so that this is 0. -0.0 is less than 0.0, so that the
 * order of the rows does not matter.
 */
record NarrowExtremeAccumulator(int argument, FieldType type, boolean greatest)
        implements PlainAccumulator {
    static boolean fits(FieldType type) {
        return switch (type.kind()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, REAL, DOUBLE, DECIMAL, DATE, TIME -> true;
            default -> false;
        };
    }

    @Override
    public int bytes() {
        return 8;
    }

    @Override
    public boolean isLight() {
        return true;
    }

    private boolean isReal() {
        return type.cell() == FieldType.Cell.F64;
    }

    /** The value of a field as it is compared: the greater wins. */
    private Value rank(Code code, RowView row, int field) {
        Value cell = code.let(row.cell(field));
        Value rising = isReal() ? ordered(cell) : cell;
        return code.let(greatest ? rising : rising.xor(i64(-1)));
    }

    /** The integer that compares like the double, and back. */
    private static Value ordered(Value bits) {
        return bits.xor(bits.shr(63).and(i64(Long.MAX_VALUE)));
    }

    private static Value kept(Value cells) {
        return cells.wide(0).xor(i64(Long.MIN_VALUE));
    }

    private static void take(Code code, Value cells, Value rank) {
        Value kept = code.let(kept(cells));
        // A choice, not a jump: no processor foresees it.
        Value better = new Value.Select(rank.gt(kept), rank, kept);
        code.storeWide(cells, 0, better.xor(i64(Long.MIN_VALUE)));
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        code.when(
                input.isNull(argument).not(), () -> take(code, cells, rank(code, input, argument)));
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        take(code, cells, code.let(kept(other)));
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int field) {
        code.when(
                cells.wide(0).eq(0),
                () -> target.setNull(code, field),
                () -> {
                    Value rank = code.let(greatest ? kept(cells) : kept(cells).xor(i64(-1)));
                    Value value = isReal() ? ordered(rank) : rank;
                    code.storeWide(target.row(), target.cell(field), value);
                });
    }

    @Override
    public List<Field> stateFields(String prefix) {
        return List.of(new Field(prefix, type));
    }

    @Override
    public void save(Code code, Value cells, RowTarget target, int field) {
        result(code, cells, target, field);
    }

    @Override
    public void load(Code code, Value slot, Value cells, RowView state, int field) {
        code.when(state.isNull(field).not(), () -> take(code, cells, rank(code, state, field)));
    }
}
