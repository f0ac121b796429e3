package galois.compiler;

import static galois.compiler.ir.Value.i64;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;

import java.util.List;

/**
 * COUNT.
 *
 * @param argument field of the input row, or -1: every row counts
 */
record CountAccumulator(int argument) implements PlainAccumulator {
    @Override
    public int bytes() {
        return 8;
    }

    @Override
    public boolean isLight() {
        return true;
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        Value one = argument < 0 ? i64(1) : input.isNull(argument).not().extend();
        code.storeWide(cells, 0, cells.wide(0).plus(one));
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        code.storeWide(cells, 0, cells.wide(0).plus(other.wide(0)));
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int field) {
        code.storeWide(target.row(), target.cell(field), cells.wide(0));
    }

    @Override
    public List<Field> stateFields(String prefix) {
        return List.of(new Field(prefix, FieldType.BIGINT));
    }

    @Override
    public void save(Code code, Value cells, RowTarget target, int field) {
        result(code, cells, target, field);
    }

    @Override
    public void load(Code code, Value slot, Value cells, RowView state, int field) {
        code.storeWide(cells, 0, state.cell(field));
    }
}
