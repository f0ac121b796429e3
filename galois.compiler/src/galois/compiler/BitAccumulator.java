package galois.compiler;

import static galois.compiler.ir.Value.i64;

import galois.api.plan.AggregateFunction;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;

import java.util.List;

/**
 * BIT_AND, BIT_OR, BIT_XOR: the bits and whether there was a value. BIT_AND keeps which bits are
 * missing somewhere, so that all begin with zeros.
 */
record BitAccumulator(int argument, FieldType type, AggregateFunction function)
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
                () -> take(code, cells, kept(input.cell(argument)), i64(1)));
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        take(code, cells, other.wide(0), other.wide(8));
    }

    private void take(Code code, Value cells, Value bits, Value isThere) {
        Value before = cells.wide(0);
        boolean isOdd = function == AggregateFunction.BIT_XOR;
        code.storeWide(cells, 0, isOdd ? before.xor(bits) : before.or(bits));
        code.storeWide(cells, 8, cells.wide(8).or(isThere));
    }

    /** Of a value, and back. */
    private Value kept(Value bits) {
        return function == AggregateFunction.BIT_AND ? bits.xor(i64(-1)) : bits;
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int field) {
        code.when(
                cells.wide(8).eq(0),
                () -> target.setNull(code, field),
                () -> code.storeWide(target.row(), target.cell(field), kept(cells.wide(0))));
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
                    code.storeWide(cells, 0, kept(state.cell(field)));
                    code.storeWide(cells, 8, i64(1));
                });
    }
}
