package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;

import galois.api.plan.Expr;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.DecimalMath;

/**
 * Arithmetic with a DECIMAL result: operands are DECIMALs of any scale and integers, the result has
 * the scale of its type, rounded where digits are lost; one with too many digits is OVERFLOW.
 */
final class DecimalCode {
    private final ExpressionCode expressions;
    private final Code code;
    private final DecimalMath math;

    DecimalCode(ExpressionCode expressions) {
        this.expressions = expressions;
        this.code = expressions.scope().code();
        math = expressions.outlines().library().part(DecimalMath.class, DecimalMath::new);
    }

    Operand value(Expr.Call call, Operand a, Operand b) {
        FieldType type = call.type();
        int scale = type.scale();
        int aScale = a.type().scale();
        int bScale = b.type().scale();
        Value result =
                switch (call.function()) {
                    case TIMES ->
                            math.times().call(a.value(), b.value(), i32(aScale + bScale - scale));
                    case DIVIDE -> {
                        expressions.failIf(b.value().eq(0), RowError.DIVISION_BY_ZERO);
                        checkBig(a);
                        checkBig(b);
                        yield math.over().call(a.value(), b.value(), i32(scale + bScale - aScale));
                    }
                    case PLUS -> sum(a, b, scale, false);
                    case MINUS -> sum(a, b, scale, true);
                    default -> {
                        Value divisor = code.let(scaled(b, scale));
                        expressions.failIf(divisor.eq(0), RowError.DIVISION_BY_ZERO);
                        yield scaled(a, scale).rem(divisor);
                    }
                };
        return checked(type, result);
    }

    /** Operands that are in range have a sum in range of 64 bits. */
    private Value sum(Operand a, Operand b, int scale, boolean minus) {
        int digits = Math.max(aboveScale(a, scale), aboveScale(b, scale));
        Value x = scaled(a, scale);
        Value y = scaled(b, scale);
        if (digits > FieldType.DECIMAL_PRECISION_MAX) {
            int most = FieldType.DECIMAL_PRECISION_MAX;
            expressions.failIf(DecimalMath.exceeds(x, most), RowError.OVERFLOW);
            expressions.failIf(DecimalMath.exceeds(y, most), RowError.OVERFLOW);
        }
        return minus ? x.minus(y) : x.plus(y);
    }

    /** Digits that the scaled operand can have. */
    private static int aboveScale(Operand operand, int scale) {
        FieldType type = operand.type();
        return scale
                - type.scale()
                + switch (type.kind()) {
                    case TINYINT -> 3;
                    case SMALLINT -> 5;
                    case INTEGER -> 10;
                    case BIGINT -> 19;
                    default -> type.precision();
                };
    }

    /** The operand with more digits after the point; beyond 64 bits it is OVERFLOW. */
    private Value scaled(Operand operand, int scale) {
        int digits = scale - operand.type().scale();
        if (digits <= 0) {
            return digits == 0
                    ? operand.value()
                    : code.let(math.down().call(operand.value(), i64(DecimalMath.power(-digits))));
        }
        Value factor = i64(DecimalMath.power(digits));
        if (aboveScale(operand, scale) <= FieldType.DECIMAL_PRECISION_MAX) {
            return code.let(operand.value().times(factor));
        }
        Value scaled = code.let(math.up().call(operand.value(), factor));
        expressions.failIf(scaled.eq(DecimalMath.NONE), RowError.OVERFLOW);
        return scaled;
    }

    /** A BIGINT of nineteen digits is no DECIMAL. */
    private void checkBig(Operand operand) {
        if (operand.type() == FieldType.BIGINT) {
            int most = FieldType.DECIMAL_PRECISION_MAX;
            expressions.failIf(DecimalMath.exceeds(operand.value(), most), RowError.OVERFLOW);
        }
    }

    private Operand checked(FieldType type, Value result) {
        Value kept = code.let(result);
        expressions.failIf(DecimalMath.exceeds(kept, type.precision()), RowError.OVERFLOW);
        return Operand.of(type, kept);
    }

    /** Negative, zero or positive. */
    Value compare(Operand a, Operand b) {
        int scale = Math.max(a.type().scale(), b.type().scale());
        return math.compare()
                .call(
                        a.value(),
                        i64(DecimalMath.power(scale - a.type().scale())),
                        b.value(),
                        i64(DecimalMath.power(scale - b.type().scale())));
    }
}
