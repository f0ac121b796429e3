package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/**
 * Exact arithmetic of scaled integers. Operands are less than 10^18 in magnitude, or any i64 where
 * said; a result that cannot be held is {@link #NONE}. Rounds half away from zero.
 */
public final class DecimalMath {
    /** No result. */
    public static final long NONE = Long.MIN_VALUE;

    private static final long CHUNK = 1_000_000_000L;
    private static final int CHUNK_DIGITS = 9;

    private final Library library;

    public DecimalMath(Library library) {
        this.library = library;
    }

    /** 10 to the power of {@code digits}, which is 0 to 18. */
    public static long power(int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }

    private static Value magnitude(Value value) {
        return new Value.Select(value.lt(0), i64(0).minus(value), value);
    }

    private static Value signed(Value magnitude, Value sign) {
        return new Value.Select(sign.lt(0), i64(0).minus(magnitude), magnitude);
    }

    /** {@code (value, factor) -> value / factor}, rounded; any value, a factor of 10^1 to 10^18. */
    public WasmFunction down() {
        return library.function(
                "decimal_down",
                () -> WasmFunction.returning(I64, "decimal_down", I64, I64),
                self ->
                        self.define(
                                code -> {
                                    Value value = self.argument(0);
                                    Value factor = self.argument(1);
                                    Value half = factor.ushr(1);
                                    Value sum = magnitude(value).plus(half);
                                    code.ret(signed(sum.overUnsigned(factor), value));
                                }));
    }

    /** {@code (value, factor) -> value * factor}, or NONE; any value, a factor of 1 to 10^18. */
    public WasmFunction up() {
        return library.function(
                "decimal_up",
                () -> WasmFunction.returning(I64, "decimal_up", I64, I64),
                self ->
                        self.define(
                                code -> {
                                    Value value = self.argument(0);
                                    Value factor = self.argument(1);
                                    Value most = i64(Long.MAX_VALUE).overUnsigned(factor);
                                    Value fits = magnitude(value).leUnsigned(most);
                                    code.when(fits.not(), () -> code.ret(i64(NONE)));
                                    code.ret(value.times(factor));
                                }));
    }

    /**
     * {@code (a, aFactor, b, bFactor) -> -1, 0 or 1}: a * aFactor compared with b * bFactor; any
     * values, one of the factors is 1.
     */
    public WasmFunction compare() {
        return library.function(
                "decimal_compare",
                () -> WasmFunction.returning(I32, "decimal_compare", I64, I64, I64, I64),
                self ->
                        self.define(
                                code -> {
                                    Value a = code.let(part(code, self, 0));
                                    Value b = code.let(part(code, self, 2));
                                    // One that cannot be scaled is beyond whatever the other is.
                                    code.when(
                                            a.eq(NONE).and(self.argument(0).ne(NONE)),
                                            () -> code.ret(sign(self.argument(0))));
                                    code.when(
                                            b.eq(NONE).and(self.argument(2).ne(NONE)),
                                            () -> code.ret(i32(0).minus(sign(self.argument(2)))));
                                    code.ret(a.gt(b).minus(a.lt(b)));
                                }));
    }

    private static Value sign(Value value) {
        return new Value.Select(value.lt(0), i32(-1), i32(1));
    }

    /** The scaled operand; NONE with a factor of 1 is a value like others. */
    private Value part(Code code, WasmFunction self, int index) {
        Value factor = self.argument(index + 1);
        Local part = code.var(self.argument(index));
        code.when(factor.ne(1), () -> code.set(part, up().call(self.argument(index), factor)));
        return part.get();
    }

    /** {@code (a, b, digits) -> a * b / 10^digits}, rounded, or NONE. */
    public WasmFunction times() {
        return library.function(
                "decimal_times",
                () -> WasmFunction.returning(I64, "decimal_times", I64, I64, I32),
                self -> self.define(code -> times(self, code)));
    }

