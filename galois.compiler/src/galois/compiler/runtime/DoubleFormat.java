package galois.compiler.runtime;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.F64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.util.List;

/**
 * A number as the shortest decimal that reads back as the same number, of two digits at least, in
 * the form of {@code Double.toString} since Java 19. Digits come from exact arithmetic (R. Burger
 * and R. Dybvig, "Printing Floating-Point Numbers Quickly and Accurately", 1996).
 */
final class DoubleFormat {
    private static final long FRACTION = (1L << 52) - 1;
    private static final long INFINITY = 0x7FFL << 52;
    private static final double LOG10_2 = 0.30102999566398114;
    private static final int DIGITS_MAX = 24;

    /** Bits of a fraction that REAL has fewer of than DOUBLE. */
    private static final int REAL_GAP = 29;

    /** The exponent field, in a DOUBLE, of the smallest REAL that is not subnormal. */
    private static final int REAL_FIELD_MIN = 897;

    /** The power of two that is the unit of the smallest numbers of type REAL. */
    private static final int REAL_UNIT_MIN = -149;

    private final Library library;
    private final BigNumbers big;

    /**
     * The value is r / s * 10^exponent; half the gap to the neighbours is below / s and above / s.
     */
    private final Value r;

    private final Value s;
    private final Value above;
    private final Value below;
    private final Value scratch;
    private final int digits;

    /** Words: {@code u32 count of digits, i32 exponent}. */
    private final Value words;

    DoubleFormat(Library library) {
        this.library = library;
        this.big = library.part(BigNumbers.class, BigNumbers::new);
        StaticMemory memory = library.memory();
        r = i32(memory.reserve(BigNumbers.BYTES));
        s = i32(memory.reserve(BigNumbers.BYTES));
        above = i32(memory.reserve(BigNumbers.BYTES));
        below = i32(memory.reserve(BigNumbers.BYTES));
        scratch = i32(memory.reserve(BigNumbers.BYTES));
        digits = memory.reserve(DIGITS_MAX);
        words = i32(memory.reserve(8));
    }

    /** {@code (buffer, value) -> length}. */
    WasmFunction format() {
        return library.function(
                "format_double",
                () -> WasmFunction.returning(I32, "format_double", I32, F64),
                self -> self.define(code -> format(self, code, false)));
    }

    /** {@code (buffer, value) -> length}: the value is one of single precision. */
    WasmFunction formatReal() {
        return library.function(
                "format_real",
                () -> WasmFunction.returning(I32, "format_real", I32, F64),
                self -> self.define(code -> format(self, code, true)));
    }

    private void format(WasmFunction self, Code code, boolean isReal) {
        Value buffer = self.argument(0);
        Local bits = code.var(self.argument(1).asBits());
        Local at = code.var(buffer);
        code.when(
                self.argument(1).ne(self.argument(1)),
                () -> {
                    word(code, at, "NaN");
                    code.ret(at.get().minus(buffer));
                });
        code.when(
                bits.get().lt(0),
                () -> {
                    word(code, at, "-");
                    code.set(bits, bits.get().and(Long.MAX_VALUE));
                });
        code.when(
                bits.get().eq(INFINITY),
                () -> {
                    word(code, at, "Infinity");
                    code.ret(at.get().minus(buffer));
                });
        code.when(
                bits.get().eq(0),
                () -> {
                    word(code, at, "0.0");
                    code.ret(at.get().minus(buffer));
                });
        Value gap = isReal ? code.let(gap(bits.get())) : i32(0);
        code.run(scale().call(bits.get(), gap));
        Value last = bits.get().ushr(gap.extend()).and(1);
        code.run(generate().call(last.eq(0)));
        code.ret(layout().call(at.get()).minus(buffer));
    }

    private void word(Code code, Local at, String word) {
        int address = library.memory().text(word);
        code.copy(at.get(), i32(address), i32(word.length()));
        code.set(at, at.get().plus(word.length()));
    }

    /** Bits of a double that a number of single precision lacks; more of a subnormal one. */
    private static Value gap(Value bits) {
        Value unit = bits.ushr(52).wrap().minus(1075);
        Value subnormal = i32(REAL_UNIT_MIN).minus(unit);
        return new Value.Select(subnormal.gt(REAL_GAP), subnormal, i32(REAL_GAP));
    }

