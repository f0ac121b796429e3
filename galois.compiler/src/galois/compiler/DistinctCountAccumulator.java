package galois.compiler;

import static galois.compiler.ir.Value.i32;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.Charge;
import galois.compiler.runtime.HyperLogLog;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowView;

import java.util.List;

/** APPROX_COUNT_DISTINCT. Cells: the address of the registers; 0 before the first value. */
record DistinctCountAccumulator(Library library, int argument, FieldType type)
        implements Accumulator {
    private HyperLogLog sketch() {
        return library.part(HyperLogLog.class, HyperLogLog::new);
    }

    @Override
    public int bytes() {
        return 8;
    }

    private void reserve(Code code, Value slot, Value cells) {
        Charge charge = library.part(Charge.class, Charge::new);
        code.when(
                cells.word(0).eq(0),
                () -> {
                    Value block = code.let(charge.take().call(slot, i32(HyperLogLog.BYTES)));
                    code.when(block.eq(0), () -> code.ret(RowError.STATE_FULL));
                    code.fill(block, i32(0), i32(HyperLogLog.BYTES));
                    code.storeWord(cells, 0, block);
                });
    }

    @Override
    public void prepare(Code code, Value slot, Value cells, RowView input) {
        code.when(input.isNull(argument).not(), () -> reserve(code, slot, cells));
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        code.when(
                input.isNull(argument).not(),
                () -> {
                    Value hash =
                            switch (type.cell()) {
                                case I64 -> sketch().hash().call(input.cell(argument));
                                // 0.0 and -0.0 are one value.
                                case F64 ->
                                        sketch().hash()
                                                .call(
                                                        input.real(argument)
                                                                .plus(Value.f64(0))
                                                                .asBits());
                                case STRING ->
                                        sketch().hashText()
                                                .call(
                                                        input.textStart(argument),
                                                        input.textLength(argument));
                            };
                    code.run(sketch().add().call(cells.word(0), hash));
                });
    }

    @Override
    public void prepareMerge(Code code, Value slot, Value cells, Value other) {
        code.when(other.word(0).ne(0), () -> reserve(code, slot, cells));
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        code.when(
                other.word(0).ne(0),
                () -> code.run(sketch().merge().call(cells.word(0), other.word(0))));
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int field) {
        Value estimate = sketch().estimate().call(cells.word(0));
        code.storeWide(target.row(), target.cell(field), estimate);
    }

    @Override
    public List<Field> stateFields(String prefix) {
        return List.of(new Field(prefix, FieldType.VARBINARY));
    }

    @Override
    public void save(Code code, Value cells, RowTarget target, int field) {
        code.when(
                cells.word(0).eq(0),
                () -> target.setNull(code, field),
                () ->
                        target.text(
                                code, field, Operand.text(cells.word(0), i32(HyperLogLog.BYTES))));
    }

    @Override
    public void load(Code code, Value slot, Value cells, RowView state, int field) {
        code.when(
                state.isNull(field).not(),
                () -> {
                    reserve(code, slot, cells);
                    code.copy(cells.word(0), state.textStart(field), i32(HyperLogLog.BYTES));
                });
    }

    @Override
    public void borrow(Code code, Value cells, RowView state, int field) {
        code.when(
                state.isNull(field).not(), () -> code.storeWord(cells, 0, state.textStart(field)));
    }

    @Override
    public boolean holdsMemory() {
        return true;
    }

    @Override
    public void release(Code code, Value slot, Value cells) {
        Charge charge = library.part(Charge.class, Charge::new);
        code.run(charge.release().call(slot, cells.word(0), i32(HyperLogLog.BYTES)));
    }
}
