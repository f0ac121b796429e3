package galois.compiler;

import galois.batch.Field;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;

import java.util.List;

/**
 * An aggregate with FILTER: only rows count in which a field is true. The cell of NULL is 0, like
 * that of false.
 */
record FilteredAccumulator(Accumulator inner, int filter) implements Accumulator {
    @Override
    public int bytes() {
        return inner.bytes();
    }

    private Value passes(RowView input) {
        return input.cell(filter).ne(0);
    }

    @Override
    public void prepare(Code code, Value slot, Value cells, RowView input) {
        code.when(passes(input), () -> inner.prepare(code, slot, cells, input));
    }

    @Override
    public boolean isLight() {
        return inner.isLight();
    }

    @Override
    public void ready(Code code, Value cells, RowView input, Label otherwise) {
        code.when(passes(input), () -> inner.ready(code, cells, input, otherwise));
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        code.when(passes(input), () -> inner.add(code, cells, input));
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
    public void result(Code code, Value cells, RowTarget target, int field) {
        inner.result(code, cells, target, field);
    }

    @Override
    public List<Field> stateFields(String prefix) {
        return inner.stateFields(prefix);
    }

    @Override
    public void save(Code code, Value cells, RowTarget target, int field) {
        inner.save(code, cells, target, field);
    }

    @Override
    public void load(Code code, Value slot, Value cells, RowView state, int field) {
        inner.load(code, slot, cells, state, field);
    }

    @Override
    public void borrow(Code code, Value cells, RowView state, int field) {
        inner.borrow(code, cells, state, field);
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
