package galois.compiler;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;
import galois.batch.FieldType.Kind;
import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Calendar;
import galois.compiler.runtime.DecimalMath;
import galois.compiler.runtime.StaticMemory;
import galois.compiler.runtime.TextForm;
import galois.compiler.runtime.Utf8;

/**
 * CAST and TRY_CAST. A number becomes BOOLEAN by being different from 0; a DOUBLE or DECIMAL loses
 * its fraction on the way to an integer, and is rounded, half away from zero, on the way to a
 * DECIMAL; a TIMESTAMP counts microseconds. What does not fit is BAD_CAST, or NULL for TRY_CAST.
 */
final class CastCode {
    private static final double TWO_63 = 0x1p63;

    private final ExpressionCode expressions;
    private final Code code;
    private Label otherwise;

    CastCode(ExpressionCode expressions) {
        this.expressions = expressions;
        this.code = expressions.scope().code();
    }

    Operand value(Expr.Call call, Label onNull) {
        Expr source = call.operands().get(0);
        FieldType from = source.type();
        FieldType to = call.type();
        otherwise = call.function() == Function.TRY_CAST ? onNull : null;
        Operand operand = expressions.value(source, onNull);
        if (from == to) {
            return operand;
        }
        if (to == FieldType.VARCHAR) {
            return from == FieldType.VARBINARY ? text(operand) : format(from, operand);
        }
        if (from == FieldType.VARCHAR) {
            return to == FieldType.VARBINARY
                    ? new Operand(to, operand.value(), operand.length(), false)
                    : parse(to, operand);
        }
        return switch (to.kind()) {
            case BOOLEAN ->
                    Operand.of(
                            to,
                            from.isFloating()
                                    ? operand.value().ne(f64(0)).extend()
                                    : operand.value().ne(0).extend());
            case DOUBLE -> new Operand(to, real(operand), null, isNan(operand));
            case REAL -> new Operand(to, real(operand).toSingle(), null, isNan(operand));
            case DECIMAL -> decimal(to, operand);
            case DATE, TIME, TIMESTAMP -> time(to, operand);
            case VARCHAR, VARBINARY -> throw noSuchCast(from, to);
            default -> integer(to, operand);
        };
    }

    private static GaloisException noSuchCast(FieldType from, FieldType to) {
        return new GaloisException(
                ErrorCode.UNSUPPORTED, "CAST of " + from + " to " + to + " is not supported");
    }

    /** False when every value of {@code from} is one of {@code to}. */
    static boolean canFail(FieldType from, FieldType to) {
        if (from == to || to == FieldType.BOOLEAN && from != FieldType.VARCHAR) {
            return false;
        }
        if (to.cell() == FieldType.Cell.STRING) {
            return from == FieldType.VARBINARY && to == FieldType.VARCHAR;
        }
        if (from == FieldType.VARCHAR || from == FieldType.VARBINARY) {
            return true;
        }
        return switch (to.kind()) {
            case REAL, DOUBLE, TIME -> false;
            case DECIMAL ->
                    from.isFloating()
                            || wholeDigits(from) + (isRounded(from, to) ? 1 : 0)
                                    > to.precision() - to.scale();
            case TINYINT, SMALLINT, INTEGER, BIGINT ->
                    from.isFloating() || wholeDigits(from) > digits(to) || isWider(from, to);
            case TIMESTAMP -> from.kind() == Kind.DATE || from.isFloating();
            default -> from.isFloating();
        };
    }

    private static boolean isWider(FieldType from, FieldType to) {
        return from.isInteger() && from.kind().compareTo(to.kind()) > 0;
    }

    private static boolean isRounded(FieldType from, FieldType to) {
        return from.scale() > to.scale();
    }

    /** Digits that every value of an integer type can have. */
    private static int digits(FieldType to) {
        return switch (to.kind()) {
            case TINYINT -> 2;
            case SMALLINT -> 4;
            case INTEGER -> 9;
            default -> 18;
        };
    }

    /** Digits before the point that a value can have; those of an i64 if nothing is known. */
    private static int wholeDigits(FieldType from) {
        return switch (from.kind()) {
            case BOOLEAN -> 1;
            case DECIMAL -> from.precision() - from.scale();
            case TINYINT, SMALLINT, INTEGER, BIGINT ->
                    from == FieldType.BIGINT ? 19 : digits(from) + 1;
            default -> 19;
        };
    }

    private static boolean isNan(Operand operand) {
        return operand.type().isFloating() && operand.mayBeNan();
    }

    private Value real(Operand operand) {
        int scale = operand.type().scale();
        Value real = expressions.real(operand);
        return scale == 0 ? real : real.over(f64(DecimalMath.power(scale)));
    }

