package galois.compiler;

import static galois.compiler.ir.Value.i32;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.Charge;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Strings;

import java.util.List;

/**
 * MIN and MAX of texts. Cells: {@code u32 address, u32 length, u32 capacity, u32 present}; the
 * buffer grows ahead of a longer text, so that taking a text in cannot fail.
 *
 * @param bytesMax longest text kept; a row with a longer one is an error row
 */
record TextExtremeAccumulator(Library library, int argument, boolean greatest, int bytesMax)
        implements Accumulator {
    private static final int LENGTH = 4;
    private static final int CAPACITY = 8;
    private static final int PRESENT = 12;

    @Override
    public int bytes() {
        return 16;
    }

    /** 1 when the text of the row takes the place of the kept one. */
    private Value better(Value cells, RowView input) {
        Value wins = wins(cells, input.textStart(argument), input.textLength(argument));
        return input.isNull(argument).not().and(wins);
    }

    private Value wins(Value cells, Value start, Value length) {
        Strings strings = library.part(Strings.class, Strings::new);
        Value order = strings.compare().call(start, length, cells.word(0), cells.word(LENGTH));
        Value wins = greatest ? order.gt(0) : order.lt(0);
        return cells.word(PRESENT).eq(0).or(wins);
    }

    private Value betterOf(Value cells, Value other) {
        return other.word(PRESENT).and(wins(cells, other.word(0), other.word(LENGTH)));
    }

    @Override
    public void prepare(Code code, Value slot, Value cells, RowView input) {
        code.when(
                better(cells, input), () -> reserve(code, slot, cells, input.textLength(argument)));
    }

    @Override
    public void prepareMerge(Code code, Value slot, Value cells, Value other) {
        code.when(betterOf(cells, other), () -> reserve(code, slot, cells, other.word(LENGTH)));
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        code.when(
                betterOf(cells, other), () -> take(code, cells, other.word(0), other.word(LENGTH)));
    }

    private void reserve(Code code, Value slot, Value cells, Value length) {
        Charge charge = library.part(Charge.class, Charge::new);
        code.when(length.gtUnsigned(i32(bytesMax)), () -> code.ret(RowError.ROW_TOO_LARGE));
        code.when(
                length.gtUnsigned(cells.word(CAPACITY)),
                () -> {
                    Value block =
                            code.let(
                                    charge.grow()
                                            .call(
                                                    slot,
                                                    cells.word(0),
                                                    cells.word(CAPACITY),
                                                    length));
                    code.when(block.eq(0), () -> code.ret(RowError.STATE_FULL));
                    code.storeWord(cells, 0, block);
                    code.storeWord(cells, CAPACITY, length);
                });
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        code.when(better(cells, input), () -> take(code, cells, input, argument));
    }

    private static void take(Code code, Value cells, RowView row, int field) {
        take(code, cells, row.textStart(field), row.textLength(field));
    }

    private static void take(Code code, Value cells, Value start, Value length) {
        code.copy(cells.word(0), start, length);
        code.storeWord(cells, LENGTH, length);
        code.storeWord(cells, PRESENT, i32(1));
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int field) {
        code.when(
                cells.word(PRESENT).eq(0),
                () -> target.setNull(code, field),
                () -> target.text(code, field, Operand.text(cells.word(0), cells.word(LENGTH))));
    }

    @Override
    public List<Field> stateFields(String prefix) {
        return List.of(new Field(prefix, FieldType.VARCHAR));
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
                    reserve(code, slot, cells, state.textLength(field));
                    take(code, cells, state, field);
                });
    }

    @Override
    public boolean holdsMemory() {
        return true;
    }

    @Override
    public void release(Code code, Value slot, Value cells) {
        Charge charge = library.part(Charge.class, Charge::new);
        code.run(charge.release().call(slot, cells.word(0), cells.word(CAPACITY)));
    }
}
