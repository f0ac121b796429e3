package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Plans;
import galois.api.plan.StreamDefinition;
import galois.api.plan.Window;

/**
 * When aggregates can give results. A window is complete when the watermark says so; the watermark
 * follows one column of the stream. Over an unbounded stream a window over any other column would
 * lose rows or never end, so it is refused; over a bounded one it ends with the input.
 */
final class WindowTime {
    /** More than all of time: such a watermark completes nothing before the end of the input. */
    static final long NOT_BEFORE_END_US = Long.MAX_VALUE / 4;

    /** The window follows the bounds of another window: right by construction. */
    private static final int WINDOW_BOUND = -2;

    private static final int COMPUTED = -1;

    private WindowTime() {}

    /**
     * Refuses a query that could never answer, and gives the stream as the query must read it.
     *
     * @throws GaloisException UNSUPPORTED with the remedy
     */
    static StreamDefinition check(PlannedStatement.Query query) {
        StreamDefinition source = query.source();
        boolean follows = true;
        for (LogicalOp op : Plans.chain(query.plan().root())) {
            if (op instanceof LogicalOp.WindowAggregate aggregate) {
                if (aggregate.window().kind() == Window.Kind.NONE) {
                    if (!query.bounded()) {
                        throw neverEnds(source);
                    }
                } else {
                    int column = origin(aggregate.input(), aggregate.window().timeField());
                    follows &= column == WINDOW_BOUND || isEventTime(source, column);
                }
            }
        }
        if (follows) {
            return source;
        }
        if (!query.bounded()) {
            throw notTheWatermark(source);
        }
        return new StreamDefinition(
                source.name(),
                source.schema(),
                source.metadata(),
                source.timeField(),
                NOT_BEFORE_END_US,
                source.options());
    }

    private static boolean isEventTime(StreamDefinition source, int column) {
        return column >= 0 && column == source.timeField();
    }

    /** The source column that a field of an operator's output is; negative when it is none. */
    private static int origin(LogicalOp op, int field) {
        if (op instanceof LogicalOp.Source) {
            return field;
        }
        if (op instanceof LogicalOp.Filter filter) {
            return origin(filter.input(), field);
        }
        if (op instanceof LogicalOp.Project project) {
            return project.expressions().get(field) instanceof Expr.Column column
                    ? origin(project.input(), column.index())
                    : COMPUTED;
        }
        if (op instanceof LogicalOp.Sort sort) {
            return field < sort.input().schema().size() ? origin(sort.input(), field) : COMPUTED;
        }
        LogicalOp.WindowAggregate aggregate = (LogicalOp.WindowAggregate) op;
        int keys = aggregate.keys().size();
        if (field < keys) {
            return origin(aggregate.input(), aggregate.keys().get(field));
        }
        boolean windowed = aggregate.window().kind() != Window.Kind.NONE;
        return windowed && field < keys + 2 ? WINDOW_BOUND : COMPUTED;
    }

    private static GaloisException neverEnds(StreamDefinition source) {
        return new GaloisException(
                ErrorCode.UNSUPPORTED,
                "an aggregate without a window never ends over the unbounded stream \""
                        + source.name()
                        + "\": add GROUP BY TUMBLE("
                        + timeColumn(source)
                        + ", INTERVAL '1' MINUTE)");
    }

    private static GaloisException notTheWatermark(StreamDefinition source) {
        String remedy =
                source.timeField() >= 0
                        ? "use column \"" + timeColumn(source) + "\", for which it is declared"
                        : "declare WATERMARK FOR ts AS ts - INTERVAL '5' SECOND for its time column"
                                + " in CREATE STREAM";
        return new GaloisException(
                ErrorCode.UNSUPPORTED,
                "TUMBLE over the unbounded stream \""
                        + source.name()
                        + "\" needs the column of its WATERMARK: "
                        + remedy);
    }

    private static String timeColumn(StreamDefinition source) {
        return source.timeField() >= 0 ? source.schema().field(source.timeField()).name() : "ts";
    }
}
