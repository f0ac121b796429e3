package galois.compiler.runtime;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.F64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.ImportedFunction;
import galois.compiler.ir.Local;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.ir.WasmType;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Numeric functions; those that are no instruction and no sum come from the host. */
public final class Numbers extends Part {
    /** Mean radius of the earth in metres. */
    public static final double EARTH_RADIUS = 6_371_008.8;

    /** From here on every double is a whole number. */
    private static final double WHOLE = 0x1p52;

    public Numbers(Library library) {
        super(library);
    }

    /** A function of the host of one or two doubles. */
    public static Value host(String name, Value... arguments) {
        List<WasmType> types = Collections.nCopies(arguments.length, F64);
        ImportedFunction function =
                new ImportedFunction("galois_math", name, types, Optional.of(F64));
        return new Value.Call(function, List.of(arguments));
    }

    /** {@code (x) -> -1, 0 or 1}; NaN stays. */
    public WasmFunction sign() {
        return function(
                "double_sign",
                F64,
                List.of(F64),
                (self, code) -> {
                    Value x = self.argument(0);
                    code.when(x.gt(f64(0)), () -> code.ret(f64(1)));
                    code.when(x.lt(f64(0)), () -> code.ret(f64(-1)));
                    code.ret(x);
                });
    }

    /** {@code (x, digits, half) -> x}; half 0: toward zero, 1: half away from zero. */
    public WasmFunction round() {
        return function(
                "double_round",
                F64,
                List.of(F64, I64, I32),
                (self, code) -> {
                    Value x = self.argument(0);
                    Value digits = self.argument(1);
                    Value size = Value.of(Op.F64_ABS, x);
                    // NaN and infinities too.
                    code.when(size.lt(f64(Double.MAX_VALUE)).eq(0), () -> code.ret(x));
                    code.when(digits.gt(308), () -> code.ret(x));
                    code.when(digits.lt(-308), () -> code.ret(f64(0)));
                    code.when(
                            digits.lt(0),
                            () -> {
                                Value places = i64(0).minus(digits).toDouble();
                                Value power = code.let(host("pow", f64(10), places));
                                Value part = code.let(x.over(power));
                                code.ret(whole().call(part, self.argument(2)).times(power));
                            });
                    Value power = code.let(host("pow", f64(10), digits.toDouble()));
                    Value scaled = code.let(x.times(power));
                    Value large = Value.of(Op.F64_ABS, scaled).ge(f64(WHOLE));
                    code.when(large, () -> code.ret(x));
                    code.ret(whole().call(scaled, self.argument(2)).over(power));
                });
    }

    /** {@code (x, half) -> whole number}. */
    private WasmFunction whole() {
        return function(
                "double_whole",
                F64,
                List.of(F64, I32),
                (self, code) -> {
                    Value x = self.argument(0);
                    Value toZero = code.let(Value.of(Op.F64_TRUNC, x));
                    Value rest = Value.of(Op.F64_ABS, x.minus(toZero));
                    Value up = rest.ge(f64(0.5)).and(self.argument(1));
                    Value step = new Value.Select(x.lt(f64(0)), f64(-1), f64(1));
                    code.when(up, () -> code.ret(toZero.plus(step)));
                    code.ret(toZero);
                });
    }

    /**
     * {@code (x, digits, mode, cell) -> 1, or 0 when it does not fit}: to a multiple of a power of
     * ten; {@code digits} below 0 do something. Mode 0 toward zero, 1 half away from zero, 2 down,
     * 3 up.
     */
    public WasmFunction roundInteger() {
        return function("integer_round", I32, List.of(I64, I64, I32, I32), Numbers::roundInteger);
    }

