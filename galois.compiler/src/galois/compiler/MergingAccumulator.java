package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.Field;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;

import java.util.List;

/**
 * The second half of an aggregate: each row brings what a first half kept of its rows.
 *
 * @param field the first of the fields with what was kept
 * @param scratch address of cells for what the row in hand brings
 */
record MergingAccumulator(Accumulator inner, int field, int scratch) implements Accumulator {
    @Override
    public int bytes() {
        return inner.bytes();
    }

    @Override
    public void prepare(Code code, Value slot, Value cells, RowView input) {
        WasmFunction self = WasmFunction.returning(I32, "merge_part", I32, I32);
        self.define(
                inside -> {
                    Value other = i32(scratch);
                    inside.fill(other, i32(0), i32(inner.bytes()));
                    inner.borrow(inside, other, input, field);
                    inner.prepareMerge(inside, self.argument(0), self.argument(1), other);
                    inside.ret(Status.OK);
                });
        Value status = code.let(self.call(slot, cells));
        code.when(status.ne(Status.OK), () -> code.ret(status));
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        inner.merge(code, cells, i32(scratch));
    }

    @Override
    public void prepareMerge(Code code, Value slot, Value cells, Value other) {
        inner.prepareMerge(code, slot, cells, other);
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        inner.merge(code, cells, other);
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int resultField) {
        inner.result(code, cells, target, resultField);
    }

    @Override
    public List<Field> stateFields(String prefix) {
        return inner.stateFields(prefix);
    }

    @Override
    public void save(Code code, Value cells, RowTarget target, int stateField) {
        inner.save(code, cells, target, stateField);
    }

    @Override
    public void load(Code code, Value slot, Value cells, RowView state, int stateField) {
        inner.load(code, slot, cells, state, stateField);
    }

    @Override
    public boolean holdsMemory() {
        return inner.holdsMemory();
    }

    @Override
    public void release(Code code, Value slot, Value cells) {
        inner.release(code, slot, cells);
    }
}
