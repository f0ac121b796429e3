package galois.compiler;

import static galois.compiler.ir.Value.i64;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;

import java.util.List;

/**
 * MIN and MAX of numbers that may be any of 64 bits: the value and whether there is one ({@link
 * NarrowExtremeAccumulator} for others).
 */
record ExtremeAccumulator(int argument, FieldType type, boolean greatest)
        implements PlainAccumulator {
    @Override
    public int bytes() {
        return 16;
    }

    @Override
    public boolean isLight() {
        return true;
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        code.when(
                input.isNull(argument).not(),
                () ->
                        code.when(
                                cells.wide(8).eq(0),
                                () -> {
                                    code.storeWide(cells, 0, input.cell(argument));
                                    code.storeWide(cells, 8, i64(1));
                                },
                                () -> {
                                    // A choice, not a jump: no processor foresees it.
                                    Value kept = code.let(cells.wide(0));
                                    Value value = input.cell(argument);
                                    Value better = better(cells, value);
                                    code.storeWide(cells, 0, new Value.Select(better, value, kept));
                                }));
    }

    private Value better(Value cells, Value value) {
        return greatest ? value.gt(cells.wide(0)) : value.lt(cells.wide(0));
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        code.block(
                keep -> {
                    code.jumpIf(other.wide(8).eq(0), keep);
                    code.block(
                            take -> {
                                code.jumpIf(cells.wide(8).eq(0), take);
                                code.jumpIf(better(cells, other.wide(0)).not(), keep);
                            });
                    code.storeWide(cells, 0, other.wide(0));
                    code.storeWide(cells, 8, i64(1));
                });
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int field) {
        code.when(
                cells.wide(8).eq(0),
                () -> target.setNull(code, field),
                () -> code.storeWide(target.row(), target.cell(field), cells.wide(0)));
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
        code.when(
                state.isNull(field).not(),
                () -> {
                    code.storeWide(cells, 0, state.cell(field));
                    code.storeWide(cells, 8, i64(1));
                });
    }
}