    /** {@code (bits, gap)}: sets up the numbers; the last {@code gap} bits are not there. */
    private WasmFunction scale() {
        return library.function(
                "double_scale",
                () -> WasmFunction.of("double_scale", I64, I32),
                self -> self.define(code -> scale(self, code)));
    }

    private void scale(WasmFunction self, Code code) {
        Value bits = self.argument(0);
        Value field = code.let(bits.ushr(52).wrap());
        Local mantissa = code.var(bits.and(FRACTION));
        Local exponent = code.var(i32(-1074));
        code.when(
                field.ne(0),
                () -> {
                    code.set(mantissa, mantissa.get().or(i64(FRACTION + 1)));
                    code.set(exponent, field.minus(1075));
                });
        // Below a power of two the gap is half as wide.
        Value smallest = new Value.Select(self.argument(1).eq(0), i32(1), i32(REAL_FIELD_MIN));
        Value narrow = code.let(bits.and(FRACTION).eq(0).and(field.gt(smallest)));
        Value up = code.let(new Value.Select(exponent.get().gt(0), exponent.get(), i32(0)));
        Value down = code.let(up.minus(exponent.get()));
        code.run(big.set().call(r, mantissa.get()));
        code.run(big.shiftLeft().call(r, up.plus(i32(1)).plus(narrow)));
        code.run(big.set().call(s, i64(1)));
        code.run(big.shiftLeft().call(s, down.plus(i32(1)).plus(narrow)));
        code.run(big.set().call(below, i64(1)));
        code.run(big.shiftLeft().call(below, up.plus(self.argument(1))));
        code.run(big.set().call(above, i64(1)));
        code.run(big.shiftLeft().call(above, up.plus(narrow).plus(self.argument(1))));
        Value length = i32(63).minus(Value.of(Op.I64_CLZ, mantissa.get()).wrap());
        Value log = exponent.get().plus(length).extendSigned().toDouble().times(f64(LOG10_2));
        Value estimate = Value.of(Op.F64_CEIL, log.minus(f64(1e-10)));
        Value k = code.let(Value.of(Op.I64_TRUNC_F64_S, estimate).wrap());
        code.storeWord(words, 4, k);
        code.when(
                k.ge(0),
                () -> code.run(big.timesPowerOfTen().call(s, k)),
                () ->
                        List.of(r, above, below)
                                .forEach(
                                        number ->
                                                code.run(
                                                        big.timesPowerOfTen()
                                                                .call(number, i32(0).minus(k)))));
    }

    private void timesTen(Code code) {
        List.of(r, above, below)
                .forEach(number -> code.run(big.timesPlus().call(number, i32(10), i32(0))));
    }

    /** True when r + above is past s, or at s and the mantissa is even. */
    private Value isHigh(Code code, Value even) {
        code.run(big.add().call(scratch, r, above));
        Value order = code.let(big.compare().call(scratch, s));
        return code.let(order.gt(0).or(order.eq(0).and(even)));
    }

    /** {@code (even)}: the digits, and the exponent of 0.d1d2d3... */
    private WasmFunction generate() {
        return library.function(
                "double_digits",
                () -> WasmFunction.of("double_digits", I32),
                self -> self.define(code -> generate(self, code)));
    }

    private void generate(WasmFunction self, Code code) {
        Value even = self.argument(0);
        code.when(
                isHigh(code, even),
                () -> code.storeWord(words, 4, words.word(4).plus(1)),
                () -> timesTen(code));
        Local count = code.var(i32(0));
        Local digit = code.local(I32);
        code.block(done -> code.loop(again -> digit(code, even, count, digit, again, done)));
        code.storeWord(words, 0, count.get());
        code.run(carry().call());
    }

