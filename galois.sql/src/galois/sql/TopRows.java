package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.Plans;
import galois.api.plan.Ranking;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns conditions on the number of a row into limits of the sort that numbers: it need not keep
 * the rows beyond. {@code WHERE rn <= 3} is the usual form.
 */
final class TopRows {
    private Ranking cut;
    private long after;
    private long upTo = Long.MAX_VALUE;

    private TopRows() {}

    /** The rows for which the condition holds. */
    static LogicalOp filter(LogicalOp op, Expr condition) {
        if (condition instanceof Expr.Column column
                && op instanceof LogicalOp.Project project
                && project.expressions().get(column.index()) instanceof Expr.Call call) {
            // QUALIFY computes its condition as a column.
            return Plans.withInput(project, filter(project.input(), call));
        }
        TopRows limits = new TopRows();
        List<Expr> rest = new ArrayList<>();
        for (Expr conjunct : conjuncts(condition)) {
            if (!limits.take(op, conjunct)) {
                rest.add(conjunct);
            }
        }
        LogicalOp limited = limits.cut == null ? op : limits.limited(op);
        if (rest.isEmpty()) {
            return limited;
        }
        Expr both = rest.size() == 1 ? rest.get(0) : Exprs.call(Function.AND, rest);
        return new LogicalOp.Filter(limited, both);
    }

    private static List<Expr> conjuncts(Expr condition) {
        return condition instanceof Expr.Call call && call.function() == Function.AND
                ? call.operands()
                : List.of(condition);
    }

    /** True when the conjunct became a limit. */
    private boolean take(LogicalOp op, Expr conjunct) {
        boolean isLimit =
                conjunct instanceof Expr.Call call
                        && call.operands().size() == 2
                        && call.operands().get(0) instanceof Expr.Column
                        && call.operands().get(1) instanceof Expr.Literal literal
                        && !literal.isNull();
        if (!isLimit) {
            return false;
        }
        Expr.Call call = (Expr.Call) conjunct;
        Ranking ranking = ranking(op, ((Expr.Column) call.operands().get(0)).index());
        if (ranking == null || cut != null && cut != ranking) {
            return false;
        }
        long number = ((Expr.Literal) call.operands().get(1)).asLong();
        switch (call.function()) {
            case EQUAL -> {
                atLeast(number);
                atMost(number);
            }
            case LESS -> atMost(number == Long.MIN_VALUE ? number : number - 1);
            case LESS_OR_EQUAL -> atMost(number);
            case GREATER -> atLeast(number == Long.MAX_VALUE ? number : number + 1);
            case GREATER_OR_EQUAL -> atLeast(number);
            default -> {
                return false;
            }
        }
        cut = ranking;
        return true;
    }

    private void atLeast(long number) {
        after = Math.max(after, Math.max(number, 1) - 1);
    }

    private void atMost(long number) {
        upTo = Math.min(upTo, number);
    }

    /** What a column counts, of the first sort below that has no limits yet; null if nothing. */
    private static Ranking ranking(LogicalOp op, int column) {
        if (op instanceof LogicalOp.Filter filter) {
            return ranking(filter.input(), column);
        }
        if (op instanceof LogicalOp.Project project) {
            return project.expressions().get(column) instanceof Expr.Column lower
                    ? ranking(project.input(), lower.index())
                    : null;
        }
        if (op instanceof LogicalOp.Sort sort && sort.offset() == 0 && sort.fetch() < 0) {
            int number = column - sort.input().schema().size();
            return number < 0 ? null : sort.rankings().get(number);
        }
        return null;
    }

    private LogicalOp limited(LogicalOp op) {
        if (op instanceof LogicalOp.Sort sort) {
            long fetch = upTo == Long.MAX_VALUE ? -1 : Math.max(0, upTo - after);
            return sort.limited(cut, after, fetch);
        }
        return Plans.withInput(op, limited(op.inputs().get(0)));
    }
}
