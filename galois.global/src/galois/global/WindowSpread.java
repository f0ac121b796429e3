package galois.global;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.Over;
import galois.api.plan.WindowBound;

import java.util.OptionalLong;

/** How far apart the times of one row can be: bounds of one window, and the time that is in it. */
final class WindowSpread {
    private WindowSpread() {}

    /** So far a field can be behind another one in the same row; empty when nothing is known. */
    static OptionalLong us(LogicalOp op, int time, int field) {
        if (time == field) {
            return OptionalLong.of(0);
        }
        if (op instanceof LogicalOp.Filter filter) {
            return us(filter.input(), time, field);
        }
        if (op instanceof Over over) {
            int inputs = over.input().schema().size();
            return time < inputs && field < inputs
                    ? us(over.input(), time, field)
                    : OptionalLong.empty();
        }
        if (op instanceof LogicalOp.Sort sort) {
            int inputs = sort.input().schema().size();
            return time < inputs && field < inputs
                    ? us(sort.input(), time, field)
                    : OptionalLong.empty();
        }
        if (op instanceof LogicalOp.Project project) {
            return us(
                    project.input(),
                    project.expressions().get(time),
                    project.expressions().get(field));
        }
        if (op instanceof LogicalOp.WindowAggregate aggregate && aggregate.window().slideUs() > 0) {
            int start = aggregate.keys().size();
            boolean isOfWindow = time == start + 1 && field == start;
            return isOfWindow ? OptionalLong.of(aggregate.window().sizeUs()) : OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    private static OptionalLong us(LogicalOp input, Expr time, Expr field) {
        if (time instanceof Expr.Column a && field instanceof Expr.Column b) {
            return us(input, a.index(), b.index());
        }
        Range a = range(time);
        Range b = range(field);
        return a == null || b == null || a.column() != b.column()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, a.mostUs() - b.leastUs()));
    }

    /** A time less that of a column. */
    private record Range(int column, long leastUs, long mostUs) {}

    private static Range range(Expr expr) {
        if (expr instanceof Expr.Column column) {
            return new Range(column.index(), 0, 0);
        }
        WindowBound bound = WindowBound.of(expr);
        if (bound == null) {
            return null;
        }
        Expr.Call call = (Expr.Call) expr;
        Expr first = call.operands().get(0);
        if (call.function() == Function.WINDOW_TIME) {
            Range end = range(first);
            long us = WindowBound.TIME_US;
            return new Range(end.column(), end.leastUs() - us, end.mostUs() - us);
        }
        long sizeUs = ((Expr.Literal) call.operands().get(1)).asLong();
        boolean isStart = call.function() == Function.WINDOW_START;
        return new Range(bound.field(), isStart ? -sizeUs : 0, isStart ? 0 : sizeUs);
    }
}
