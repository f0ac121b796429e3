package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.util.List;

/** Functions that make a new text in the {@link TextScratch}. */
public final class TextMaking extends Part {
    private final TextScratch scratch;
    private final TextSlices slices;
    private final Utf8 utf8;

    public TextMaking(Library library) {
        super(library);
        scratch = library.part(TextScratch.class, TextScratch::new);
        slices = library.part(TextSlices.class, TextSlices::new);
        utf8 = library.part(Utf8.class, Utf8::new);
    }

    private void append(Code code, Local at, Value from, Value length) {
        code.set(at, scratch.append().call(at.get(), from, length));
    }

    /** {@code (text, wanted, replacement)}. */
    public WasmFunction replace() {
        return function(
                "text_replace",
                I64,
                List.of(I32, I32, I32, I32, I32, I32),
                (self, code) -> {
                    Local from = code.var(self.argument(0));
                    Value end = code.let(from.get().plus(self.argument(1)));
                    Value width = self.argument(3);
                    code.when(
                            width.eq(0),
                            () -> code.ret(TextScratch.packed(self.argument(0), self.argument(1))));
                    Value start = code.let(scratch.start());
                    Local at = code.var(start);
                    Local found = code.local(I32);
                    code.block(
                            done ->
                                    code.loop(
                                            again -> {
                                                Value[] rest = {
                                                    from.get(),
                                                    end.minus(from.get()),
                                                    self.argument(2),
                                                    width
                                                };
                                                code.set(found, slices.find().call(rest));
                                                code.jumpIf(found.get().lt(0), done);
                                                append(code, at, from.get(), found.get());
                                                append(
                                                        code,
                                                        at,
                                                        self.argument(4),
                                                        self.argument(5));
                                                code.set(
                                                        from,
                                                        from.get().plus(found.get()).plus(width));
                                                code.jump(again);
                                            }));
                    append(code, at, from.get(), end.minus(from.get()));
                    scratch.ret(code, start, at.get());
                });
    }

    /** {@code (text, replacement, first, count)}: the standard's OVERLAY. */
    public WasmFunction overlay() {
        return function(
                "text_overlay",
                I64,
                List.of(I32, I32, I32, I32, I64, I64),
                (self, code) -> {
                    Value text = self.argument(0);
                    Value end = code.let(text.plus(self.argument(1)));
                    Value first = Utf8.clamped(code, self.argument(4));
                    Value count = Utf8.clamped(code, self.argument(5));
                    Value head = code.let(utf8.skip().call(text, end, first.minus(1)));
                    Value after = first.minus(1).plus(count);
                    Value tail = code.let(utf8.skip().call(text, end, after));
                    Value start = code.let(scratch.start());
                    Local at = code.var(start);
                    append(code, at, text, head.minus(text));
                    append(code, at, self.argument(2), self.argument(3));
                    append(code, at, tail, end.minus(tail));
                    scratch.ret(code, start, at.get());
                });
    }

    /** {@code (text, times)}. */
    public WasmFunction repeat() {
        return function(
                "text_repeat",
                I64,
                List.of(I32, I32, I64),
                (self, code) -> {
                    Value start = code.let(scratch.start());
                    Local at = code.var(start);
                    Local left = code.var(self.argument(2));
                    code.when(self.argument(1).eq(0), () -> code.set(left, i64(0)));
                    code.loopWhile(
                            left.get().gt(0).and(at.get().ne(0)),
                            () -> {
                                append(code, at, self.argument(0), self.argument(1));
                                code.set(left, left.get().minus(1));
                            });
                    scratch.ret(code, start, at.get());
                });
    }

    /** {@code (text, count, fill, left)}: so many code points; {@code left} 0 fills behind. */
    public WasmFunction pad() {
        return function("text_pad", I64, List.of(I32, I32, I64, I32, I32, I32), this::pad);
    }

    private void pad(WasmFunction self, Code code) {
        Value text = self.argument(0);
        Value end = code.let(text.plus(self.argument(1)));
        Value wanted = Utf8.clamped(code, self.argument(2));
        Value has = utf8.count().call(text, self.argument(1)).extend();
        Local left = code.var(wanted.minus(has));
        code.when(
                left.get().le(0),
                () -> {
                    Value stop = code.let(utf8.skip().call(text, end, wanted));
                    code.ret(TextScratch.packed(text, stop.minus(text)));
                });
        code.when(self.argument(4).eq(0), () -> code.set(left, i64(0)));
        Value start = code.let(scratch.start());
        Local at = code.var(start);
        code.when(self.argument(5).eq(0), () -> append(code, at, text, self.argument(1)));
        Value fillEnd = code.let(self.argument(3).plus(self.argument(4)));
        Local fill = code.var(self.argument(3));
        code.loopWhile(
                left.get().gt(0).and(at.get().ne(0)),
                () -> {
                    Value next = code.let(utf8.next().call(fill.get(), fillEnd));
                    append(code, at, fill.get(), next.minus(fill.get()));
                    code.set(fill, next);
                    code.when(next.eq(fillEnd), () -> code.set(fill, self.argument(3)));
                    code.set(left, left.get().minus(1));
                });
        code.when(self.argument(5), () -> append(code, at, text, self.argument(1)));
        scratch.ret(code, start, at.get());
    }

