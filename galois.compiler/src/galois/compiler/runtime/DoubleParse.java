package galois.compiler.runtime;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.F64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/**
 * Decimal text as the nearest double, ties to even: the decimal number is an exact fraction of two
 * {@link BigNumbers}, which is divided to more bits than a double has.
 */
public final class DoubleParse {
    /** Longer texts are refused before any work is done on them. */
    private static final int LENGTH_MAX = 100;

    /** Powers of ten beyond which every number of that length is infinite or zero. */
    private static final int POWER_MAX = 310;

    private static final int POWER_MIN = -440;
    private static final int DIGITS_EXACT = 15;
    private static final int POWER_EXACT = 22;
    private static final int QUOTIENT_BITS = 56;

    private final Library library;
    private final BigNumbers big;
    private final int numerator;
    private final int denominator;

    /**
     * Words of the text in hand: digits behind the point, digits, {@code i64} value of the first
     * 18.
     */
    private final int words;

    public DoubleParse(Library library) {
        this.library = library;
        this.big = library.part(BigNumbers.class, BigNumbers::new);
        this.numerator = library.memory().reserve(BigNumbers.BYTES);
        this.denominator = library.memory().reserve(BigNumbers.BYTES);
        this.words = library.memory().reserve(16);
    }

    /** {@code (address, length, cell) -> 1 or 0}: decimal, or NaN, Infinity, Inf in any case. */
    public WasmFunction parse() {
        return library.function(
                "parse_double",
                () -> WasmFunction.returning(I32, "parse_double", I32, I32, I32),
                self -> self.define(code -> parse(self, code)));
    }

    private void parse(WasmFunction self, Code code) {
        Value length = self.argument(1);
        Value cell = self.argument(2);
        code.when(decimal().call(self.argument(0), length, cell), () -> code.ret(1));
        code.when(length.eq(0), () -> code.ret(0));
        Value sign = code.let(self.argument(0).octet(0));
        Value signed = code.let(sign.eq('-').or(sign.eq('+')));
        Value start = code.let(self.argument(0).plus(signed));
        Value rest = code.let(length.minus(signed));
        IntegerText texts = library.part(IntegerText.class, IntegerText::new);
        code.storeReal(cell, 0, f64(Double.NaN));
        code.when(texts.isWord(start, rest, "nan"), () -> code.ret(1));
        code.storeReal(
                cell,
                0,
                new Value.Select(
                        sign.eq('-'),
                        f64(Double.NEGATIVE_INFINITY),
                        f64(Double.POSITIVE_INFINITY)));
        code.ret(texts.isWord(start, rest, "infinity").or(texts.isWord(start, rest, "inf")));
    }

    /** {@code (address, length, cell) -> 1 or 0}: sign, digits, fraction, exponent. */
    WasmFunction decimal() {
        return library.function(
                "parse_decimal",
                () -> WasmFunction.returning(I32, "parse_decimal", I32, I32, I32),
                self -> self.define(code -> decimal(self, code)));
    }

    private void decimal(WasmFunction self, Code code) {
        Value length = self.argument(1);
        code.when(length.minus(1).geUnsigned(i32(LENGTH_MAX)), () -> code.ret(0));
        Value end = code.let(self.argument(0).plus(length));
        Value sign = code.let(self.argument(0).octet(0));
        Value start = self.argument(0).plus(sign.eq('-').or(sign.eq('+')));
        Local at = code.var(digits().call(start, end));
        code.when(at.get().eq(0), () -> code.ret(0));
        Local power = code.var(i32(0));
        code.when(
                at.get().ltUnsigned(end),
                () -> {
                    code.when(at.get().octet(0).or(i32(0x20)).ne('e'), () -> code.ret(0));
                    code.set(power, exponent().call(at.get().plus(1), end));
                    code.when(power.get().eq(Integer.MIN_VALUE), () -> code.ret(0));
                });
        code.set(power, power.get().minus(i32(words).word(0)));
        Local value = code.var(value().call(power.get()));
        code.when(value.get().eq(f64(Double.POSITIVE_INFINITY)), () -> code.ret(0));
        code.when(sign.eq('-'), () -> code.set(value, Value.of(Op.F64_NEG, value.get())));
        code.storeReal(self.argument(2), 0, value.get());
        code.ret(1);
    }

