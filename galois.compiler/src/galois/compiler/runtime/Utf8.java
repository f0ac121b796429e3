package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.util.List;

/** Code points of UTF-8. Bytes that are not UTF-8 do no harm: nothing outside the text is read. */
public final class Utf8 extends Part {
    public Utf8(Library library) {
        super(library);
    }

    static Value isContinuation(Value octet) {
        return octet.and(0xC0).eq(0x80);
    }

    /** {@code (address, length) -> code points}. */
    WasmFunction count() {
        return function(
                "utf8_count",
                I32,
                List.of(I32, I32),
                (self, code) -> {
                    Local at = code.var(self.argument(0));
                    Value end = code.let(at.get().plus(self.argument(1)));
                    Local count = code.var(i32(0));
                    code.loopWhile(
                            at.get().ltUnsigned(end),
                            () -> {
                                add(code, count, isContinuation(at.get().octet(0)).eq(0));
                                add(code, at, 1);
                            });
                    code.ret(count.get());
                });
    }

    /** {@code (at, end, count) -> the address count code points on}, at most the end. */
    WasmFunction skip() {
        return function(
                "utf8_skip",
                I32,
                List.of(I32, I32, I64),
                (self, code) -> {
                    Local at = code.var(self.argument(0));
                    Value end = self.argument(1);
                    Local left = code.var(self.argument(2));
                    code.loopWhile(
                            at.get().ltUnsigned(end).and(left.get().gt(0)),
                            () -> {
                                code.set(at, next().call(at.get(), end));
                                code.set(left, left.get().minus(1));
                            });
                    code.ret(at.get());
                });
    }

    /** {@code (at, end) -> behind the code point}. */
    WasmFunction next() {
        return function(
                "utf8_next",
                I32,
                List.of(I32, I32),
                (self, code) -> {
                    Local at = code.var(self.argument(0).plus(1));
                    code.block(
                            done ->
                                    code.loopWhile(
                                            at.get().ltUnsigned(self.argument(1)),
                                            () -> {
                                                Value more = isContinuation(at.get().octet(0));
                                                code.jumpIf(more.eq(0), done);
                                                add(code, at, 1);
                                            }));
                    code.ret(at.get());
                });
    }

    /** {@code (at, end) -> the code point}: from its first up to four bytes. */
    WasmFunction decode() {
        return function(
                "utf8_decode",
                I32,
                List.of(I32, I32),
                (self, code) -> {
                    Value at = self.argument(0);
                    Value lead = code.let(at.octet(0));
                    code.when(lead.lt(0x80), () -> code.ret(lead));
                    Value width = code.let(next().call(at, self.argument(1)).minus(at));
                    Local point = code.var(lead.and(0x1F));
                    code.when(width.ge(3), () -> code.set(point, lead.and(0x0F)));
                    code.when(width.ge(4), () -> code.set(point, lead.and(0x07)));
                    Local i = code.var(i32(1));
                    code.loopWhile(
                            i.get().lt(width).and(i.get().lt(4)),
                            () -> {
                                Value more = at.plus(i.get()).octet(0).and(0x3F);
                                code.set(point, point.get().shl(6).or(more));
                                add(code, i, 1);
                            });
                    code.ret(point.get());
                });
    }

    /** {@code (to, code point) -> behind it}; writes up to four bytes. */
    WasmFunction encode() {
        return function("utf8_encode", I32, List.of(I32, I32), Utf8::encode);
    }

    private static void encode(WasmFunction self, Code code) {
        Value to = self.argument(0);
        Value point = self.argument(1);
        code.when(
                point.ltUnsigned(i32(0x80)),
                () -> {
                    code.storeOctet(to, 0, point);
                    code.ret(to.plus(1));
                });
        code.when(
                point.ltUnsigned(i32(0x800)),
                () -> {
                    code.storeOctet(to, 0, point.ushr(6).or(i32(0xC0)));
                    tail(code, to, 1, point);
                    code.ret(to.plus(2));
                });
        code.when(
                point.ltUnsigned(i32(0x10000)),
                () -> {
                    code.storeOctet(to, 0, point.ushr(12).or(i32(0xE0)));
                    tail(code, to, 1, point.ushr(6));
                    tail(code, to, 2, point);
                    code.ret(to.plus(3));
                });
        code.storeOctet(to, 0, point.ushr(18).or(i32(0xF0)));
        tail(code, to, 1, point.ushr(12));
        tail(code, to, 2, point.ushr(6));
        tail(code, to, 3, point);
        code.ret(to.plus(4));
    }

    private static void tail(Code code, Value to, int offset, Value bits) {
        code.storeOctet(to, offset, bits.and(0x3F).or(i32(0x80)));
    }

    /** A count or position as an i64 that sums of two of cannot overflow. */
    static Value clamped(Code code, Value number) {
        long most = 1L << 40;
        Value low = new Value.Select(number.lt(-most), i64(-most), number);
        Value kept = code.let(low);
        return code.let(new Value.Select(kept.gt(most), i64(most), kept));
    }

    /** {@code (address, length) -> 1 or 0}: no overlong form, no surrogate, nothing too large. */
    public WasmFunction isValid() {
        return function("utf8_is_valid", I32, List.of(I32, I32), Utf8::isValid);
    }

    private static void isValid(WasmFunction self, Code code) {
        Local at = code.var(self.argument(0));
        Value end = code.let(self.argument(0).plus(self.argument(1)));
        Local first = code.local(I32);
        Local more = code.local(I32);
        Local character = code.local(I32);
        code.loopWhile(
                at.get().ltUnsigned(end),
                () -> {
                    code.set(first, at.get().octet(0));
                    code.set(at, at.get().plus(1));
                    code.when(
                            first.get().geUnsigned(i32(0x80)),
                            () -> {
                                Value lead = first.get();
                                Value wrong =
                                        lead.ltUnsigned(i32(0xC2)).or(lead.gtUnsigned(i32(0xF4)));
                                code.when(wrong, () -> code.ret(0));
                                Value four = lead.geUnsigned(i32(0xF0));
                                code.set(more, lead.geUnsigned(i32(0xE0)).plus(four).plus(1));
                                code.when(
                                        end.minus(at.get()).ltUnsigned(more.get()),
                                        () -> code.ret(0));
                                Value mask = i32(0x3F).ushr(more.get());
                                code.set(character, lead.and(mask));
                                following(code, at, more, character);
                                Value c = character.get();
                                Value bad =
                                        c.ushr(11)
                                                .eq(0x1B)
                                                .or(c.gtUnsigned(i32(0x10FFFF)))
                                                .or(lead.eq(0xE0).and(c.ltUnsigned(i32(0x800))))
                                                .or(lead.eq(0xF0).and(c.ltUnsigned(i32(0x10000))));
                                code.when(bad, () -> code.ret(0));
                            });
                });
        code.ret(1);
    }

    private static void following(Code code, Local at, Local more, Local character) {
        code.loopWhile(
                more.get().gt(0),
                () -> {
                    Value octet = code.let(at.get().octet(0));
                    code.when(octet.and(0xC0).ne(0x80), () -> code.ret(0));
                    code.set(character, character.get().shl(6).or(octet.and(0x3F)));
                    code.set(at, at.get().plus(1));
                    code.set(more, more.get().minus(1));
                });
    }
}
