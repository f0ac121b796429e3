package galois.compiler;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Strings;

import java.util.List;

/**
 * MIN and MAX of texts. The buffer grows ahead of a longer text, so that taking a text in cannot
 * fail.
 */
record TextExtremeAccumulator(TextBuffer buffer, FieldType type, int argument, boolean greatest)
        implements Accumulator {
    @Override
    public int bytes() {
        return TextBuffer.BYTES;
    }

    /** 1 when the text of the row takes the place of the kept one. */
    private Value better(Value cells, RowView input) {
        Value wins = wins(cells, input.textStart(argument), input.textLength(argument));
        return input.isNull(argument).not().and(wins);
    }

    private Value betterOf(Value cells, Value other) {
        Value wins = wins(cells, TextBuffer.start(other), TextBuffer.length(other));
        return TextBuffer.isPresent(other).and(wins);
    }

    private Value wins(Value cells, Value start, Value length) {
        Strings strings = buffer.library().part(Strings.class, Strings::new);
        Value kept = TextBuffer.start(cells);
        Value order = strings.compare().call(start, length, kept, TextBuffer.length(cells));
        Value wins = greatest ? order.gt(0) : order.lt(0);
        return TextBuffer.isPresent(cells).eq(0).or(wins);
    }

    @Override
    public void prepare(Code code, Value slot, Value cells, RowView input) {
        code.when(
                better(cells, input),
                () -> buffer.reserve(code, slot, cells, input.textLength(argument)));
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        code.when(
                better(cells, input),
                () ->
                        buffer.put(
                                code,
                                cells,
                                input.textStart(argument),
                                input.textLength(argument)));
    }

    @Override
    public void prepareMerge(Code code, Value slot, Value cells, Value other) {
        code.when(
                betterOf(cells, other),
                () -> buffer.reserve(code, slot, cells, TextBuffer.length(other)));
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        code.when(
                betterOf(cells, other),
                () -> buffer.put(code, cells, TextBuffer.start(other), TextBuffer.length(other)));
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int field) {
        buffer.write(code, cells, target, field);
    }

    @Override
    public List<Field> stateFields(String prefix) {
        return List.of(new Field(prefix, type));
    }

    @Override
    public void save(Code code, Value cells, RowTarget target, int field) {
        buffer.write(code, cells, target, field);
    }

    @Override
    public void load(Code code, Value slot, Value cells, RowView state, int field) {
        code.when(
                state.isNull(field).not(),
                () -> {
                    buffer.reserve(code, slot, cells, state.textLength(field));
                    buffer.put(code, cells, state.textStart(field), state.textLength(field));
                });
    }

    @Override
    public void borrow(Code code, Value cells, RowView state, int field) {
        buffer.borrow(code, cells, state, field);
    }

    @Override
    public boolean holdsMemory() {
        return true;
    }

    @Override
    public void release(Code code, Value slot, Value cells) {
        buffer.release(code, slot, cells);
    }
}
