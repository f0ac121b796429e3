package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Message.SourceBinding;
import galois.api.plan.AsofMatch;
import galois.api.plan.Expr;
import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.plan.StreamDefinition;

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
        if (!(same instanceof LogicalOp.Sort sort) || sort.timeField() >= 0 || sort.isLimit()) {
            return same;
        }
        StreamDefinition endless = endless(first, next);
        if (endless == null) {
            return sort;
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
