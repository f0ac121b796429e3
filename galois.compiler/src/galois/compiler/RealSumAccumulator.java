package galois.compiler;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i64;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;

import java.util.List;

/**
 * SUM of doubles in one cell: the sum with its sign turned over. A cell that is 0 is then -0.0, to
 * which everything can be added; values are added as other than -0.0, so that no sum is it.
 */
record RealSumAccumulator(int argument) implements PlainAccumulator {
    @Override
    public int bytes() {
        return 8;
    }

    @Override
    public boolean isLight() {
        return true;
    }

    private static Value sum(Value cells) {
        return cells.wide(0).xor(i64(Long.MIN_VALUE)).asReal();
    }

    private static void store(Code code, Value cells, Value sum) {
        code.storeWide(cells, 0, sum.asBits().xor(i64(Long.MIN_VALUE)));
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        code.when(
                input.isNull(argument).not(),
                () -> store(code, cells, sum(cells).plus(input.real(argument).plus(f64(0)))));
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        store(code, cells, sum(cells).plus(sum(other)));
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int field) {
        code.when(
                cells.wide(0).eq(0),
                () -> target.setNull(code, field),
                () -> SumAccumulator.storeReal(code, target, field, sum(cells)));
    }

    @Override
    public List<Field> stateFields(String prefix) {
        return List.of(
                new Field(prefix + "_sum", FieldType.DOUBLE),
                new Field(prefix + "_count", FieldType.BIGINT));
    }

    @Override
    public void save(Code code, Value cells, RowTarget target, int field) {
        SumAccumulator.storeReal(code, target, field, sum(cells).plus(f64(0)));
        code.storeWide(target.row(), target.cell(field + 1), cells.wide(0).ne(0).extend());
    }

    @Override
    public void load(Code code, Value slot, Value cells, RowView state, int field) {
        code.when(
                state.cell(field + 1).ne(0),
                () -> store(code, cells, state.real(field).plus(f64(0))));
    }
}