    /** {@code (at, end) -> behind the digits and their point, or 0}: fills the words. */
    private WasmFunction digits() {
        return library.function(
                "decimal_digits",
                () -> WasmFunction.returning(I32, "decimal_digits", I32, I32),
                self -> self.define(code -> digits(self, code)));
    }

    private void digits(WasmFunction self, Code code) {
        Local at = code.var(self.argument(0));
        Local fraction = code.var(i32(0));
        Local count = code.var(i32(0));
        Local small = code.var(i64(0));
        Local point = code.var(i32(0));
        code.run(big.set().call(i32(numerator), i64(0)));
        code.block(
                done ->
                        code.loop(
                                again -> {
                                    code.jumpIf(at.get().geUnsigned(self.argument(1)), done);
                                    Value octet = code.let(at.get().octet(0));
                                    Value digit = code.let(octet.minus('0'));
                                    code.when(
                                            digit.leUnsigned(i32(9)),
                                            () -> {
                                                code.run(
                                                        big.timesPlus()
                                                                .call(
                                                                        i32(numerator),
                                                                        i32(10),
                                                                        digit));
                                                code.set(
                                                        small,
                                                        small.get().times(10).plus(digit.extend()));
                                                code.set(count, count.get().plus(1));
                                                code.set(
                                                        fraction, fraction.get().plus(point.get()));
                                            },
                                            () -> {
                                                code.jumpIf(octet.ne('.'), done);
                                                code.jumpIf(point.get(), done);
                                                code.set(point, i32(1));
                                            });
                                    code.set(at, at.get().plus(1));
                                    code.jump(again);
                                }));
        code.when(count.get().eq(0), () -> code.ret(0));
        code.storeWord(i32(words), 0, fraction.get());
        code.storeWord(i32(words), 4, count.get());
        code.storeWide(i32(words), 8, small.get());
        code.ret(at.get());
    }