    private static void roundInteger(WasmFunction self, Code code) {
        Value x = self.argument(0);
        Value mode = self.argument(2);
        Value cell = self.argument(3);
        code.storeWide(cell, 0, x);
        code.when(self.argument(1).ge(0), () -> code.ret(1));
        code.when(
                self.argument(1).lt(-18),
                () -> {
                    // 10^19 is above every value: only up and down could differ from 0.
                    code.storeWide(cell, 0, i64(0));
                    Value up = mode.eq(3).and(x.gt(0)).or(mode.eq(2).and(x.lt(0)));
                    Value half = mode.eq(1).and(self.argument(1).eq(-19));
                    Value far =
                            x.ge(5_000_000_000_000_000_000L).or(x.le(-5_000_000_000_000_000_000L));
                    code.ret(up.or(half.and(far)).eq(0));
                });
        Local power = code.var(i64(1));
        Local left = code.var(self.argument(1));
        code.loopWhile(
                left.get().lt(0),
                () -> {
                    code.set(power, power.get().times(10));
                    code.set(left, left.get().plus(1));
                });
        Value rest = code.let(x.rem(power.get()));
        Value base = code.let(x.minus(rest));
        Value size = code.let(new Value.Select(rest.lt(0), i64(0).minus(rest), rest));
        Value half = mode.eq(1).and(size.ge(power.get().minus(size)));
        Value up = half.and(rest.gt(0)).or(mode.eq(3).and(rest.gt(0)));
        Value down = half.and(rest.lt(0)).or(mode.eq(2).and(rest.lt(0)));
        code.storeWide(cell, 0, base);
        code.when(
                up,
                () -> {
                    code.storeWide(cell, 0, base.plus(power.get()));
                    code.ret(base.plus(power.get()).ge(x));
                });
        code.when(
                down,
                () -> {
                    code.storeWide(cell, 0, base.minus(power.get()));
                    code.ret(base.minus(power.get()).le(x));
                });
        code.ret(1);
    }

    /** {@code (latitude, longitude, latitude, longitude) -> metres}; degrees. */
    public WasmFunction haversine() {
        return function(
                "haversine",
                F64,
                List.of(F64, F64, F64, F64),
                (self, code) -> {
                    Value from = code.let(radians(self.argument(0)));
                    Value to = code.let(radians(self.argument(2)));
                    Value turn = radians(self.argument(3).minus(self.argument(1)));
                    Value up = code.let(host("sin", to.minus(from).times(f64(0.5))));
                    Value along = code.let(host("sin", turn.times(f64(0.5))));
                    Value cosines = host("cos", from).times(host("cos", to));
                    Value a = up.times(up).plus(cosines.times(along).times(along));
                    Value root = code.let(Value.of(Op.F64_SQRT, a));
                    // Rounding may leave a little more than 1; NaN stays.
                    Value inside = new Value.Select(root.gt(f64(1)), f64(1), root);
                    code.ret(host("asin", inside).times(f64(2 * EARTH_RADIUS)));
                });
    }

    public static Value radians(Value degrees) {
        return degrees.times(f64(Math.PI / 180));
    }

    public static Value degrees(Value radians) {
        return radians.times(f64(180 / Math.PI));
    }

    /** {@code (a, b) -> the greater}; NaN is above all. */
    public WasmFunction greater() {
        return function(
                "double_greater",
                F64,
                List.of(F64, F64),
                (self, code) -> {
                    Value a = self.argument(0);
                    Value b = self.argument(1);
                    code.when(a.ge(b).or(a.ne(a)), () -> code.ret(a));
                    code.ret(b);
                });
    }

    /** {@code (a, b) -> the less}; NaN is above all. */
    public WasmFunction less() {
        return function(
                "double_less",
                F64,
                List.of(F64, F64),
                (self, code) -> {
                    Value a = self.argument(0);
                    Value b = self.argument(1);
                    code.when(a.le(b).or(b.ne(b)), () -> code.ret(a));
                    code.ret(b);
                });
    }

    /** {@code (a, b) -> quotient rounded down}; {@code b} above 0. */
    WasmFunction floorDivide() {
        return function(
                "floor_divide",
                I64,
                List.of(I64, I64),
                (self, code) -> {
                    Value quotient = code.let(self.argument(0).over(self.argument(1)));
                    Value rest = self.argument(0).rem(self.argument(1));
                    code.ret(quotient.minus(rest.lt(0).extend()));
                });
    }

    /** {@code (a, b) -> quotient rounded down}; {@code b} above 0. */
    public Value floorDivide(Value a, long b) {
        return floorDivide().call(a, i64(b));
    }
}
