package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;

/**
 * Windows over the start of other windows: a result comes when its window has ended, and by then
 * the window that holds its start must not be over.
 */
final class WindowStarts {
    private WindowStarts() {}

    /**
     * @throws galois.api.GaloisException UNSUPPORTED when rows would come too late
     */
    static void check(Window outer, LogicalOp input, QueryPlaces places) {
        Window inner = startedBy(input, outer.timeField());
        if (inner == null || isInTime(outer, inner)) {
            return;
        }
        throw WindowCalls.error(
                places,
                ErrorCode.UNSUPPORTED,
                "the result of a window is known at its end, when a window over its start may be"
                        + " over: use window_time of the inner window, or an outer one that is a"
                        + " multiple of it");
    }

    private static boolean isInTime(Window outer, Window inner) {
        long us = inner.sizeUs();
        if (inner.kind() != Window.Kind.TUMBLE) {
            return false;
        }
        if (outer.kind() == Window.Kind.SESSION) {
            return outer.sizeUs() >= us;
        }
        return outer.sizeUs() % us == 0
                && outer.slideUs() % us == 0
                && (outer.offsetUs() - inner.offsetUs()) % us == 0;
    }

    /** The window whose start that column is; null when it is no such column. */
    private static Window startedBy(LogicalOp op, int column) {
        if (op instanceof LogicalOp.Project project) {
            return project.expressions().get(column) instanceof Expr.Column lower
                    ? startedBy(project.input(), lower.index())
                    : null;
        }
        if (op instanceof LogicalOp.Filter filter) {
            return startedBy(filter.input(), column);
        }
        if (op instanceof LogicalOp.Sort sort) {
            return column < sort.input().schema().size() ? startedBy(sort.input(), column) : null;
        }
        boolean isStart =
                op instanceof LogicalOp.WindowAggregate aggregate
                        && aggregate.window().hasBounds()
                        && column == aggregate.keys().size();
        return isStart ? ((LogicalOp.WindowAggregate) op).window() : null;
    }
}
