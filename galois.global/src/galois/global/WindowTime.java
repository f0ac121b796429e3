package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Message.SourceBinding;
import galois.api.plan.AsofMatch;
import galois.api.plan.Expr;
import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.api.plan.Over;
import galois.api.plan.Plans;
import galois.api.plan.StreamDefinition;
import galois.api.plan.Window;
import galois.api.plan.WindowBound;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * When aggregates can give results. A window is complete when the watermark says so; the watermark
 * follows one column of the stream. Over an unbounded stream a window over any other column would
 * lose rows or never end, so it is refused; over a bounded one it ends with the input.
 */
final class WindowTime {
    /** More than all of time: such a watermark completes nothing before the end of the input. */
    static final long NOT_BEFORE_END_US = Long.MAX_VALUE / 4;

    private final List<SourceBinding> sources;

    private WindowTime(List<SourceBinding> sources) {
        this.sources = new ArrayList<>(sources);
    }

    /**
     * Refuses a query that could never answer, and gives the streams as the query must read them.
     *
     * @throws GaloisException UNSUPPORTED with the remedy
     */
    static List<SourceBinding> check(PlannedStatement.Query query) {
        WindowTime time = new WindowTime(query.sources());
        time.check(query.optimized().root(), 0);
        return List.copyOf(time.sources);
    }

    /**
     * The result of a query as a stream: the last column that follows the watermark is its event
     * time.
     */
    static StreamDefinition result(
            String name, PlannedStatement.Query query, Map<String, String> options) {
        WindowTime time = new WindowTime(query.sources());
        LogicalOp root = query.optimized().root();
        Schema schema = query.plan().root().schema();
        int timeField = -1;
        for (int i = 0; i < schema.size(); i++) {
            boolean isTime = schema.type(i) == FieldType.TIMESTAMP;
            timeField = isTime && time.follows(root, i, 0) ? i : timeField;
        }
        long delayUs =
                query.sources().stream()
                        .mapToLong(source -> source.stream().watermarkDelayUs())
                        .max()
                        .orElse(0);
        return new StreamDefinition(
                name, schema, Map.of(), timeField, timeField < 0 ? 0 : delayUs, options);
    }

    /**
     * @param first number of the first source below {@code op}
     */
    private void check(LogicalOp op, int first) {
        int next = first;
        for (LogicalOp input : op.inputs()) {
            check(input, next);
            next += Plans.sources(input).size();
        }
        if (op instanceof LogicalOp.Join join) {
            check(join, first, next);
            return;
        }
        LogicalOp.WindowAggregate aggregate = Plans.grouping(op);
        if (aggregate == null) {
            return;
        }
        List<SourceBinding> below = sources.subList(first, next);
        StreamDefinition endless = endless(first, next);
        if (aggregate.window().isInTime()
                && !aggregate.window().byClock()
                && !follows(aggregate.input(), aggregate.window().timeField(), first)) {
            if (endless != null) {
                throw notTheWatermark(endless);
            }
            below.replaceAll(WindowTime::atEnd);
        }
    }

    /** Without a bound in time the right side is read to its end, and kept. */
    private void check(LogicalOp.Join join, int first, int end) {
        if (join.time() != null) {
            return;
        }
        int middle = first + Plans.sources(join.left()).size();
        StreamDefinition right = endless(middle, end);
        if (right != null) {
            throw join.mode() == JoinMode.ASOF ? notNearest(join, right) : needsTime(right);
        }
        StreamDefinition left = endless(first, middle);
        if (left != null && join.kind().keepsUnmatched(1)) {
            throw new GaloisException(
                    ErrorCode.UNSUPPORTED,
                    "rows of the right side without a match are known when stream \""
                            + left.name()
                            + "\" ends, and it never does: use a LEFT or INNER join");
        }
    }

    /** The first unbounded source of that range, or null. */
    private StreamDefinition endless(int first, int end) {
        return sources.subList(first, end).stream()
                .filter(source -> !source.bounded())
                .map(SourceBinding::stream)
                .findFirst()
                .orElse(null);
    }

