package galois.compiler;

import static galois.compiler.ir.Value.i64;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Strings;

import java.util.List;

/**
 * The argument of one row of a group: FIRST and LAST by the time of the rows, ARG_MIN and ARG_MAX
 * by a second field. Rows in which one of the two is NULL do not count. Cells: whether there is a
 * row, what was compared, the argument.
 *
 * @param by the field that is compared; -1: the time of the row
 * @param order of equal rows the first stays, but for {@code LATEST}
 */
record PickAccumulator(
        TextBuffer buffer, int argument, FieldType type, int by, FieldType byType, Order order)
        implements Accumulator {
    /** Which row is picked. */
    enum Order {
        LEAST,
        GREATEST,
        LATEST
    }

    private static final int BY = 8;
    private static final int VALUE = BY + TextBuffer.BYTES;

    @Override
    public int bytes() {
        return VALUE + TextBuffer.BYTES;
    }

    private static boolean isText(FieldType type) {
        return type.cell() == FieldType.Cell.STRING;
    }

    /** 1 when the row takes the place of the kept one. */
    private Value better(Value cells, RowView input) {
        Value wins;
        if (by < 0) {
            wins = wins(input.eventTime(), cells.wide(BY));
        } else if (isText(byType)) {
            wins = wins(cells, input.textStart(by), input.textLength(by));
        } else if (byType.cell() == FieldType.Cell.F64) {
            wins = winsReal(input.real(by), cells.real(BY));
        } else {
            wins = wins(input.cell(by), cells.wide(BY));
        }
        Value counts = input.isNull(argument).not();
        counts = by < 0 ? counts : counts.and(input.isNull(by).not());
        return counts.and(cells.wide(0).eq(0).or(wins));
    }

    private Value betterOf(Value cells, Value other) {
        Value wins;
        if (isText(byType)) {
            Value text = other.plus(BY);
            wins = wins(cells, TextBuffer.start(text), TextBuffer.length(text));
        } else if (byType.cell() == FieldType.Cell.F64) {
            wins = winsReal(other.real(BY), cells.real(BY));
        } else {
            wins = wins(other.wide(BY), cells.wide(BY));
        }
        return other.wide(0).ne(0).and(cells.wide(0).eq(0).or(wins));
    }

    private Value wins(Value value, Value kept) {
        return switch (order) {
            case LEAST -> value.lt(kept);
            case GREATEST -> value.gt(kept);
            case LATEST -> value.ge(kept);
        };
    }

    private Value winsReal(Value value, Value kept) {
        Value less = order == Order.LEAST ? value : kept;
        Value more = order == Order.LEAST ? kept : value;
        return less.lt(more).or(more.ne(more).and(less.eq(less)));
    }

    private Value wins(Value cells, Value start, Value length) {
        Strings strings = buffer.library().part(Strings.class, Strings::new);
        Value kept = cells.plus(BY);
        Value compared =
                strings.compare()
                        .call(start, length, TextBuffer.start(kept), TextBuffer.length(kept));
        return order == Order.LEAST ? compared.lt(0) : compared.gt(0);
    }

    @Override
    public void prepare(Code code, Value slot, Value cells, RowView input) {
        if (!holdsMemory()) {
            return;
        }
        code.when(
                better(cells, input),
                () -> {
                    if (isText(byType)) {
                        buffer.reserve(code, slot, cells.plus(BY), input.textLength(by));
                    }
                    if (isText(type)) {
                        buffer.reserve(code, slot, cells.plus(VALUE), input.textLength(argument));
                    }
                });
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        code.when(
                better(cells, input),
                () -> {
                    code.storeWide(cells, 0, i64(1));
                    if (by < 0) {
                        code.storeWide(cells, BY, input.eventTime());
                    } else {
                        put(code, cells.plus(BY), byType, input, by);
                    }
                    put(code, cells.plus(VALUE), type, input, argument);
                });
    }

    private void put(Code code, Value part, FieldType of, RowView row, int field) {
        if (isText(of)) {
            buffer.put(code, part, row.textStart(field), row.textLength(field));
        } else {
            code.storeWide(part, 0, row.cell(field));
        }
    }

    @Override
    public void prepareMerge(Code code, Value slot, Value cells, Value other) {
        if (!holdsMemory()) {
            return;
        }
        code.when(
                betterOf(cells, other),
                () -> {
                    if (isText(byType)) {
                        Value length = TextBuffer.length(other.plus(BY));
                        buffer.reserve(code, slot, cells.plus(BY), length);
                    }
                    if (isText(type)) {
                        Value length = TextBuffer.length(other.plus(VALUE));
                        buffer.reserve(code, slot, cells.plus(VALUE), length);
                    }
                });
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        code.when(
                betterOf(cells, other),
                () -> {
                    code.storeWide(cells, 0, i64(1));
                    putOf(code, cells.plus(BY), byType, other.plus(BY));
                    putOf(code, cells.plus(VALUE), type, other.plus(VALUE));
                });
    }

    private void putOf(Code code, Value part, FieldType of, Value other) {
        if (isText(of)) {
            buffer.put(code, part, TextBuffer.start(other), TextBuffer.length(other));
        } else {
            code.storeWide(part, 0, other.wide(0));
        }
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int field) {
        write(code, cells, cells.plus(VALUE), type, target, field);
    }

    private void write(
            Code code, Value cells, Value part, FieldType of, RowTarget target, int field) {
        if (isText(of)) {
            buffer.write(code, part, target, field);
            return;
        }
        code.when(
                cells.wide(0).eq(0),
                () -> target.setNull(code, field),
                () -> code.storeWide(target.row(), target.cell(field), part.wide(0)));
    }

    @Override
    public List<Field> stateFields(String prefix) {
        return List.of(new Field(prefix + "_by", byType), new Field(prefix, type));
    }

    @Override
    public void save(Code code, Value cells, RowTarget target, int field) {
        write(code, cells, cells.plus(BY), byType, target, field);
        write(code, cells, cells.plus(VALUE), type, target, field + 1);
    }

    @Override
    public void load(Code code, Value slot, Value cells, RowView state, int field) {
        code.when(
                state.isNull(field).not(),
                () -> {
                    code.storeWide(cells, 0, i64(1));
                    load(code, slot, cells.plus(BY), byType, state, field);
                    load(code, slot, cells.plus(VALUE), type, state, field + 1);
                });
    }

    private void load(Code code, Value slot, Value part, FieldType of, RowView state, int field) {
        if (isText(of)) {
            buffer.reserve(code, slot, part, state.textLength(field));
        }
        put(code, part, of, state, field);
    }

    @Override
    public void borrow(Code code, Value cells, RowView state, int field) {
        code.when(
                state.isNull(field).not(),
                () -> {
                    code.storeWide(cells, 0, i64(1));
                    borrow(code, cells.plus(BY), byType, state, field);
                    borrow(code, cells.plus(VALUE), type, state, field + 1);
                });
    }

    private void borrow(Code code, Value part, FieldType of, RowView state, int field) {
        if (isText(of)) {
            buffer.borrow(code, part, state, field);
        } else {
            code.storeWide(part, 0, state.cell(field));
        }
    }

    @Override
    public boolean holdsMemory() {
        return isText(type) || isText(byType);
    }

    @Override
    public void release(Code code, Value slot, Value cells) {
        if (isText(byType)) {
            buffer.release(code, slot, cells.plus(BY));
        }
        if (isText(type)) {
            buffer.release(code, slot, cells.plus(VALUE));
        }
    }
}
