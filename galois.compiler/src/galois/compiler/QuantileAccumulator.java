package galois.compiler;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.Charge;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.QuantileSketch;
import galois.compiler.runtime.RowView;

import java.util.List;

/**
 * APPROX_QUANTILE.
 *
 * @param fraction from 0 to 1
 * @param bucketsMax most buckets; values that need more go to neighbours
 */
record QuantileAccumulator(
        Library library, int argument, FieldType type, double fraction, int bucketsMax)
        implements Accumulator {
    private static final int FIRST_BUCKETS = 8;

    private QuantileSketch sketch() {
        return library.part(QuantileSketch.class, QuantileSketch::new);
    }

    @Override
    public int bytes() {
        return QuantileSketch.BYTES;
    }

    private Value key(RowView input) {
        return sketch().key().call(SumAccumulator.real(type, input, argument));
    }

    @Override
    public void prepare(Code code, Value slot, Value cells, RowView input) {
        code.when(
                input.isNull(argument).not(),
                () -> {
                    Value isFull =
                            cells.word(QuantileSketch.COUNT)
                                    .eq(cells.word(QuantileSketch.CAPACITY));
                    code.when(
                            isFull,
                            () ->
                                    code.when(
                                            sketch().isNew().call(cells, key(input)),
                                            () -> reserve(code, slot, cells, i32(1))));
                });
    }

    /** Room for so many buckets more, as far as there may be so many. */
    private void reserve(Code code, Value slot, Value cells, Value more) {
        Charge charge = library.part(Charge.class, Charge::new);
        Value old = code.let(cells.word(QuantileSketch.CAPACITY));
        Value need = code.let(cells.word(QuantileSketch.COUNT).plus(more));
        Value twice = code.let(old.shl(1).plus(FIRST_BUCKETS));
        Value wish = code.let(new Value.Select(need.gtUnsigned(twice), need, twice));
        Value limit = i32(bucketsMax);
        Value room = code.let(new Value.Select(wish.gtUnsigned(limit), limit, wish));
        code.when(
                need.gtUnsigned(old).and(room.gtUnsigned(old)),
                () -> {
                    Value block =
                            code.let(
                                    charge.grow()
                                            .call(
                                                    slot,
                                                    cells.word(0),
                                                    old.times(QuantileSketch.BUCKET),
                                                    room.times(QuantileSketch.BUCKET)));
                    code.when(block.eq(0), () -> code.ret(RowError.STATE_FULL));
                    code.storeWord(cells, 0, block);
                    code.storeWord(cells, QuantileSketch.CAPACITY, room);
                });
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        code.when(
                input.isNull(argument).not(),
                () -> code.run(sketch().add().call(cells, key(input), i64(1))));
    }

    @Override
    public void prepareMerge(Code code, Value slot, Value cells, Value other) {
        reserve(code, slot, cells, other.word(QuantileSketch.COUNT));
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        code.run(sketch().merge().call(cells, other));
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int field) {
        code.when(
                cells.word(QuantileSketch.COUNT).eq(0),
                () -> target.setNull(code, field),
                () ->
                        SumAccumulator.storeReal(
                                code,
                                target,
                                field,
                                sketch().quantile().call(cells, f64(fraction))));
    }

    @Override
    public List<Field> stateFields(String prefix) {
        return List.of(
                new Field(prefix + "_values", FieldType.BIGINT),
                new Field(prefix, FieldType.VARBINARY));
    }

    @Override
    public void save(Code code, Value cells, RowTarget target, int field) {
        code.storeWide(target.row(), target.cell(field), cells.wide(QuantileSketch.VALUES));
        Value bytes = cells.word(QuantileSketch.COUNT).times(QuantileSketch.BUCKET);
        target.text(code, field + 1, Operand.text(cells.word(0), bytes));
    }

    @Override
    public void load(Code code, Value slot, Value cells, RowView state, int field) {
        Value bytes = state.textLength(field + 1);
        Value count = code.let(bytes.overUnsigned(i32(QuantileSketch.BUCKET)));
        code.when(
                count.ne(0),
                () -> {
                    reserve(code, slot, cells, count);
                    code.copy(cells.word(0), state.textStart(field + 1), bytes);
                    code.storeWord(cells, QuantileSketch.COUNT, count);
                    code.storeWide(cells, QuantileSketch.VALUES, state.cell(field));
                });
    }

    @Override
    public void borrow(Code code, Value cells, RowView state, int field) {
        Value bytes = state.textLength(field + 1);
        code.storeWord(cells, 0, state.textStart(field + 1));
        code.storeWord(cells, QuantileSketch.COUNT, bytes.overUnsigned(i32(QuantileSketch.BUCKET)));
        code.storeWide(cells, QuantileSketch.VALUES, state.cell(field));
    }

    @Override
    public boolean holdsMemory() {
        return true;
    }

    @Override
    public void release(Code code, Value slot, Value cells) {
        Charge charge = library.part(Charge.class, Charge::new);
        Value bytes = cells.word(QuantileSketch.CAPACITY).times(QuantileSketch.BUCKET);
        code.run(charge.release().call(slot, cells.word(0), bytes));
    }
}