    /** The product in two words of 64 bits; one digit is kept longer than needed, to round. */
    private void times(WasmFunction self, Code code) {
        Value sign = code.let(self.argument(0).xor(self.argument(1)));
        Value a = code.let(magnitude(self.argument(0)));
        Value b = code.let(magnitude(self.argument(1)));
        long mask = 0xFFFFFFFFL;
        Value low = code.let(a.and(mask).times(b.and(mask)));
        Value cross = code.let(a.ushr(32).times(b.and(mask)).plus(low.ushr(32)));
        Value other = code.let(a.and(mask).times(b.ushr(32)).plus(cross.and(mask)));
        Local high =
                code.var(a.ushr(32).times(b.ushr(32)).plus(cross.ushr(32)).plus(other.ushr(32)));
        Local rest = code.var(a.times(b));
        Local left = code.var(self.argument(2).minus(1));
        code.loopWhile(
                left.get().ge(CHUNK_DIGITS),
                () -> {
                    over(code, high, rest, i64(CHUNK));
                    code.set(left, left.get().minus(CHUNK_DIGITS));
                });
        code.loopWhile(
                left.get().gt(0),
                () -> {
                    over(code, high, rest, i64(10));
                    code.set(left, left.get().minus(1));
                });
        code.when(
                self.argument(2).gt(0),
                () -> {
                    code.set(rest, rest.get().plus(i64(5)));
                    code.when(
                            rest.get().ltUnsigned(i64(5)),
                            () -> code.set(high, high.get().plus(i64(1))));
                    over(code, high, rest, i64(10));
                });
        Value fits = high.get().eq(0).and(rest.get().ge(0));
        code.when(fits.not(), () -> code.ret(i64(NONE)));
        code.ret(signed(rest.get(), sign));
    }

    /** Divides two words by a divisor of less than 2^32: three steps of 32 bits. */
    private static void over(Code code, Local high, Local low, Value divisor) {
        long mask = 0xFFFFFFFFL;
        Value top = code.let(high.get());
        Value bottom = code.let(low.get());
        code.set(high, top.overUnsigned(divisor));
        Value middle = code.let(top.remUnsigned(divisor).shl(32).or(bottom.ushr(32)));
        Value last = code.let(middle.remUnsigned(divisor).shl(32).or(bottom.and(mask)));
        code.set(low, middle.overUnsigned(divisor).shl(32).or(last.overUnsigned(divisor)));
    }

    /** {@code (a, b, digits) -> a * 10^digits / b}, rounded, or NONE; b is not 0. */
    public WasmFunction over() {
        return library.function(
                "decimal_over",
                () -> WasmFunction.returning(I64, "decimal_over", I64, I64, I32),
                self -> self.define(code -> over(self, code)));
    }

    /** Long division, a digit a step; nine digits a step while the divisor has at most nine. */
    private static void over(WasmFunction self, Code code) {
        Value sign = code.let(self.argument(0).xor(self.argument(1)));
        Value a = code.let(magnitude(self.argument(0)));
        Value b = code.let(magnitude(self.argument(1)));
        Local quotient = code.var(a.overUnsigned(b));
        Local rest = code.var(a.remUnsigned(b));
        Local left = code.var(self.argument(2));
        Local step = code.local(I64);
        code.loopWhile(
                left.get().gt(0),
                () -> {
                    code.set(step, i64(10));
                    code.when(
                            b.leUnsigned(i64(CHUNK)).and(left.get().ge(CHUNK_DIGITS)),
                            () -> {
                                code.set(step, i64(CHUNK));
                                code.set(left, left.get().minus(CHUNK_DIGITS - 1));
                            });
                    code.set(left, left.get().minus(1));
                    Value most = i64(Long.MAX_VALUE).overUnsigned(step.get()).minus(1);
                    code.when(quotient.get().gtUnsigned(most), () -> code.ret(i64(NONE)));
                    Value scaled = code.let(rest.get().times(step.get()));
                    code.set(
                            quotient,
                            quotient.get().times(step.get()).plus(scaled.overUnsigned(b)));
                    code.set(rest, scaled.remUnsigned(b));
                });
        code.when(
                rest.get().shl(1).geUnsigned(b),
                () -> code.set(quotient, quotient.get().plus(i64(1))));
        code.ret(signed(quotient.get(), sign));
    }

    /** True when the magnitude has more digits than a DECIMAL of that precision, or is NONE. */
    public static Value exceeds(Value value, int precision) {
        long most = power(precision) - 1;
        // From -most to most in one comparison; NONE wraps to a large number.
        return value.plus(i64(most)).gtUnsigned(i64(2 * most));
    }

    /** The operation that makes a real number one that is nearest, as an i64: half goes away. */
    public static Value nearest(Code code, Value real) {
        Value kept = code.let(real);
        Value half = new Value.Select(kept.lt(0), Value.f64(-0.5), Value.f64(0.5));
        return Value.of(Op.I64_TRUNC_F64_S, kept.plus(half));
    }
}
