package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Message.SourceBinding;
import galois.api.plan.AsofMatch;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Over;
import galois.api.plan.OverCall;
import galois.api.plan.OverFunction;
import galois.api.plan.Plans;
import galois.api.plan.SortKey;
import galois.api.plan.StreamDefinition;
import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;

/**
 * ORDER BY over streams that do not end: rows can come in the order of their event time, each as
 * soon as the watermark has passed it; any other order would wait for ever and is refused.
 */
final class StreamOrder {
    /** A row may still come at the watermark itself. */
    private static final long DELAY_US = 1;

    private final List<SourceBinding> sources;

    private StreamOrder(List<SourceBinding> sources) {
        this.sources = sources;
    }

    /**
     * The plan as it can run over these sources.
     *
     * @throws GaloisException UNSUPPORTED with the remedy
     */
    static LogicalPlan of(LogicalPlan plan, List<SourceBinding> sources) {
        LogicalOp root = new StreamOrder(sources).rewrite(plan.root(), 0);
        return new LogicalPlan(root, plan.parameters());
    }

    /**
     * @param first number of the first source below {@code op}
     */
    private LogicalOp rewrite(LogicalOp op, int first) {
        List<LogicalOp> inputs = new ArrayList<>();
        int next = first;
        for (LogicalOp input : op.inputs()) {
            inputs.add(rewrite(input, next));
            next += Plans.sources(input).size();
        }
        LogicalOp same = Plans.withInputs(op, inputs);
        if (same instanceof Over over && over.timeField() < 0) {
            return over(over, first, next);
        }
        if (!(same instanceof LogicalOp.Sort sort) || sort.timeField() >= 0 || sort.isLimit()) {
            return same;
        }
        StreamDefinition endless = endless(first, next);
        if (endless == null) {
            return sort;
        }
        boolean isNumbered = !sort.rankings().isEmpty() || !sort.partition().isEmpty();
        if (isNumbered && isByTime(sort.input(), sort.order(), first)) {
            return numbered(sort);
        }
        boolean isInTime =
                sort.partition().isEmpty()
                        && sort.rankings().isEmpty()
                        && !sort.order().get(0).descending()
                        && isEventTime(sort.input(), sort.order().get(0).field(), first);
        if (!isInTime) {
            throw neverEnds(sort, endless);
        }
        return inTime(sort);
    }

    private boolean isByTime(LogicalOp input, List<SortKey> order, int first) {
        return !order.isEmpty()
                && !order.get(0).descending()
                && isEventTime(input, order.get(0).field(), first);
    }

    /** In time wherever that is possible: then a partition keeps what its frames need. */
    private LogicalOp over(Over over, int first, int next) {
        boolean isByTime = isByTime(over.input(), over.order(), first);
        if (isByTime && over.looksBack()) {
            return over.goingOn(DELAY_US);
        }
        StreamDefinition endless = endless(first, next);
        if (endless == null) {
            return over;
        }
        String time =
                endless.timeField() < 0
                        ? "the column of its WATERMARK"
                        : "\"" + WindowTime.timeColumn(endless) + "\"";
        throw new GaloisException(
                ErrorCode.UNSUPPORTED,
                isByTime
                        ? "LEAD, FOLLOWING and NTH_VALUE of an unbounded frame would have to keep all"
                                + " rows of the unbounded stream \""
                                + endless.name()
                                + "\": look back with LAG and PRECEDING, or put window_start and"
                                + " window_end of a TUMBLE window into PARTITION BY"
                        : "OVER never ends over the unbounded stream \""
                                + endless.name()
                                + "\" in this order: ORDER BY "
                                + time
                                + ", ascending, or put window_start and window_end of a TUMBLE"
                                + " window into PARTITION BY");
    }