    private static GaloisException notNearest(LogicalOp.Join join, StreamDefinition stream) {
        boolean isBefore = AsofMatch.of(join).isBefore();
        String reason =
                isBefore
                        ? "needs the columns of the WATERMARK of both sides: compare those, or"
                                + " declare WATERMARK FOR ts AS ts - INTERVAL '5' SECOND in CREATE"
                                + " STREAM"
                        : "that looks for rows to come would wait without bound: compare the other"
                                + " way, left.ts >= right.ts, or bound a plain join in time";
        return new GaloisException(
                ErrorCode.UNSUPPORTED,
                "an ASOF join with the unbounded stream \"" + stream.name() + "\" " + reason);
    }

    private static GaloisException needsTime(StreamDefinition stream) {
        return new GaloisException(
                ErrorCode.UNSUPPORTED,
                "a join with the unbounded stream \""
                        + stream.name()
                        + "\" would have to keep all its rows: bound it in time with ON ... AND a."
                        + timeColumn(stream)
                        + " BETWEEN b."
                        + timeColumn(stream)
                        + " - INTERVAL '1' MINUTE AND b."
                        + timeColumn(stream)
                        + " + INTERVAL '1' MINUTE");
    }

    /** Nothing is complete before the stream has ended. */
    private static SourceBinding atEnd(SourceBinding source) {
        return source.reading(source.stream().withWatermarkDelay(NOT_BEFORE_END_US));
    }

    /**
     * True when the watermark says that no row with a smaller value in that field will follow.
     *
     * @param first number of the first source below {@code op}
     */
    private boolean follows(LogicalOp op, int field, int first) {
        if (op instanceof LogicalOp.Source) {
            return field == sources.get(first).stream().timeField();
        }
        if (op instanceof LogicalOp.Filter filter) {
            return follows(filter.input(), field, first);
        }
        if (op instanceof LogicalOp.Project project) {
            Expr expr = project.expressions().get(field);
            WindowBound bound = WindowBound.of(expr);
            return bound != null && follows(project.input(), bound.field(), first)
                    || expr instanceof Expr.Column column
                            && follows(project.input(), column.index(), first);
        }
        if (op instanceof LogicalOp.Repeat repeat) {
            return field != repeat.copy() && follows(repeat.input(), field, first);
        }
        if (op instanceof LogicalOp.Union union) {
            int next = first;
            for (LogicalOp input : union.inputs()) {
                if (!follows(input, field, next)) {
                    return false;
                }
                next += Plans.sources(input).size();
            }
            return true;
        }
        if (op instanceof Over over) {
            return over.timeField() >= 0
                    && field < over.input().schema().size()
                    && follows(over.input(), field, first);
        }
        if (op instanceof LogicalOp.Sort sort) {
            // Rows that wait for the end come after watermarks that have passed them.
            boolean isInTime = sort.timeField() >= 0 || sort.isLimit();
            return isInTime
                    && field < sort.input().schema().size()
                    && follows(sort.input(), field, first);
        }
        if (op instanceof LogicalOp.Join join) {
            int left = join.left().schema().size();
            return field < left
                    ? follows(join.left(), field, first)
                    : join.time() != null
                            && join.mode() == JoinMode.PAIRS
                            && follows(
                                    join.right(),
                                    field - left,
                                    first + Plans.sources(join.left()).size());
        }
        if (op instanceof LogicalOp.Exchange exchange) {
            return follows(exchange.input(), field, first);
        }
        LogicalOp.WindowAggregate aggregate = Plans.grouping(op);
        Window window = aggregate.window();
        if (window.kind() == Window.Kind.UPDATING || window.byClock() || window.allowUs() > 0) {
            return false; // rows come when the clock says so, or again
        }
        int keys = aggregate.keys().size();
        if (field < keys) {
            return follows(aggregate.input(), aggregate.keys().get(field), first);
        }
        // The bounds of a window are right by construction.
        return aggregate.window().hasBounds() && field < keys + 2;
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

    static String timeColumn(StreamDefinition source) {
        return source.timeField() >= 0 ? source.schema().field(source.timeField()).name() : "ts";
    }
}
