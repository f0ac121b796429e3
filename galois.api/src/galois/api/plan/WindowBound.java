package galois.api.plan;

import galois.batch.FieldType;

import java.util.List;

/**
 * A field that follows another one in time, as the bound of a window follows the time of its rows.
 *
 * @param field the other one
 * @param lagUs so far behind it can be at most, microseconds: once no row comes whose other field
 *     is less than some time, none comes whose bound is less than or equal to that time less the
 *     lag
 */
public record WindowBound(int field, long lagUs) {
    /** {@link Function#WINDOW_TIME} is so much ahead of the end of its window. */
    public static final long TIME_US = 1000;

    /** Longest windows that rows are put into: {@value} microseconds, 36,000 years. */
    public static final long SIZE_US_MAX = 1L << 60;

    /** What the expression of a projection follows; null when it is no bound of a window. */
    public static WindowBound of(Expr expr) {
        if (!(expr instanceof Expr.Call call)) {
            return null;
        }
        boolean isTime = call.function() == Function.WINDOW_TIME;
        Expr first = call.operands().isEmpty() ? null : call.operands().get(0);
        if (isTime && first instanceof Expr.Column end) {
            return new WindowBound(end.index(), TIME_US);
        }
        if (isTime) {
            WindowBound end = of(first);
            return end == null ? null : new WindowBound(end.field, end.lagUs + TIME_US);
        }
        boolean isStart = call.function() == Function.WINDOW_START;
        if ((isStart || call.function() == Function.WINDOW_END)
                && first instanceof Expr.Column time) {
            return new WindowBound(time.index(), isStart ? length(call, 1) : 0);
        }
        return null;
    }

    /** The call of {@link Function#WINDOW_START} or its like. */
    public static Expr call(Function function, Expr time, Window window, Expr copy) {
        java.util.ArrayList<Expr> operands = new java.util.ArrayList<>();
        operands.add(time);
        for (long length : new long[] {window.sizeUs(), window.slideUs(), window.offsetUs()}) {
            operands.add(new Expr.Literal(FieldType.BIGINT, Long.toString(length)));
        }
        if (copy != null) {
            operands.add(copy);
        }
        return new Expr.Call(function, List.copyOf(operands), FieldType.TIMESTAMP);
    }

    /** So many windows a row is in at most: the copies that {@link Function#WINDOW_START} tells. */
    public static long windows(long sizeUs, long slideUs) {
        return (sizeUs - 1) / slideUs + 1;
    }

    private static long length(Expr.Call call, int operand) {
        return ((Expr.Literal) call.operands().get(operand)).asLong();
    }
}