    /** {@code (text)}: code points from the last to the first. */
    public WasmFunction reverse() {
        return function(
                "text_reverse",
                I64,
                List.of(I32, I32),
                (self, code) -> {
                    Value length = self.argument(1);
                    Local from = code.var(self.argument(0));
                    Value end = code.let(from.get().plus(length));
                    Value start = scratch.require(code, length);
                    Local to = code.var(start.plus(length));
                    code.loopWhile(
                            from.get().ltUnsigned(end),
                            () -> {
                                Value next = code.let(utf8.next().call(from.get(), end));
                                Value width = code.let(next.minus(from.get()));
                                code.set(to, to.get().minus(width));
                                code.copy(to.get(), from.get(), width);
                                code.set(from, next);
                            });
                    scratch.ret(code, start, start.plus(length));
                });
    }

    /** {@code (text, from, to)}: each code point of {@code from} by that of {@code to}. */
    public WasmFunction translate() {
        return function(
                "text_translate", I64, List.of(I32, I32, I32, I32, I32, I32), this::translate);
    }

    private void translate(WasmFunction self, Code code) {
        Local at = code.var(self.argument(0));
        Value end = code.let(at.get().plus(self.argument(1)));
        Value to = self.argument(4);
        Value toEnd = code.let(to.plus(self.argument(5)));
        Value start = code.let(scratch.start());
        Local out = code.var(start);
        Local found = code.local(I32);
        code.loopWhile(
                at.get().ltUnsigned(end),
                () -> {
                    Value next = code.let(utf8.next().call(at.get(), end));
                    Value width = code.let(next.minus(at.get()));
                    Value[] search = {self.argument(2), self.argument(3), at.get(), width};
                    code.set(found, slices.find().call(search));
                    code.when(
                            found.get().lt(0),
                            () -> append(code, out, at.get(), width),
                            () -> {
                                Value index = utf8.count().call(self.argument(2), found.get());
                                Value by = code.let(utf8.skip().call(to, toEnd, index.extend()));
                                code.when(
                                        by.ltUnsigned(toEnd),
                                        () -> {
                                            Value after = utf8.next().call(by, toEnd);
                                            append(code, out, by, after.minus(by));
                                        });
                            });
                    code.set(at, next);
                });
        scratch.ret(code, start, out.get());
    }

    /** {@code (code point)}: its text; the row error BAD_CAST when there is none. */
    public WasmFunction character() {
        return function(
                "text_character",
                I64,
                List.of(I64),
                (self, code) -> {
                    Value given = self.argument(0);
                    Value point = code.let(given.wrap());
                    Value surrogate = point.and(0xFFFF_F800L).eq(0xD800);
                    Value bad = given.gtUnsigned(i64(0x10FFFF)).or(surrogate);
                    code.when(bad, () -> code.ret(i64(-RowError.BAD_CAST)));
                    Value start = scratch.require(code, i32(4));
                    scratch.ret(code, start, utf8.encode().call(start, point));
                });
    }

    /** {@code (bytes)}: two upper-case digits for each. */
    public WasmFunction hex() {
        return hex("text_hex", "0123456789ABCDEF");
    }

    /** {@code (bytes)}: two lower-case digits for each. */
    WasmFunction lowerHex() {
        return hex("text_lower_hex", "0123456789abcdef");
    }

    private WasmFunction hex(String name, String digits) {
        int table = library.memory().text(digits);
        return function(
                name,
                I64,
                List.of(I32, I32),
                (self, code) -> {
                    Local at = code.var(self.argument(0));
                    Value end = code.let(at.get().plus(self.argument(1)));
                    Value start = scratch.require(code, self.argument(1).shl(1));
                    Local to = code.var(start);
                    code.loopWhile(
                            at.get().ltUnsigned(end),
                            () -> {
                                Value octet = code.let(at.get().octet(0));
                                code.storeOctet(to.get(), 0, octet.ushr(4).plus(table).octet(0));
                                code.storeOctet(to.get(), 1, octet.and(15).plus(table).octet(0));
                                add(code, at, 1);
                                add(code, to, 2);
                            });
                    scratch.ret(code, start, to.get());
                });
    }

    /** {@code (integer)}: upper-case digits of its 64 bits without leading zeros. */
    public WasmFunction hexOfInteger() {
        int table = library.memory().text("0123456789ABCDEF");
        return function(
                "integer_hex",
                I64,
                List.of(I64),
                (self, code) -> {
                    Value start = scratch.require(code, i32(16));
                    Local to = code.var(start);
                    Value zeros = Value.of(Op.I64_CLZ, self.argument(0).or(i64(1)));
                    Local shift = code.var(i64(60).minus(zeros.and(60)));
                    code.loopWhile(
                            shift.get().ge(0),
                            () -> {
                                Value digit = self.argument(0).ushr(shift.get()).and(15).wrap();
                                code.storeOctet(to.get(), 0, digit.plus(table).octet(0));
                                add(code, to, 1);
                                code.set(shift, shift.get().minus(4));
                            });
                    scratch.ret(code, start, to.get());
                });
    }
}
