package galois.api.plan;

import java.util.List;

/**
 * How the times of an ASOF join are compared: one conjunct of its condition compares a column of
 * the left side with one of the right side; each of the others is an equation between the sides.
 *
 * @param left column of the left input
 * @param right column of the right input
 * @param isBefore the right row is at or before the left one, and the newest such row matches; else
 *     it is at or after, and the oldest matches
 */
public record AsofMatch(int left, int right, boolean isBefore) {
    /** The match of a join, or null when its condition is of another shape. */
    public static AsofMatch of(LogicalOp.Join join) {
        int leftFields = join.left().schema().size();
        AsofMatch found = null;
        for (Expr conjunct : Plans.conjuncts(join.condition())) {
            if (!(conjunct instanceof Expr.Call call) || call.operands().size() != 2) {
                return null;
            }
            if (call.function() != Function.EQUAL) {
                AsofMatch match = of(call, leftFields);
                if (match == null || found != null) {
                    return null;
                }
                found = match;
            } else if (side(call.operands().get(0), leftFields)
                            + side(call.operands().get(1), leftFields)
                    != 0) {
                return null;
            }
        }
        return found;
    }

    private static AsofMatch of(Expr.Call call, int leftFields) {
        boolean isLess =
                call.function() == Function.LESS || call.function() == Function.LESS_OR_EQUAL;
        boolean isGreater =
                call.function() == Function.GREATER || call.function() == Function.GREATER_OR_EQUAL;
        boolean isComparison =
                (isLess || isGreater)
                        && call.operands().get(0) instanceof Expr.Column
                        && call.operands().get(1) instanceof Expr.Column;
        if (!isComparison) {
            return null;
        }
        int a = ((Expr.Column) call.operands().get(0)).index();
        int b = ((Expr.Column) call.operands().get(1)).index();
        if (a < leftFields == b < leftFields) {
            return null;
        }
        return a < leftFields
                ? new AsofMatch(a, b - leftFields, isGreater)
                : new AsofMatch(b, a - leftFields, isLess);
    }

    /** -1: reads the left side alone, 1: the right side alone, else much more. */
    private static int side(Expr expr, int leftFields) {
        List<Expr.Column> columns = columns(expr);
        boolean isLeft = columns.stream().allMatch(column -> column.index() < leftFields);
        boolean isRight = columns.stream().allMatch(column -> column.index() >= leftFields);
        return isLeft == isRight ? 2 : isLeft ? -1 : 1;
    }

    private static List<Expr.Column> columns(Expr expr) {
        if (expr instanceof Expr.Call call) {
            return call.operands().stream().flatMap(o -> columns(o).stream()).toList();
        }
        return expr instanceof Expr.Column column ? List.of(column) : List.of();
    }
}
