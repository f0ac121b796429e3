package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;

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
            return project.expressions().get(column) instanceof Expr.Column lower
                    ? delayUs(project.input(), lower.index())
                    : NONE;
        }
        if (op instanceof LogicalOp.Sort sort) {
            boolean isInput = column < sort.input().schema().size();
            boolean isInTime = sort.timeField() >= 0 || sort.isLimit();
            return isInput && isInTime ? delayUs(sort.input(), column) : NONE;
        }
        if (op instanceof LogicalOp.Union union) {
            return longest(union.inputs(), column);
        }
        return op instanceof LogicalOp.WindowAggregate aggregate
                ? ofGroup(aggregate, column)
                : NONE;
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
