package galois.compiler;

import static galois.compiler.ir.Value.i32;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** LISTAGG: texts in the order in which they came, a separator between them. */
record ListAccumulator(TextBuffer buffer, int argument, String separator) implements Accumulator {
    @Override
    public int bytes() {
        return TextBuffer.BYTES;
    }

    private int separatorBytes() {
        return separator.getBytes(StandardCharsets.UTF_8).length;
    }

    private Value with(Value cells, Value length) {
        Value between = TextBuffer.isPresent(cells).times(separatorBytes());
        return TextBuffer.length(cells).plus(between).plus(length);
    }

    @Override
    public void prepare(Code code, Value slot, Value cells, RowView input) {
        code.when(
                input.isNull(argument).not(),
                () -> reserve(code, slot, cells, input.textLength(argument)));
    }

    private void reserve(Code code, Value slot, Value cells, Value length) {
        buffer.reserveMore(code, slot, cells, code.let(with(cells, length)));
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        code.when(
                input.isNull(argument).not(),
                () -> append(code, cells, input.textStart(argument), input.textLength(argument)));
    }

    private void append(Code code, Value cells, Value start, Value length) {
        if (!separator.isEmpty()) {
            Value text = i32(buffer.library().memory().text(separator));
            code.when(
                    TextBuffer.isPresent(cells),
                    () -> buffer.append(code, cells, text, i32(separatorBytes())));
        }
        buffer.append(code, cells, start, length);
    }

    @Override
    public void prepareMerge(Code code, Value slot, Value cells, Value other) {
        code.when(
                TextBuffer.isPresent(other),
                () -> reserve(code, slot, cells, TextBuffer.length(other)));
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        code.when(
                TextBuffer.isPresent(other),
                () -> append(code, cells, TextBuffer.start(other), TextBuffer.length(other)));
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int field) {
        buffer.write(code, cells, target, field);
    }

    @Override
    public List<Field> stateFields(String prefix) {
        return List.of(new Field(prefix, FieldType.VARCHAR));
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