    private void digit(Code code, Value even, Local count, Local digit, Label again, Label done) {
        code.set(digit, i32(0));
        code.loopWhile(
                big.compare().call(r, s).ge(0),
                () -> {
                    code.run(big.subtract().call(r, s));
                    code.set(digit, digit.get().plus(1));
                });
        Value cell = count.get().plus(digits);
        Value isFirst = code.let(count.get().eq(0));
        code.when(
                isFirst,
                () -> {
                    // Two digits are wanted; a leading 0 is none.
                    code.when(
                            digit.get().eq(0),
                            () -> code.storeWord(words, 4, words.word(4).minus(1)),
                            () -> {
                                code.storeOctet(cell, 0, digit.get());
                                code.set(count, i32(1));
                            });
                    timesTen(code);
                    code.jump(again);
                });
        Value order = code.let(big.compare().call(r, below));
        Value low = code.let(order.lt(0).or(order.eq(0).and(even)));
        Value high = isHigh(code, even);
        code.when(
                low.or(high).eq(0),
                () -> {
                    code.storeOctet(cell, 0, digit.get());
                    code.set(count, count.get().plus(1));
                    timesTen(code);
                    code.jump(again);
                });
        code.run(big.add().call(scratch, r, r));
        Value middle = code.let(big.compare().call(scratch, s));
        Value nearer = middle.gt(0).or(middle.eq(0).and(digit.get().and(1)));
        Value up = high.and(low.eq(0).or(nearer));
        code.storeOctet(cell, 0, digit.get().plus(up));
        code.set(count, count.get().plus(1));
        code.jump(done);
    }

    /** {@code ()}: a last digit of 10 moves up; zeros at the end go. */
    private WasmFunction carry() {
        return library.function(
                "double_carry",
                () -> WasmFunction.of("double_carry"),
                self ->
                        self.define(
                                code -> {
                                    Local at = code.var(words.word(0).minus(1));
                                    Value cell = at.get().plus(digits);
                                    code.loopWhile(
                                            at.get().gt(0).and(cell.octet(0).eq(10)),
                                            () -> {
                                                code.storeOctet(cell, 0, i32(0));
                                                code.set(at, at.get().minus(1));
                                                code.storeOctet(cell, 0, cell.octet(0).plus(1));
                                            });
                                    code.when(
                                            i32(digits).octet(0).eq(10),
                                            () -> {
                                                code.storeOctet(i32(digits), 0, i32(1));
                                                code.storeWord(words, 4, words.word(4).plus(1));
                                            });
                                    code.set(at, words.word(0).minus(1));
                                    code.loopWhile(
                                            at.get().gt(0).and(cell.octet(0).eq(0)),
                                            () -> code.set(at, at.get().minus(1)));
                                    code.storeWord(words, 0, at.get().plus(1));
                                }));
    }

    /** {@code (to) -> end}: plain from 0.001 up to 10^7, else with an exponent. */
    private WasmFunction layout() {
        return library.function(
                "double_layout",
                () -> WasmFunction.returning(I32, "double_layout", I32),
                self ->
                        self.define(
                                code -> {
                                    Local at = code.var(self.argument(0));
                                    Value k = words.word(4);
                                    Value scientific = code.let(k.gt(7).or(k.lt(-2)));
                                    Value point = code.let(new Value.Select(scientific, i32(1), k));
                                    Local number = code.var(point);
                                    code.when(point.gt(0), () -> code.set(number, i32(0)));
                                    code.when(
                                            point.le(0),
                                            () -> code.set(at, put(code, at, i32('0'))));
                                    Value behind = words.word(0);
                                    Value last =
                                            code.let(
                                                    new Value.Select(
                                                            behind.gt(point),
                                                            behind,
                                                            point.plus(1)));
                                    code.when(
                                            point.le(0),
                                            () -> code.set(at, put(code, at, i32('.'))));
                                    code.loopWhile(
                                            number.get().lt(last),
                                            () -> number(code, at, number, point));
                                    code.when(
                                            scientific,
                                            () -> {
                                                code.set(at, put(code, at, i32('E')));
                                                Value length =
                                                        library.part(
                                                                        IntegerText.class,
                                                                        IntegerText::new)
                                                                .format()
                                                                .call(
                                                                        at.get(),
                                                                        k.minus(1).extendSigned());
                                                code.set(at, at.get().plus(length));
                                            });
                                    code.ret(at.get());
                                }));
    }

    /** Digit {@code number}, with the point before it where it belongs; 0 outside the digits. */
    private void number(Code code, Local at, Local number, Value point) {
        Value n = number.get();
        code.when(point.gt(0).and(n.eq(point)), () -> code.set(at, put(code, at, i32('.'))));
        Value inside = n.ge(0).and(n.lt(words.word(0)));
        Value digit = n.plus(digits).octet(0);
        code.set(at, put(code, at, new Value.Select(inside, digit, i32(0)).plus('0')));
        code.set(number, n.plus(1));
    }

    private static Value put(Code code, Local at, Value octet) {
        code.storeOctet(at.get(), 0, octet);
        return at.get().plus(1);
    }
}
