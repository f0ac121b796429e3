package galois.compiler;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i64;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.runtime.Arithmetic;
import galois.compiler.runtime.Calendar;
import galois.compiler.runtime.DecimalMath;

/**
 * Arithmetic: REAL and DOUBLE as IEEE 754 says, integers, decimals, times and intervals with every
 * overflow and division by zero noticed.
 */
final class ArithmeticCode {
    private static final double TWO_63 = 0x1p63;

    private final ExpressionCode expressions;
    private final Code code;

    ArithmeticCode(ExpressionCode expressions) {
        this.expressions = expressions;
        this.code = expressions.scope().code();
    }

    Operand value(Expr.Call call, Label onNull) {
        FieldType type = call.type();
        Operand a = expressions.let(expressions.value(call.operands().get(0), onNull));
        if (call.function() == Function.NEGATE) {
            return negate(type, a);
        }
        Operand b = expressions.let(expressions.value(call.operands().get(1), onNull));
        return switch (type.kind()) {
            case REAL, DOUBLE -> {
                Value real = doubles(call.function(), expressions.real(a), expressions.real(b));
                yield Operand.of(type, type == FieldType.REAL ? real.toSingle() : real);
            }
            case DECIMAL -> new DecimalCode(expressions).value(call, a, b);
            case TIME -> time(call.function(), a.value(), b.value());
            default -> {
                if (type == FieldType.TIMESTAMP && b.type() == FieldType.INTERVAL_MONTH) {
                    yield months(call.function(), a.value(), b.value());
                }
                yield b.type() == FieldType.DOUBLE
                        ? scaled(call, a.value(), b.value())
                        : integers(call, a.value(), b.value());
            }
        };
    }

    private Operand integers(Expr.Call call, Value a, Value b) {
        Value result =
                switch (call.function()) {
                    case PLUS -> code.let(a.plus(b));
                    case MINUS -> code.let(a.minus(b));
                    case TIMES -> code.let(a.times(b));
                    case DIVIDE -> divide(call.type(), a, b);
                    default -> remainder(a, b);
                };
        if (isNarrow(call.type())) {
            checkNarrow(call.type(), result);
        } else {
            checkWide(call.function(), a, b, result);
        }
        return Operand.of(call.type(), result);
    }

    /** An interval times or over a number with a fraction: the nearest whole unit. */
    private Operand scaled(Expr.Call call, Value a, Value b) {
        Value real = code.let(doubles(call.function(), a.toDouble(), b));
        expressions.failIf(
                real.ge(f64(-TWO_63)).and(real.lt(f64(TWO_63))).not(), RowError.OVERFLOW);
        return Operand.of(call.type(), code.let(DecimalMath.nearest(code, real)));
    }

    /** The clock goes round. */
    private Operand time(Function function, Value a, Value b) {
        Calendar calendar = calendar();
        Value day = i64(Calendar.DAY_US);
        Value by = b.rem(day);
        Value sum = code.let(function == Function.PLUS ? a.plus(by) : a.minus(by));
        return Operand.of(FieldType.TIME, code.let(calendar.timeOfDay(sum)));
    }

    private Operand months(Function function, Value a, Value b) {
        Value by = code.let(function == Function.PLUS ? b : i64(0).minus(b));
        expressions.failIf(calendar().monthsFit().call(a, by).eq(0), RowError.OVERFLOW);
        return Operand.of(FieldType.TIMESTAMP, code.let(calendar().addMonths().call(a, by)));
    }

    private Calendar calendar() {
        return expressions.outlines().library().part(Calendar.class, Calendar::new);
    }

    private Operand negate(FieldType type, Operand a) {
        if (type.isFloating()) {
            return new Operand(type, Value.of(Op.F64_NEG, expressions.real(a)), null, a.mayBeNan());
        }
        Value result = code.let(i64(0).minus(a.value()));
        if (isNarrow(type)) {
            checkNarrow(type, result);
        } else if (!type.isDecimal()) {
            expressions.failIf(a.value().eq(Long.MIN_VALUE), RowError.OVERFLOW);
        }
        return Operand.of(type, result);
    }

    private Value doubles(Function function, Value a, Value b) {
        return switch (function) {
            case PLUS -> a.plus(b);
            case MINUS -> a.minus(b);
            case TIMES -> a.times(b);
            case DIVIDE -> a.over(b);
            default -> arithmetic().remainder().call(a, b);
        };
    }

    private Arithmetic arithmetic() {
        return expressions.outlines().library().part(Arithmetic.class, Arithmetic::new);
    }

    private Value divide(FieldType type, Value a, Value b) {
        expressions.failIf(b.eq(0), RowError.DIVISION_BY_ZERO);
        if (!isNarrow(type)) {
            Value minimum = a.eq(Long.MIN_VALUE).and(b.eq(-1));
            expressions.failIf(minimum, RowError.OVERFLOW);
        }
        return code.let(a.over(b));
    }

    private Value remainder(Value a, Value b) {
        expressions.failIf(b.eq(0), RowError.DIVISION_BY_ZERO);
        return code.let(a.rem(b));
    }

    /** True for integers of fewer than 64 bits. */
    private static boolean isNarrow(FieldType type) {
        return type.isInteger() && type != FieldType.BIGINT;
    }

    /** Operands of 32 bits cannot overflow 64: it is enough to look at the result. */
    private void checkNarrow(FieldType type, Value result) {
        expressions.failIf(result.ne(narrowed(type, result)), RowError.OVERFLOW);
    }

    /** The low bits of a value that an integer type has, with their sign. */
    static Value narrowed(FieldType type, Value value) {
        return switch (type.kind()) {
            case TINYINT -> Value.of(Op.I64_EXTEND8_S, value);
            case SMALLINT -> Value.of(Op.I64_EXTEND16_S, value);
            case INTEGER -> Value.of(Op.I64_EXTEND32_S, value);
            default -> value;
        };
    }

    private void checkWide(Function function, Value a, Value b, Value result) {
        switch (function) {
            case PLUS ->
                    expressions.failIf(a.xor(result).and(b.xor(result)).lt(0), RowError.OVERFLOW);
            case MINUS -> expressions.failIf(a.xor(b).and(a.xor(result)).lt(0), RowError.OVERFLOW);
            case TIMES ->
                    expressions.failIf(arithmetic().timesOverflows().call(a, b), RowError.OVERFLOW);
            default -> {
                // A quotient is checked before the instruction, a remainder always fits.
            }
        }
    }
}
