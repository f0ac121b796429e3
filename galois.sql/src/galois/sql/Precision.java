package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import org.apache.calcite.rel.type.RelDataType;

import java.util.List;
import java.util.function.BiFunction;

/** {@code CAST(x AS TIMESTAMP(3))}: digits of a second beyond the precision are cut off. */
final class Precision {
    private Precision() {}

    /**
     * A cast, with its microseconds rounded down to the precision of {@code type}.
     *
     * @param calls builds calls
     * @param casts builds casts
     */
    static Expr truncated(
            Expr cast,
            RelDataType type,
            BiFunction<Function, List<Expr>, Expr> calls,
            ExprBuilder.Casts casts) {
        boolean isTime = cast.type() == FieldType.TIME || cast.type() == FieldType.TIMESTAMP;
        int digits = TypeNames.TIME_PRECISION_MAX - type.getPrecision();
        if (!isTime || digits <= 0) {
            return cast;
        }
        Expr unit = new Expr.Literal(FieldType.BIGINT, "1" + "0".repeat(digits));
        Expr us = casts.apply(Function.CAST, cast, FieldType.BIGINT);
        // The remainder has the sign of the dividend: twice, so that time before 1970 goes down
        // too.
        Expr rest = calls.apply(Function.MOD, List.of(us, unit));
        Expr above = calls.apply(Function.PLUS, List.of(rest, unit));
        Expr cut = calls.apply(Function.MOD, List.of(above, unit));
        return casts.apply(
                Function.CAST, calls.apply(Function.MINUS, List.of(us, cut)), cast.type());
    }
}
