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

/** Arithmetic that the instruction set lacks. */
public final class Arithmetic {
    private static final long MANTISSA = (1L << 52) - 1;

    private final Library library;

    public Arithmetic(Library library) {
        this.library = library;
    }

    /** {@code (a, b) -> 1 when a * b does not fit 64 bits}. */
    public WasmFunction timesOverflows() {
        return library.function(
                "times_overflows",
                () -> WasmFunction.returning(I32, "times_overflows", I64, I64),
                self ->
                        self.define(
                                code -> {
                                    Value a = self.argument(0);
                                    Value b = self.argument(1);
                                    Value small = a.xor(a.shr(63)).or(b.xor(b.shr(63)));
                                    code.when(small.ushr(31).eq(0), () -> code.ret(0));
                                    code.when(a.eq(0), () -> code.ret(0));
                                    code.when(a.eq(-1), () -> code.ret(b.eq(Long.MIN_VALUE)));
                                    code.ret(a.times(b).over(a).ne(b));
                                }));
    }

    /**
     * {@code (a, b) -> remainder with the sign of a}, exact: long division of the mantissas, one
     * bit a step.
     */
    public WasmFunction remainder() {
        return library.function(
                "remainder",
                () -> WasmFunction.returning(F64, "remainder", F64, F64),
                self -> self.define(code -> remainder(self, code)));
    }

    private void remainder(WasmFunction self, Code code) {
        Value a = self.argument(0);
        Value b = self.argument(1);
        Local x = code.var(Value.of(Op.F64_ABS, a).asBits());
        Local y = code.var(Value.of(Op.F64_ABS, b).asBits());
        long infinity = Double.doubleToLongBits(Double.POSITIVE_INFINITY);
        Value undefined =
                x.get()
                        .geUnsigned(i64(infinity))
                        .or(y.get().gtUnsigned(i64(infinity)))
                        .or(y.get().eq(0));
        code.when(undefined, () -> code.ret(f64(Double.NaN)));
        code.when(x.get().ltUnsigned(y.get()), () -> code.ret(a));
        Local exponent = code.var(exponent(x.get()));
        Local target = code.var(exponent(y.get()));
        code.set(x, mantissa(x.get()));
        code.set(y, mantissa(y.get()));
        normalise(code, x, exponent);
        normalise(code, y, target);
        code.loopWhile(
                exponent.get().gt(target.get()),
                () -> {
                    code.when(
                            x.get().geUnsigned(y.get()), () -> code.set(x, x.get().minus(y.get())));
                    code.set(x, x.get().shl(1));
                    code.set(exponent, exponent.get().minus(1));
                });
        code.when(x.get().geUnsigned(y.get()), () -> code.set(x, x.get().minus(y.get())));
        code.when(
                exponent.get().lt(1),
                () -> {
                    code.set(x, x.get().ushr(i32(1).minus(exponent.get()).extend()));
                    code.set(exponent, i32(1));
                });
        code.when(x.get().ne(0), () -> normaliseAbove(code, x, exponent, 1));
        code.when(
                x.get().gtUnsigned(i64(MANTISSA)),
                () -> code.set(x, x.get().and(MANTISSA).or(exponent.get().extend().shl(52))));
        Value sign = a.asBits().and(Long.MIN_VALUE);
        code.ret(Value.of(Op.F64_REINTERPRET_I64, x.get().or(sign)));
    }

    /** Shifts the mantissa to its 53 bits. */
    private static void normalise(Code code, Local mantissa, Local exponent) {
        normaliseAbove(code, mantissa, exponent, Short.MIN_VALUE);
    }

    private static void normaliseAbove(Code code, Local mantissa, Local exponent, int lowest) {
        Value more = mantissa.get().ltUnsigned(i64(MANTISSA + 1)).and(exponent.get().gt(lowest));
        code.loopWhile(
                more,
                () -> {
                    code.set(mantissa, mantissa.get().shl(1));
                    code.set(exponent, exponent.get().minus(1));
                });
    }

    /** The biased exponent; 1 of a subnormal, which has the same unit as the smallest normal. */
    private static Value exponent(Value bits) {
        Value field = bits.ushr(52).wrap();
        return new Value.Select(field.eq(0), i32(1), field);
    }

    private static Value mantissa(Value bits) {
        Value hidden = new Value.Select(bits.ushr(52).eq(0), i64(0), i64(MANTISSA + 1));
        return bits.and(MANTISSA).or(hidden);
    }
}
