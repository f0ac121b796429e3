package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.util.List;

/**
 * Where the texts that functions make for one row live: an area of fixed size, used from its start
 * and given back when the row is done. A text without room is the row error ROW_TOO_LARGE.
 *
 * <p>A function that gives a text returns it as one i64: the address above, the length below; a
 * negative value is the negated row error, and {@link #NULL} is NULL.
 */
public final class TextScratch extends Part {
    /** All texts made for one row, those in between included. */
    public static final int BYTES_MAX = 256 * 1024;

    public static final long NULL = Long.MIN_VALUE;

    static final long TOO_LARGE = -RowError.ROW_TOO_LARGE;

    private final int used;
    private final int area;

    public TextScratch(Library library) {
        super(library);
        used = library.memory().reserve(8);
        area = library.memory().reserve(BYTES_MAX);
    }

    /** Bytes in use, to be handed to {@link #release} when what comes is no longer needed. */
    public Value mark() {
        return i32(used).word(0);
    }

    public void release(Code code, Value mark) {
        code.storeWord(i32(used), 0, mark);
    }

    public static Value packed(Value address, Value length) {
        return address.extend().shl(32).or(length.extend());
    }

    /** The address at which the next text begins. */
    Value start() {
        return mark().plus(area);
    }

    /** {@code (bytes) -> address of so much room, or 0}; takes nothing. */
    public WasmFunction room() {
        return function(
                "text_room",
                I32,
                List.of(I32),
                (self, code) -> {
                    Value left = i32(BYTES_MAX).minus(mark());
                    code.when(self.argument(0).gtUnsigned(left), () -> code.ret(0));
                    code.ret(start());
                });
    }

    /** {@code (at, from, length) -> behind the copy, or 0 without room}; {@code at} may be 0. */
    WasmFunction append() {
        return function(
                "text_append",
                I32,
                List.of(I32, I32, I32),
                (self, code) -> {
                    Value at = self.argument(0);
                    Value length = self.argument(2);
                    code.when(at.eq(0), () -> code.ret(0));
                    Value left = i32(area + BYTES_MAX).minus(at);
                    code.when(length.gtUnsigned(left), () -> code.ret(0));
                    code.copy(at, self.argument(1), length);
                    code.ret(at.plus(length));
                });
    }

    /** Keeps what was written from {@link #start} to {@code end}. */
    public void keep(Code code, Value end) {
        code.storeWord(i32(used), 0, end.minus(area));
    }

    /** Returns the text from {@code start} to {@code end}; an end of 0 is TOO_LARGE. */
    void ret(Code code, Value start, Value end) {
        Value text = code.let(end);
        code.when(text.eq(0), () -> code.ret(i64(TOO_LARGE)));
        keep(code, text);
        code.ret(packed(start, text.minus(start)));
    }

    /** The room of {@code bytes}, or a return with TOO_LARGE. */
    Value require(Code code, Value bytes) {
        Value to = code.let(room().call(bytes));
        code.when(to.eq(0), () -> code.ret(i64(TOO_LARGE)));
        return to;
    }
}
