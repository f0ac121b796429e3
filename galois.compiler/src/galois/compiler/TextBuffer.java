package galois.compiler;

import static galois.compiler.ir.Value.i32;

import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.Charge;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowView;

/**
 * Bytes that an accumulator keeps in a block of its own. Cells: {@code u32 address, u32 length, u32
 * capacity, u32 present}; all zero: nothing.
 *
 * @param bytesMax most bytes kept; more make an error row
 */
record TextBuffer(Library library, int bytesMax) {
    static final int BYTES = 16;
    private static final int LENGTH = 4;
    private static final int CAPACITY = 8;
    private static final int PRESENT = 12;

    private static final int SMALLEST = 16;

    static Value start(Value cells) {
        return cells.word(0);
    }

    static Value length(Value cells) {
        return cells.word(LENGTH);
    }

    static Value isPresent(Value cells) {
        return cells.word(PRESENT);
    }

    /** Makes room; returns from the function with a status when there is none. */
    void reserve(Code code, Value slot, Value cells, Value bytes) {
        reserve(code, slot, cells, bytes, bytes);
    }

    /** The same, and twice as much as there was when it must grow: for what grows often. */
    void reserveMore(Code code, Value slot, Value cells, Value bytes) {
        Value twice = code.let(cells.word(CAPACITY).shl(1).plus(SMALLEST));
        Value more = code.let(new Value.Select(bytes.gtUnsigned(twice), bytes, twice));
        Value within = new Value.Select(more.gtUnsigned(i32(bytesMax)), i32(bytesMax), more);
        reserve(code, slot, cells, bytes, within);
    }

    private void reserve(Code code, Value slot, Value cells, Value bytes, Value capacity) {
        Charge charge = library.part(Charge.class, Charge::new);
        code.when(bytes.gtUnsigned(i32(bytesMax)), () -> code.ret(RowError.ROW_TOO_LARGE));
        code.when(
                bytes.gtUnsigned(cells.word(CAPACITY)),
                () -> {
                    Value room = code.let(capacity);
                    Value old = cells.word(CAPACITY);
                    Value block = code.let(charge.grow().call(slot, cells.word(0), old, room));
                    code.when(block.eq(0), () -> code.ret(RowError.STATE_FULL));
                    code.storeWord(cells, 0, block);
                    code.storeWord(cells, CAPACITY, room);
                });
    }

    /** Takes the place of what was kept; there is room. */
    void put(Code code, Value cells, Value start, Value length) {
        code.copy(cells.word(0), start, length);
        code.storeWord(cells, LENGTH, length);
        code.storeWord(cells, PRESENT, i32(1));
    }

    /** Adds to what was kept; there is room. */
    void append(Code code, Value cells, Value start, Value length) {
        code.copy(cells.word(0).plus(cells.word(LENGTH)), start, length);
        code.storeWord(cells, LENGTH, cells.word(LENGTH).plus(length));
        code.storeWord(cells, PRESENT, i32(1));
    }

    void write(Code code, Value cells, RowTarget target, int field) {
        code.when(
                cells.word(PRESENT).eq(0),
                () -> target.setNull(code, field),
                () -> target.text(code, field, Operand.text(cells.word(0), cells.word(LENGTH))));
    }

    /** Points at the text of a field, unless that is NULL. */
    void borrow(Code code, Value cells, RowView row, int field) {
        code.when(
                row.isNull(field).not(),
                () -> {
                    code.storeWord(cells, 0, row.textStart(field));
                    code.storeWord(cells, LENGTH, row.textLength(field));
                    code.storeWord(cells, PRESENT, i32(1));
                });
    }

    void release(Code code, Value slot, Value cells) {
        Charge charge = library.part(Charge.class, Charge::new);
        code.run(charge.release().call(slot, cells.word(0), cells.word(CAPACITY)));
    }
}
