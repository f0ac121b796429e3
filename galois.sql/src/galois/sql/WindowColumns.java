package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.api.plan.Over;
import galois.api.plan.Window;
import galois.api.plan.WindowBound;

import java.util.List;

/** Which columns of a plan are the bounds of windows. */
final class WindowColumns {
    /** Of a column that is no bound. */
    static final long NONE = -1;

    private WindowColumns() {}

    /**
     * How long after its value a bound is complete: all rows with the same value, and all with
     * smaller ones, are there when the watermark has reached the value plus this many microseconds;
     * {@link #NONE} for any other column.
     */
    static long delayUs(LogicalOp op, int column) {
        if (op instanceof LogicalOp.Filter filter) {
            return delayUs(filter.input(), column);
        }
        if (op instanceof LogicalOp.Project project) {
            return ofProject(project, project.expressions().get(column));
        }
        if (op instanceof LogicalOp.Repeat repeat) {
            return column == repeat.copy() ? NONE : delayUs(repeat.input(), column);
        }
        if (op instanceof Over over) {
            boolean isInput = column < over.input().schema().size();
            return isInput && over.timeField() >= 0 ? delayUs(over.input(), column) : NONE;
        }
        if (op instanceof LogicalOp.Sort sort) {
            boolean isInput = column < sort.input().schema().size();
            boolean isInTime = sort.timeField() >= 0 || sort.isLimit();
            return isInput && isInTime ? delayUs(sort.input(), column) : NONE;
        }
        if (op instanceof LogicalOp.Union union) {
            return longest(union.inputs(), column);
        }
        if (op instanceof LogicalOp.Join join) {
            return ofJoin(join, column);
        }
        return op instanceof LogicalOp.WindowAggregate aggregate
                ? ofGroup(aggregate, column)
                : NONE;
    }

    /** Of a join of equal windows; of a side that may be missing a bound says nothing. */
    private static long ofJoin(LogicalOp.Join join, int column) {
        int left = join.left().schema().size();
        int side = column < left ? 0 : 1;
        boolean isBounded =
                RangeSimplification.conjuncts(join.condition()).stream()
                        .anyMatch(conjunct -> isOfWindow(join, conjunct));
        boolean isHeldBack = join.mode() == JoinMode.ASOF;
        if (!isBounded || isHeldBack || join.kind().keepsUnmatched(1 - side)) {
            return NONE;
        }
        long delay =
                side == 0 ? delayUs(join.left(), column) : delayUs(join.right(), column - left);
        // Rows without match are known when the watermark is beyond the end of their window.
        return delay == NONE ? NONE : delay + 1;
    }

    private static boolean isOfWindow(LogicalOp.Join join, Expr conjunct) {
        if (!(conjunct instanceof Expr.Call call)
                || call.function() != Function.EQUAL
                || !(call.operands().get(0) instanceof Expr.Column a)
                || !(call.operands().get(1) instanceof Expr.Column b)) {
            return false;
        }
        int left = join.left().schema().size();
        int first = Math.min(a.index(), b.index());
        int second = Math.max(a.index(), b.index());
        return first < left
                && second >= left
                && delayUs(join.left(), first) != NONE
                && delayUs(join.right(), second - left) != NONE;
    }

    private static long ofProject(LogicalOp.Project project, Expr expr) {
        if (expr instanceof Expr.Column lower) {
            return delayUs(project.input(), lower.index());
        }
        WindowBound bound = WindowBound.of(expr);
        if (bound == null) {
            return NONE;
        }
        boolean isOfBound = ((Expr.Call) expr).operands().get(0) instanceof Expr.Column;
        if (!isOfBound || ((Expr.Call) expr).function() != Function.WINDOW_TIME) {
            return bound.lagUs();
        }
        long delay = delayUs(project.input(), bound.field());
        return delay == NONE ? NONE : delay + bound.lagUs();
    }

    /** True for the end of windows of a fixed length. */
    static boolean isEnd(LogicalOp op, int column) {
        if (op instanceof LogicalOp.Filter filter) {
            return isEnd(filter.input(), column);
        }
        if (op instanceof LogicalOp.Project project) {
            Expr expr = project.expressions().get(column);
            return expr instanceof Expr.Column lower
                    ? isEnd(project.input(), lower.index())
                    : expr instanceof Expr.Call call && call.function() == Function.WINDOW_END;
        }
        return op instanceof LogicalOp.WindowAggregate aggregate
                && aggregate.window().slideUs() > 0
                && column == aggregate.keys().size() + 1;
    }

    private static long ofGroup(LogicalOp.WindowAggregate aggregate, int column) {
        Window window = aggregate.window();
        int bound = column - aggregate.keys().size();
        if (bound < 0) {
            return window.kind() == Window.Kind.ATTACHED
                    ? delayUs(aggregate.input(), aggregate.keys().get(column))
                    : NONE;
        }
        if (!window.hasBounds() || bound > 1) {
            return NONE;
        }
        // Where a session starts does not say when it ends.
        return bound == 1 ? 0 : window.slideUs() > 0 ? window.sizeUs() : NONE;
    }

    private static long longest(List<LogicalOp> inputs, int column) {
        long longest = NONE;
        for (LogicalOp input : inputs) {
            long delay = delayUs(input, column);
            if (delay == NONE) {
                return NONE;
            }
            longest = Math.max(longest, delay);
        }
        return longest;
    }
}