    private void failIf(Value condition) {
        if (otherwise == null) {
            expressions.failIf(condition, RowError.BAD_CAST);
        } else {
            code.jumpIf(condition, otherwise);
        }
    }

    private Operand integer(FieldType to, Operand operand) {
        FieldType from = operand.type();
        if (from.cell() == FieldType.Cell.STRING) {
            throw noSuchCast(from, to);
        }
        Value value = code.let(operand.value());
        if (from.isFloating()) {
            Value fits = value.ge(f64(-TWO_63)).and(value.lt(f64(TWO_63)));
            failIf(fits.not());
            value = code.let(Value.of(Op.I64_TRUNC_F64_S, value));
        } else if (from.scale() > 0) {
            value = code.let(value.over(i64(DecimalMath.power(from.scale()))));
        }
        Value narrow = ArithmeticCode.narrowed(to, value);
        if (narrow != value && canFail(from, to)) {
            failIf(value.ne(narrow));
        }
        return Operand.of(to, value);
    }

    private Operand decimal(FieldType to, Operand operand) {
        FieldType from = operand.type();
        Value value = code.let(operand.value());
        DecimalMath math =
                expressions.outlines().library().part(DecimalMath.class, DecimalMath::new);
        if (from.isFloating()) {
            Value scaled = code.let(value.times(f64(DecimalMath.power(to.scale()))));
            double most = DecimalMath.power(to.precision());
            failIf(scaled.gt(f64(-most)).and(scaled.lt(f64(most))).not());
            value = code.let(DecimalMath.nearest(code, scaled));
            failIf(DecimalMath.exceeds(value, to.precision()));
            return Operand.of(to, value);
        }
        int digits = to.scale() - from.scale();
        Value factor = i64(DecimalMath.power(Math.abs(digits)));
        boolean canFail = canFail(from, to);
        if (digits > 0) {
            value = code.let(canFail ? math.up().call(value, factor) : value.times(factor));
        } else if (digits < 0) {
            value = code.let(math.down().call(value, factor));
        }
        if (canFail) {
            failIf(DecimalMath.exceeds(value, to.precision()));
        }
        return Operand.of(to, value);
    }

    private Operand time(FieldType to, Operand operand) {
        FieldType from = operand.type();
        Calendar calendar = expressions.outlines().library().part(Calendar.class, Calendar::new);
        Value day = i64(Calendar.DAY_US);
        if (from == FieldType.TIMESTAMP) {
            Value us = code.let(operand.value());
            Value part = to == FieldType.DATE ? calendar.day(us) : calendar.timeOfDay(us);
            return Operand.of(to, code.let(part));
        }
        if (from == FieldType.DATE && to == FieldType.TIMESTAMP) {
            Value days = code.let(operand.value());
            Value beyond = days.plus(i64(Calendar.DAYS_MAX)).gtUnsigned(i64(2 * Calendar.DAYS_MAX));
            failIf(beyond);
            return Operand.of(to, code.let(days.times(day)));
        }
        return integer(to, operand);
    }

    private Operand text(Operand operand) {
        Operand bytes = expressions.let(operand);
        WasmFunction isValid =
                expressions.outlines().library().part(Utf8.class, Utf8::new).isValid();
        failIf(isValid.call(bytes.value(), bytes.length()).eq(0));
        return Operand.text(bytes.value(), bytes.length());
    }

    private Operand format(FieldType from, Operand operand) {
        StaticMemory memory = expressions.outlines().library().memory();
        if (from == FieldType.BOOLEAN) {
            Value isTrue = operand.value().ne(0);
            return expressions.let(
                    Operand.text(
                            new Value.Select(
                                    isTrue, i32(memory.text("true")), i32(memory.text("false"))),
                            new Value.Select(isTrue, i32(4), i32(5))));
        }
        int buffer = memory.reserve(TextForm.BYTES_MAX);
        WasmFunction format = TextForm.format(expressions.outlines().library(), from);
        Value length = code.let(format.call(i32(buffer), operand.value()));
        return Operand.text(i32(buffer), length);
    }

    private Operand parse(FieldType to, Operand operand) {
        Operand text = expressions.let(operand);
        int cell = expressions.outlines().library().memory().reserve(8);
        WasmFunction parse = TextForm.parse(expressions.outlines().library(), to);
        Value ok = parse.call(text.value(), text.length(), i32(cell));
        failIf(ok.eq(0));
        return to.isFloating()
                ? Operand.of(to, code.let(i32(cell).real(0)))
                : Operand.of(to, code.let(i32(cell).wide(0)));
    }
}
