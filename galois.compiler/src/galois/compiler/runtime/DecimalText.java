package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/**
 * Scaled integers as text: written with all digits of the scale, read with any number of digits and
 * an exponent, rounded half away from zero.
 */
final class DecimalText {
    /** Nineteen digits decide how eighteen are rounded. */
    private static final long KEPT_MAX = 1_000_000_000_000_000_000L;

    private static final int EXPONENT_MAX = 9_999;

    private final Library library;
    private final IntegerText integers;

    DecimalText(Library library) {
        this.library = library;
        this.integers = library.part(IntegerText.class, IntegerText::new);
    }

    /** {@code (buffer, value, scale) -> length}. */
    WasmFunction format() {
        return library.function(
                "format_decimal",
                () -> WasmFunction.returning(I32, "format_decimal", I32, I64, I32),
                self -> self.define(code -> format(self, code)));
    }

    private void format(WasmFunction self, Code code) {
        Local at = code.var(self.argument(0));
        Local value = code.var(self.argument(1));
        Value scale = self.argument(2);
        code.when(
                value.get().lt(0),
                () -> {
                    code.storeOctet(at.get(), 0, i32('-'));
                    code.set(at, at.get().plus(1));
                    code.set(value, i64(0).minus(value.get()));
                });
        Local power = code.var(i64(1));
        Local i = code.var(i32(0));
        code.loopWhile(
                i.get().lt(scale),
                () -> {
                    code.set(power, power.get().times(10));
                    code.set(i, i.get().plus(1));
                });
        Value whole = value.get().overUnsigned(power.get());
        code.set(at, at.get().plus(integers.format().call(at.get(), whole)));
        code.when(
                scale.gt(0),
                () -> {
                    code.storeOctet(at.get(), 0, i32('.'));
                    Value fraction = value.get().remUnsigned(power.get());
                    code.set(at, integers.padded().call(at.get().plus(1), fraction, scale));
                });
        code.ret(at.get().minus(self.argument(0)));
    }

    /** {@code (address, length, cell, scale, most) -> 1 or 0}: magnitudes up to {@code most}. */
    WasmFunction parse() {
        return library.function(
                "parse_scaled",
                () -> WasmFunction.returning(I32, "parse_scaled", I32, I32, I32, I32, I64),
                self -> self.define(code -> parse(self, code)));
    }

    private void parse(WasmFunction self, Code code) {
        Local at = code.var(self.argument(0));
        Value end = code.let(self.argument(0).plus(self.argument(1)));
        code.when(self.argument(1).eq(0), () -> code.ret(0));
        Value sign = code.let(at.get().octet(0));
        code.when(sign.eq('-').or(sign.eq('+')), () -> code.set(at, at.get().plus(1)));
        Local value = code.var(i64(0));
        Local digits = code.var(i32(0));
        Local power = code.var(self.argument(3));
        Local fraction = code.var(i32(0));
        Local more = code.var(i32(1));
        Value octet = at.get().octet(0);
        code.loopWhile(
                more.get().and(at.get().ltUnsigned(end)),
                () ->
                        code.when(
                                octet.minus('0').leUnsigned(i32(9)),
                                () -> digit(code, at, value, digits, power, fraction),
                                () ->
                                        code.when(
                                                octet.eq('.').and(fraction.get().eq(0)),
                                                () -> {
                                                    code.set(fraction, i32(1));
                                                    code.set(at, at.get().plus(1));
                                                },
                                                () -> code.set(more, i32(0)))));
        code.when(digits.get().eq(0), () -> code.ret(0));
        code.when(
                at.get().ltUnsigned(end),
                () -> {
                    code.when(octet.or(i32(0x20)).ne('e'), () -> code.ret(0));
                    Value exponent = code.let(exponent().call(at.get().plus(1), end));
                    code.when(exponent.gt(EXPONENT_MAX), () -> code.ret(0));
                    code.set(power, power.get().plus(exponent));
                });
        Value scaled = code.let(scaled().call(value.get(), power.get()));
        code.when(scaled.gtUnsigned(self.argument(4)), () -> code.ret(0));
        Value signed = new Value.Select(sign.eq('-'), i64(0).minus(scaled), scaled);
        code.storeWide(self.argument(2), 0, signed);
        code.ret(1);
    }

    private static void digit(
            Code code, Local at, Local value, Local digits, Local power, Local fraction) {
        code.when(
                value.get().ltUnsigned(i64(KEPT_MAX)),
                () -> {
                    Value digit = at.get().octet(0).minus('0').extend();
                    code.set(value, value.get().times(10).plus(digit));
                    code.set(power, power.get().minus(fraction.get()));
                },
                () -> code.set(power, power.get().plus(1).minus(fraction.get())));
        code.set(digits, digits.get().plus(1));
        code.set(at, at.get().plus(1));
    }

    /** {@code (at, end) -> exponent}, at most EXPONENT_MAX in magnitude, or one more for none. */
    private WasmFunction exponent() {
        return library.function(
                "parse_power",
                () -> WasmFunction.returning(I32, "parse_power", I32, I32),
                self -> self.define(code -> exponent(self, code)));
    }

    private static void exponent(WasmFunction self, Code code) {
        Local at = code.var(self.argument(0));
        Value end = self.argument(1);
        code.when(at.get().geUnsigned(end), () -> code.ret(EXPONENT_MAX + 1));
        Value sign = code.let(at.get().octet(0));
        code.when(sign.eq('-').or(sign.eq('+')), () -> code.set(at, at.get().plus(1)));
        code.when(at.get().geUnsigned(end), () -> code.ret(EXPONENT_MAX + 1));
        Local value = code.var(i32(0));
        code.loopWhile(
                at.get().ltUnsigned(end),
                () -> {
                    Value digit = code.let(at.get().octet(0).minus('0'));
                    code.when(digit.gtUnsigned(i32(9)), () -> code.ret(EXPONENT_MAX + 1));
                    Value next = code.let(value.get().times(10).plus(digit));
                    code.set(
                            value,
                            new Value.Select(next.gt(EXPONENT_MAX), i32(EXPONENT_MAX), next));
                    code.set(at, at.get().plus(1));
                });
        code.ret(new Value.Select(sign.eq('-'), i32(0).minus(value.get()), value.get()));
    }

    /** {@code (value, power) -> value * 10^power}, unsigned, rounded; or all bits set. */
    private WasmFunction scaled() {
        return library.function(
                "decimal_scaled",
                () -> WasmFunction.returning(I64, "decimal_scaled", I64, I32),
                self ->
                        self.define(
                                code -> {
                                    Local value = code.var(self.argument(0));
                                    Local power = code.var(self.argument(1));
                                    code.when(value.get().eq(0), () -> code.ret(i64(0)));
                                    code.loopWhile(
                                            power.get().gt(0),
                                            () -> {
                                                code.when(
                                                        value.get().geUnsigned(i64(KEPT_MAX)),
                                                        () -> code.ret(i64(-1)));
                                                code.set(value, value.get().times(10));
                                                code.set(power, power.get().minus(1));
                                            });
                                    code.when(power.get().eq(0), () -> code.ret(value.get()));
                                    code.loopWhile(
                                            power.get().lt(-1).and(value.get().ne(0)),
                                            () -> {
                                                code.set(value, value.get().overUnsigned(i64(10)));
                                                code.set(power, power.get().plus(1));
                                            });
                                    Value rounded = value.get().plus(i64(5));
                                    code.ret(rounded.overUnsigned(i64(10)));
                                }));
    }
}
