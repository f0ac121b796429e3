package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** DECIMAL constants: their types, and arithmetic as a kernel does it. */
final class Decimals {
    private Decimals() {}

    /** A constant with the digits it has; {@code otherwise} when a DECIMAL cannot hold them. */
    static Expr.Literal literal(BigDecimal number, Expr.Literal otherwise) {
        int scale = Math.max(0, number.scale());
        BigDecimal plain = number.setScale(scale, RoundingMode.UNNECESSARY);
        int precision = Math.max(1, Math.max(plain.precision(), scale));
        return precision > FieldType.DECIMAL_PRECISION_MAX
                ? otherwise
                : of(plain, FieldType.decimal(precision, scale));
    }

    /** The number rounded to the scale of the type; null when it has too many digits. */
    static Expr.Literal of(BigDecimal number, FieldType type) {
        BigDecimal rounded = number.setScale(type.scale(), RoundingMode.HALF_UP);
        return rounded.precision() > type.precision()
                ? null
                : new Expr.Literal(type, rounded.toPlainString());
    }

    /** Null where the kernel would report the row. */
    static Expr.Literal evaluate(Expr.Call call, List<Expr.Literal> operands) {
        BigDecimal a = new BigDecimal(operands.get(0).text());
        BigDecimal b = new BigDecimal(operands.get(operands.size() - 1).text());
        boolean divides = call.function() == Function.DIVIDE || call.function() == Function.MOD;
        if (divides && b.signum() == 0) {
            return null;
        }
        BigDecimal value =
                switch (call.function()) {
                    case PLUS -> a.add(b);
                    case MINUS -> a.subtract(b);
                    case TIMES -> a.multiply(b);
                    case DIVIDE -> a.divide(b, call.type().scale(), RoundingMode.HALF_UP);
                    case MOD -> a.remainder(b);
                    default -> a.negate();
                };
        return of(value, call.type());
    }
}
