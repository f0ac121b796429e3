package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;

import java.util.List;

/** Arguments of aggregates that are part of the code: constants of the query's text. */
final class AggregateOptions {
    private AggregateOptions() {}

    /** True when it makes a difference that equal arguments count once. */
    static boolean minds(AggregateFunction function) {
        return switch (function) {
            case COUNT, SUM, AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP, LISTAGG, BIT_XOR ->
                    true;
            case APPROX_QUANTILE -> true;
            case MIN,
                    MAX,
                    EVERY,
                    ANY,
                    BIT_AND,
                    BIT_OR,
                    FIRST,
                    LAST,
                    ARG_MIN,
                    ARG_MAX,
                    APPROX_COUNT_DISTINCT ->
                    false;
        };
    }

    /**
     * The separator or the fraction that a column of the input is.
     *
     * @throws GaloisException when it is no constant, or none of these
     */
    static String of(AggregateFunction function, LogicalOp input, int column, QueryPlaces places) {
        Expr.Literal constant = constant(input, column);
        if (constant == null || constant.isNull()) {
            throw error(
                    function,
                    places,
                    function == AggregateFunction.LISTAGG
                            ? "the separator of LISTAGG is a constant: LISTAGG(x, ', ')"
                            : "the fraction of a quantile is a constant: APPROX_QUANTILE(x, 0.5)");
        }
        if (function == AggregateFunction.APPROX_QUANTILE) {
            double fraction = Double.parseDouble(constant.text());
            if (!(fraction >= 0 && fraction <= 1)) {
                throw error(
                        function,
                        places,
                        "the fraction of a quantile is from 0 to 1, found " + constant.text());
            }
            return Double.toString(fraction);
        }
        return constant.text();
    }

    private static GaloisException error(
            AggregateFunction function, QueryPlaces places, String message) {
        return places.errorAtWord(
                ErrorCode.TYPE_MISMATCH,
                function == AggregateFunction.LISTAGG
                        ? List.of("LISTAGG", "STRING_AGG", "GROUP_CONCAT")
                        : List.of("APPROX_QUANTILE", "APPROX_PERCENTILE"),
                message);
    }

    private static Expr.Literal constant(LogicalOp op, int column) {
        if (op instanceof LogicalOp.Filter filter) {
            return constant(filter.input(), column);
        }
        if (!(op instanceof LogicalOp.Project project)) {
            return null;
        }
        Expr expr = project.expressions().get(column);
        if (expr instanceof Expr.Column lower) {
            return constant(project.input(), lower.index());
        }
        return expr instanceof Expr.Literal literal ? literal : null;
    }
}
