package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * An integer or DECIMAL expression compared with a number: exact, and with one constant of one type
 * (BIGINT, or a DECIMAL of the expression's scale) whatever the number looks like. For an integer,
 * {@code x > 1.5} is {@code x > 1} and {@code x >= 1.5} is {@code x >= 2}; a number beyond the
 * constant's type compares like the nearest one within, and for a BIGINT the comparison changes
 * where that one is itself a value; equality with a number between two values is never true, but
 * NULL for NULL.
 */
final class ExactComparison {
    private final Expr x;
    private final FieldType type;
    private final BigDecimal max;
    private final BigDecimal min;

    /** False when x is never the least or greatest value of the constant's type. */
    private final boolean canReach;

    private ExactComparison(Expr exact) {
        boolean isDecimal = exact.type().isDecimal();
        x = isDecimal ? exact : Exprs.cast(exact, FieldType.BIGINT);
        type =
                isDecimal
                        ? FieldType.decimal(FieldType.DECIMAL_PRECISION_MAX, exact.type().scale())
                        : FieldType.BIGINT;
        canReach =
                exact.type() == FieldType.BIGINT
                        || exact.type().precision() == FieldType.DECIMAL_PRECISION_MAX;
        BigDecimal most = BigDecimal.TEN.pow(FieldType.DECIMAL_PRECISION_MAX);
        max =
                isDecimal
                        ? new BigDecimal(
                                most.subtract(BigDecimal.ONE).toBigIntegerExact(), type.scale())
                        : BigDecimal.valueOf(Long.MAX_VALUE);
        min = isDecimal ? max.negate() : BigDecimal.valueOf(Long.MIN_VALUE);
    }

    static Expr of(Function function, Expr exact, BigDecimal number) {
        return new ExactComparison(exact).with(function, number);
    }

    private Expr with(Function function, BigDecimal number) {
        return switch (function) {
            case LESS, GREATER_OR_EQUAL -> compare(function, rounded(number, RoundingMode.CEILING));
            case LESS_OR_EQUAL, GREATER -> compare(function, rounded(number, RoundingMode.FLOOR));
            case EQUAL -> isValue(number) ? call(function, number) : equal(Function.NOT_EQUAL);
            case NOT_EQUAL -> isValue(number) ? call(function, number) : equal(Function.EQUAL);
            default -> throw new IllegalArgumentException(function + " does not compare");
        };
    }

    private BigDecimal rounded(BigDecimal number, RoundingMode mode) {
        return number.setScale(type.scale(), mode);
    }

    private Expr compare(Function function, BigDecimal value) {
        boolean isUpper = function == Function.LESS || function == Function.LESS_OR_EQUAL;
        if (value.compareTo(max) > 0) {
            Function beyond = isUpper ? Function.LESS_OR_EQUAL : Function.GREATER;
            return call(canReach ? beyond : function, max);
        }
        if (value.compareTo(min) < 0) {
            Function beyond = isUpper ? Function.LESS : Function.GREATER_OR_EQUAL;
            return call(canReach ? beyond : function, min);
        }
        return call(function, value);
    }

    private boolean isValue(BigDecimal number) {
        return rounded(number, RoundingMode.FLOOR).compareTo(number) == 0
                && number.compareTo(max) <= 0
                && number.compareTo(min) >= 0;
    }

    /** Of x with itself: never true with NOT_EQUAL, never false with EQUAL. */
    private Expr equal(Function function) {
        return new Expr.Call(function, List.of(x, x), FieldType.BOOLEAN);
    }

    private Expr call(Function function, BigDecimal value) {
        String text = rounded(value, RoundingMode.UNNECESSARY).toPlainString();
        return new Expr.Call(function, List.of(x, new Expr.Literal(type, text)), FieldType.BOOLEAN);
    }
}