    /** {@code (at, end) -> exponent, kept within a million, or the i32 minimum}. */
    private WasmFunction exponent() {
        return library.function(
                "decimal_exponent",
                () -> WasmFunction.returning(I32, "decimal_exponent", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Local at = code.var(self.argument(0));
                                    Value end = self.argument(1);
                                    Local sign = code.var(i32(0));
                                    code.when(
                                            at.get().ltUnsigned(end),
                                            () -> code.set(sign, at.get().octet(0)));
                                    code.when(
                                            sign.get().eq('-').or(sign.get().eq('+')),
                                            () -> code.set(at, at.get().plus(1)));
                                    code.when(
                                            at.get().geUnsigned(end),
                                            () -> code.ret(Integer.MIN_VALUE));
                                    Local value = code.var(i32(0));
                                    Value digit = at.get().octet(0).minus('0');
                                    code.loopWhile(
                                            at.get().ltUnsigned(end),
                                            () -> {
                                                code.when(
                                                        digit.gtUnsigned(i32(9)),
                                                        () -> code.ret(Integer.MIN_VALUE));
                                                code.when(
                                                        value.get().lt(100_000),
                                                        () ->
                                                                code.set(
                                                                        value,
                                                                        value.get()
                                                                                .times(10)
                                                                                .plus(digit)));
                                                code.set(at, at.get().plus(1));
                                            });
                                    code.when(
                                            sign.get().eq('-'),
                                            () -> code.ret(i32(0).minus(value.get())));
                                    code.ret(value.get());
                                }));
    }

    /** {@code (power) -> digits * 10^power}, infinite when too large. */
    private WasmFunction value() {
        return library.function(
                "decimal_value",
                () -> WasmFunction.returning(F64, "decimal_value", I32),
                self ->
                        self.define(
                                code -> {
                                    Value power = self.argument(0);
                                    Value isZero = big.length().call(i32(numerator)).eq(0);
                                    code.when(
                                            isZero.or(power.lt(POWER_MIN)), () -> code.ret(f64(0)));
                                    code.when(
                                            power.gt(POWER_MAX),
                                            () -> code.ret(f64(Double.POSITIVE_INFINITY)));
                                    Value exact =
                                            power.plus(POWER_EXACT)
                                                    .leUnsigned(i32(2 * POWER_EXACT))
                                                    .and(i32(words).word(4).le(DIGITS_EXACT));
                                    code.when(exact, () -> exact(code, power));
                                    code.run(big.set().call(i32(denominator), i64(1)));
                                    code.when(
                                            power.ge(0),
                                            () ->
                                                    code.run(
                                                            big.timesPowerOfTen()
                                                                    .call(i32(numerator), power)),
                                            () ->
                                                    code.run(
                                                            big.timesPowerOfTen()
                                                                    .call(
                                                                            i32(denominator),
                                                                            i32(0).minus(power))));
                                    code.ret(quotient().call());
                                }));
    }

    /** Few digits and a small power: both are doubles without error, so is one rounding right. */
    private void exact(Code code, Value power) {
        Local ten = code.var(f64(1));
        Local left = code.var(power);
        code.when(power.lt(0), () -> code.set(left, i32(0).minus(power)));
        code.loopWhile(
                left.get().gt(0),
                () -> {
                    code.set(ten, ten.get().times(f64(10)));
                    code.set(left, left.get().minus(1));
                });
        Value digits = code.let(i32(words).wide(8).toDouble());
        code.when(power.lt(0), () -> code.ret(digits.over(ten.get())));
        code.ret(digits.times(ten.get()));
    }

    /** {@code () -> numerator / denominator}, rounded. */
    private WasmFunction quotient() {
        return library.function(
                "decimal_quotient",
                () -> WasmFunction.returning(F64, "decimal_quotient"),
                self -> self.define(this::quotient));
    }

    private void quotient(Code code) {
        Value n = i32(numerator);
        Value d = i32(denominator);
        Value difference = big.length().call(n).minus(big.length().call(d));
        Value shift = code.let(i32(QUOTIENT_BITS - 2).minus(difference));
        code.when(
                shift.ge(0),
                () -> code.run(big.shiftLeft().call(n, shift)),
                () -> code.run(big.shiftLeft().call(d, i32(0).minus(shift))));
        code.run(big.shiftLeft().call(d, i32(QUOTIENT_BITS - 1)));
        Local quotient = code.var(i64(0));
        Local left = code.var(i32(QUOTIENT_BITS));
        code.loopWhile(
                left.get().gt(0),
                () -> {
                    code.set(quotient, quotient.get().shl(1));
                    code.when(
                            big.compare().call(n, d).ge(0),
                            () -> {
                                code.run(big.subtract().call(n, d));
                                code.set(quotient, quotient.get().or(i64(1)));
                            });
                    code.run(big.half().call(d));
                    code.set(left, left.get().minus(1));
                });
        Value sticky = big.length().call(n).ne(0);
        code.ret(assemble().call(quotient.get(), sticky, shift));
    }

    /** {@code (quotient, sticky, shift) -> quotient * 2^-shift}, rounded to even. */
    private WasmFunction assemble() {
        return library.function(
                "decimal_assemble",
                () -> WasmFunction.returning(F64, "decimal_assemble", I64, I32, I32),
                self -> self.define(code -> assemble(self, code)));
    }

    private void assemble(WasmFunction self, Code code) {
        Value q = self.argument(0);
        Value bits = code.let(i32(64).minus(Value.of(Op.I64_CLZ, q).wrap()));
        Value top = code.let(bits.minus(1).minus(self.argument(2)));
        code.when(top.gt(1023), () -> code.ret(f64(Double.POSITIVE_INFINITY)));
        Local drop = code.var(bits.minus(53));
        code.when(top.lt(-1022), () -> code.set(drop, drop.get().plus(i32(-1022).minus(top))));
        code.when(drop.get().gt(bits.plus(1)), () -> code.ret(f64(0)));
        Value wide = code.let(drop.get().extend());
        Local kept = code.var(q.ushr(wide));
        Value half = code.let(i64(1).shl(wide.minus(1)));
        Value tail = code.let(q.and(half.shl(1).minus(1)));
        Value above = tail.gtUnsigned(half).or(tail.eq(half).and(self.argument(1)));
        Value tie = tail.eq(half).and(kept.get().wrap().and(1));
        code.when(above.or(tie), () -> code.set(kept, kept.get().plus(1)));
        code.when(
                top.ge(-1022),
                () -> code.set(kept, kept.get().plus(top.plus(1022).extend().shl(52))));
        code.ret(Value.of(Op.F64_REINTERPRET_I64, kept.get()));
    }
}
