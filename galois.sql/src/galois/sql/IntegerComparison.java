package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * An integer expression compared with a number: exact, and with one BIGINT constant whatever the
 * number looks like. {@code x > 1.5} is {@code x > 1}, {@code x >= 1.5} is {@code x >= 2}; a number
 * beyond 64 bits compares like the nearest one within, and for a BIGINT the comparison changes
 * where that one is itself a value; equality with a fraction is never true, but NULL for NULL.
 */
final class IntegerComparison {
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal MIN = BigDecimal.valueOf(Long.MIN_VALUE);

    private IntegerComparison() {}

    static Expr of(Function function, Expr integer, BigDecimal number) {
        Expr x = Exprs.cast(integer, FieldType.BIGINT);
        boolean canReach = integer.type() == FieldType.BIGINT;
        return switch (function) {
            case LESS, GREATER_OR_EQUAL ->
                    compare(function, x, number.setScale(0, RoundingMode.CEILING), canReach);
            case LESS_OR_EQUAL, GREATER ->
                    compare(function, x, number.setScale(0, RoundingMode.FLOOR), canReach);
            case EQUAL -> isWhole(number) ? call(function, x, number) : neverEqual(x);
            case NOT_EQUAL -> isWhole(number) ? call(function, x, number) : alwaysEqual(x);
            default -> throw new IllegalArgumentException(function + " does not compare");
        };
    }

    /**
     * Compares.
     *
     * @param canReach false for an INTEGER: it is never the least or greatest BIGINT, so that the
     *     template need not change beyond them
     */
    private static Expr compare(Function function, Expr x, BigDecimal whole, boolean canReach) {
        boolean isUpper = function == Function.LESS || function == Function.LESS_OR_EQUAL;
        if (whole.compareTo(MAX) > 0) {
            Function beyond = isUpper ? Function.LESS_OR_EQUAL : Function.GREATER;
            return call(canReach ? beyond : function, x, MAX);
        }
        if (whole.compareTo(MIN) < 0) {
            Function beyond = isUpper ? Function.LESS : Function.GREATER_OR_EQUAL;
            return call(canReach ? beyond : function, x, MIN);
        }
        return call(function, x, whole);
    }

    private static boolean isWhole(BigDecimal number) {
        return number.remainder(BigDecimal.ONE).signum() == 0
                && number.compareTo(MAX) <= 0
                && number.compareTo(MIN) >= 0;
    }

    private static Expr neverEqual(Expr x) {
        return new Expr.Call(Function.NOT_EQUAL, List.of(x, x), FieldType.BOOLEAN);
    }

    private static Expr alwaysEqual(Expr x) {
        return new Expr.Call(Function.EQUAL, List.of(x, x), FieldType.BOOLEAN);
    }

    private static Expr call(Function function, Expr x, BigDecimal whole) {
        String text = whole.setScale(0, RoundingMode.UNNECESSARY).toPlainString();
        return new Expr.Call(
                function, List.of(x, new Expr.Literal(FieldType.BIGINT, text)), FieldType.BOOLEAN);
    }
}