    /** Numbers are given as rows come; a partition keeps no more than how many they were. */
    private static LogicalOp numbered(LogicalOp.Sort sort) {
        int inputs = sort.input().schema().size();
        List<OverCall> calls = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < sort.rankings().size(); i++) {
            calls.add(OverCall.ranking(OverFunction.valueOf(sort.rankings().get(i).name())));
            names.add(sort.schema().field(inputs + i).name());
        }
        boolean isCut = sort.offset() > 0 || sort.fetch() >= 0;
        if (isCut) {
            calls.add(OverCall.ranking(OverFunction.valueOf(sort.cut().name())));
            names.add("cut");
        }
        boolean ranks = calls.stream().anyMatch(c -> c.function() != OverFunction.ROW_NUMBER);
        // Keys behind those that rank make the order of equals certain.
        List<SortKey> order = ranks ? sort.order().subList(0, sort.ranked()) : sort.order();
        LogicalOp over =
                Over.of(sort.input(), sort.partition(), order, calls, names).goingOn(DELAY_US);
        if (!isCut) {
            return over;
        }
        Expr number = new Expr.Column(over.schema().size() - 1, FieldType.BIGINT);
        List<Expr> conditions = new ArrayList<>();
        conditions.add(compare(Function.GREATER, number, sort.offset()));
        if (sort.fetch() >= 0) {
            conditions.add(compare(Function.LESS_OR_EQUAL, number, sort.offset() + sort.fetch()));
        }
        Expr all =
                conditions.size() == 1
                        ? conditions.get(0)
                        : new Expr.Call(Function.AND, conditions, FieldType.BOOLEAN);
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < sort.schema().size(); i++) {
            columns.add(new Expr.Column(i, sort.schema().type(i)));
        }
        return new LogicalOp.Project(new LogicalOp.Filter(over, all), columns, sort.schema());
    }

    private static Expr compare(Function function, Expr number, long bound) {
        Expr literal = new Expr.Literal(FieldType.BIGINT, Long.toString(bound));
        return new Expr.Call(function, List.of(number, literal), FieldType.BOOLEAN);
    }

    /** Rows of one time at a time; only then are they cut. */
    private static LogicalOp inTime(LogicalOp.Sort sort) {
        int field = sort.order().get(0).field();
        LogicalOp inTime =
                LogicalOp.Sort.of(sort.input(), sort.order().subList(1, sort.order().size()), 0, -1)
                        .at(field, DELAY_US);
        boolean isCut = sort.offset() > 0 || sort.fetch() >= 0;
        return isCut ? LogicalOp.Sort.of(inTime, List.of(), sort.offset(), sort.fetch()) : inTime;
    }

    /** True when the field is the event time of rows that nothing has held back. */
    private boolean isEventTime(LogicalOp op, int field, int first) {
        if (op instanceof LogicalOp.Source) {
            return field == sources.get(first).stream().timeField();
        }
        if (op instanceof LogicalOp.Project project) {
            return project.expressions().get(field) instanceof Expr.Column column
                    && isEventTime(project.input(), column.index(), first);
        }
        if (op instanceof LogicalOp.Union union) {
            int next = first;
            for (LogicalOp input : union.inputs()) {
                if (!isEventTime(input, field, next)) {
                    return false;
                }
                next += Plans.sources(input).size();
            }
            return true;
        }
        if (op instanceof LogicalOp.Join join && join.mode() == JoinMode.LOOKUP) {
            return field < join.left().schema().size() && isEventTime(join.left(), field, first);
        }
        if (op instanceof LogicalOp.Join join && join.mode() == JoinMode.ASOF) {
            return isNearestInTime(join, field, first);
        }
        boolean passes =
                op instanceof LogicalOp.Filter
                        || op instanceof Over over && over.goesOn() && field == over.timeField()
                        || op instanceof LogicalOp.Repeat repeat && field != repeat.copy()
                        || op instanceof LogicalOp.Sort sort && sort.isLimit();
        return passes && isEventTime(op.inputs().get(0), field, first);
    }

    /** Left rows come out once the watermark is beyond the times compared. */
    private boolean isNearestInTime(LogicalOp.Join join, int field, int first) {
        AsofMatch match = AsofMatch.of(join);
        int middle = first + Plans.sources(join.left()).size();
        return field < join.left().schema().size()
                && match.isBefore()
                && isEventTime(join.left(), field, first)
                && isEventTime(join.left(), match.left(), first)
                && isEventTime(join.right(), match.right(), middle);
    }

    private StreamDefinition endless(int first, int next) {
        return sources.subList(first, next).stream()
                .filter(source -> !source.bounded())
                .map(SourceBinding::stream)
                .findFirst()
                .orElse(null);
    }

    private static GaloisException neverEnds(LogicalOp.Sort sort, StreamDefinition source) {
        boolean isNumbered = !sort.partition().isEmpty() || !sort.rankings().isEmpty();
        String remedy =
                isNumbered
                        ? "put window_start and window_end of a TUMBLE window into PARTITION BY"
                        : "order by "
                                + (source.timeField() < 0
                                        ? "the column of its WATERMARK"
                                        : "\"" + WindowTime.timeColumn(source) + "\"")
                                + " or a window_start first; the top rows of each window are"
                                + " ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER"
                                + " BY ...) <= n";
        return new GaloisException(
                ErrorCode.UNSUPPORTED,
                (isNumbered ? "numbering rows" : "ORDER BY")
                        + " never ends over the unbounded stream \""
                        + source.name()
                        + "\": "
                        + remedy);
    }
}
