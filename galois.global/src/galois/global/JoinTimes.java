package galois.global;

import galois.api.control.Message.SourceBinding;
import galois.api.plan.AsofMatch;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.JoinMode;
import galois.api.plan.JoinTime;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Over;
import galois.api.plan.Plans;
import galois.api.plan.Window;
import galois.api.plan.WindowBound;
import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Finds out which joins are bounded in time: their condition says how far the times of a pair can
 * be apart, and both times follow the watermark. Such a join forgets rows as time passes.
 */
public final class JoinTimes {
    private static final Map<String, Long> UNIT_US =
            Map.of(
                    "MICROSECOND", 1L,
                    "MILLISECOND", 1_000L,
                    "SECOND", 1_000_000L,
                    "MINUTE", 60_000_000L,
                    "HOUR", 3_600_000_000L,
                    "DAY", 86_400_000_000L,
                    "WEEK", 604_800_000_000L);

    private final List<SourceBinding> sources;
    private final List<Expr.Literal> parameters;

    private JoinTimes(List<SourceBinding> sources, List<Expr.Literal> parameters) {
        this.sources = sources;
        this.parameters = parameters;
    }

    /**
     * The plan with {@link LogicalOp.Join#time} set where it can be.
     *
     * @param sources of the plan, from left to right
     */
    public static LogicalPlan find(LogicalPlan plan, List<SourceBinding> sources) {
        JoinTimes times = new JoinTimes(sources, plan.parameters());
        return new LogicalPlan(times.find(plan.root(), 0), plan.parameters());
    }

    private LogicalOp find(LogicalOp op, int first) {
        List<LogicalOp> inputs = new ArrayList<>();
        int next = first;
        for (LogicalOp input : op.inputs()) {
            inputs.add(find(input, next));
            next += Plans.sources(input).size();
        }
        LogicalOp found = inputs.equals(op.inputs()) ? op : Plans.withInputs(op, inputs);
        if (!(found instanceof LogicalOp.Join join)) {
            return found;
        }
        return switch (join.mode()) {
            case PAIRS -> join.within(time(join, first));
            case LOOKUP -> join;
            case ASOF -> join.within(nearest(join, first));
        };
    }

    /**
     * A left row waits until no right row at or before it can come. What comes after it may never
     * come: then the right side must end.
     */
    private JoinTime nearest(LogicalOp.Join join, int first) {
        AsofMatch match = AsofMatch.of(join);
        int middle = first + Plans.sources(join.left()).size();
        OptionalLong left = lagUs(join.left(), match.left(), first);
        OptionalLong right = lagUs(join.right(), match.right(), middle);
        if (!match.isBefore() || left.isEmpty() || right.isEmpty()) {
            return null;
        }
        long keepUs = Math.max(left.getAsLong(), right.getAsLong());
        return keepUs > JoinTime.KEEP_US_MAX
                ? null
                : new JoinTime(match.left(), match.right(), right.getAsLong(), keepUs);
    }

    /** A time field of a side and what is added to it. */
    private record Moved(int column, long us) {}

    /** What the condition says of right time less left time. */
    private static final class Distance {
        long low = Long.MIN_VALUE;
        long high = Long.MAX_VALUE;

        boolean isBounded() {
            return low != Long.MIN_VALUE && high != Long.MAX_VALUE;
        }
    }

    private JoinTime time(LogicalOp.Join join, int first) {
        int leftFields = join.left().schema().size();
        int middle = first + Plans.sources(join.left()).size();
        Map<List<Integer>, Distance> distances = new HashMap<>();
        List<List<Integer>> found = new ArrayList<>();
        for (Expr conjunct : Plans.conjuncts(join.condition())) {
            if (conjunct instanceof Expr.Call call && call.operands().size() == 2) {
                Moved a = moved(call.operands().get(0));
                Moved b = moved(call.operands().get(1));
                boolean ordered = a != null && b != null && a.column() < leftFields;
                if (a != null && b != null && a.column() < leftFields != b.column() < leftFields) {
                    Moved left = ordered ? a : b;
                    Moved right = ordered ? b : a;
                    List<Integer> pair = List.of(left.column(), right.column() - leftFields);
                    found.add(pair);
                    Distance distance = distances.computeIfAbsent(pair, p -> new Distance());
                    Function function = ordered ? call.function() : flipped(call.function());
                    narrow(distance, function, left.us() - right.us());
                }
            }
        }
        JoinTime best = null;
        for (List<Integer> pair : found) {
            Distance distance = distances.get(pair);
            OptionalLong left = lagUs(join.left(), pair.get(0), first);
            OptionalLong right = lagUs(join.right(), pair.get(1), middle);
            if (distance.isBounded() && left.isPresent() && right.isPresent()) {
                // A right row that comes may be behind the watermark by its lag, and so may a left.
                long leftKeep = distance.high + right.getAsLong();
                long rightKeep = left.getAsLong() - distance.low;
                boolean fits =
                        Math.abs(leftKeep) <= JoinTime.KEEP_US_MAX
                                && Math.abs(rightKeep) <= JoinTime.KEEP_US_MAX;
                if (fits) {
                    JoinTime time = new JoinTime(pair.get(0), pair.get(1), leftKeep, rightKeep);
                    best = best == null || time.delayUs() < best.delayUs() ? time : best;
                }
            }
        }
        return best;
    }

    /**
     * How far a field of rows to come can be behind the watermark; empty when it does not follow.
     *
     * @param first number of the first source below {@code op}
     */
    private OptionalLong lagUs(LogicalOp op, int field, int first) {
        if (op instanceof LogicalOp.Source) {
            boolean isTime = field == sources.get(first).stream().timeField();
            return isTime ? OptionalLong.of(0) : OptionalLong.empty();
        }
        if (op instanceof LogicalOp.Filter filter) {
            return lagUs(filter.input(), field, first);
        }
        if (op instanceof LogicalOp.Project project) {
            return projectedLagUs(project, field, first);
        }
        if (op instanceof LogicalOp.Repeat repeat) {
            return field == repeat.copy()
                    ? OptionalLong.empty()
                    : lagUs(repeat.input(), field, first);
        }
        if (op instanceof LogicalOp.Union union) {
            return unionLagUs(union, field, first);
        }
        if (op instanceof Over) {
            return OptionalLong.empty();
        }
        if (op instanceof LogicalOp.Sort sort) {
            return sort.isLimit() ? lagUs(sort.input(), field, first) : OptionalLong.empty();
        }
        if (op instanceof LogicalOp.Join join) {
            return joinLagUs(join, field, first);
        }
        return windowLagUs((LogicalOp.WindowAggregate) op, field, first);
    }

    private OptionalLong projectedLagUs(LogicalOp.Project project, int field, int first) {
        Expr expr = project.expressions().get(field);
        WindowBound bound = WindowBound.of(expr);
        if (bound != null) {
            OptionalLong lag = lagUs(project.input(), bound.field(), first);
            return lag.isPresent() ? OptionalLong.of(lag.getAsLong() + bound.lagUs()) : lag;
        }
        return expr instanceof Expr.Column column
                ? lagUs(project.input(), column.index(), first)
                : OptionalLong.empty();
    }

    private OptionalLong unionLagUs(LogicalOp.Union union, int field, int first) {
        long most = 0;
        int next = first;
        for (LogicalOp input : union.inputs()) {
            OptionalLong lag = lagUs(input, field, next);
            if (lag.isEmpty()) {
                return lag;
            }
            most = Math.max(most, lag.getAsLong());
            next += Plans.sources(input).size();
        }
        return OptionalLong.of(most);
    }

    private OptionalLong joinLagUs(LogicalOp.Join join, int field, int first) {
        int left = join.left().schema().size();
        if (join.mode() == JoinMode.ASOF && field >= left) {
            return OptionalLong.empty();
        }
        if (join.time() != null) {
            // The kernel holds the watermark back for these two.
            return field < left
                    ? WindowSpread.us(join.left(), join.time().left(), field)
                    : WindowSpread.us(join.right(), join.time().right(), field - left);
        }
        return field < left ? lagUs(join.left(), field, first) : OptionalLong.empty();
    }

    /** A result comes once the watermark is at the end of its window. */
    private OptionalLong windowLagUs(LogicalOp.WindowAggregate op, int field, int first) {
        Window window = op.window();
        int keys = op.keys().size();
        boolean isFixed =
                window.kind() == Window.Kind.TUMBLE
                        || window.kind() == Window.Kind.HOP
                        || window.kind() == Window.Kind.ATTACHED;
        if (field < keys && isFixed) {
            OptionalLong lag = lagUs(op.input(), op.keys().get(field), first);
            return lag.isPresent() ? OptionalLong.of(lag.getAsLong() + window.sizeUs()) : lag;
        }
        if (window.hasBounds() && field == keys + 1) {
            return OptionalLong.of(0);
        }
        return window.hasBounds() && field == keys && isFixed
                ? OptionalLong.of(window.sizeUs())
                : OptionalLong.empty();
    }

    /** {@code left f right + less}. */
    private static void narrow(Distance distance, Function function, long less) {
        switch (function) {
            case EQUAL -> {
                distance.low = Math.max(distance.low, less);
                distance.high = Math.min(distance.high, less);
            }
            case LESS_OR_EQUAL -> distance.low = Math.max(distance.low, less);
            case LESS -> distance.low = Math.max(distance.low, less + 1);
            case GREATER_OR_EQUAL -> distance.high = Math.min(distance.high, less);
            case GREATER -> distance.high = Math.min(distance.high, less - 1);
            default -> {}
        }
    }

    private static Function flipped(Function function) {
        return switch (function) {
            case LESS -> Function.GREATER;
            case LESS_OR_EQUAL -> Function.GREATER_OR_EQUAL;
            case GREATER -> Function.LESS;
            case GREATER_OR_EQUAL -> Function.LESS_OR_EQUAL;
            default -> function;
        };
    }

    /** A TIMESTAMP column, perhaps with constants added or taken away; else null. */
    private Moved moved(Expr expr) {
        if (expr instanceof Expr.Column column) {
            return column.type() == FieldType.TIMESTAMP ? new Moved(column.index(), 0) : null;
        }
        if (!(expr instanceof Expr.Call call)) {
            return null;
        }
        List<Expr> operands = call.operands();
        return switch (call.function()) {
            case PLUS -> {
                Moved moved = plus(moved(operands.get(0)), us(operands.get(1)));
                yield moved != null ? moved : plus(moved(operands.get(1)), us(operands.get(0)));
            }
            case MINUS -> {
                Long us = us(operands.get(1));
                yield plus(moved(operands.get(0)), us == null ? null : -us);
            }
            case TIMESTAMPADD -> plus(moved(operands.get(2)), units(operands));
            default -> null;
        };
    }

    /** Null when something is missing, or so large that it says nothing. */
    private static Moved plus(Moved moved, Long us) {
        boolean isFixed =
                moved != null
                        && us != null
                        && Math.abs(us) <= JoinTime.KEEP_US_MAX
                        && Math.abs(moved.us()) <= JoinTime.KEEP_US_MAX;
        return isFixed ? new Moved(moved.column(), moved.us() + us) : null;
    }

    private Long us(Expr expr) {
        return expr.type() == FieldType.INTERVAL_DAY ? constant(expr) : null;
    }

    private Long units(List<Expr> operands) {
        Long unitUs =
                operands.get(0) instanceof Expr.Literal unit && !unit.isNull()
                        ? UNIT_US.get(unit.text().toUpperCase(java.util.Locale.ROOT))
                        : null;
        Long count = constant(operands.get(1));
        boolean isSmall =
                unitUs != null && count != null && Math.abs(count) <= JoinTime.KEEP_US_MAX / unitUs;
        return isSmall ? Long.valueOf(unitUs * count) : null;
    }

    private Long constant(Expr expr) {
        Expr value =
                expr instanceof Expr.Parameter parameter ? parameters.get(parameter.index()) : expr;
        if (value instanceof Expr.Call cast
                && cast.function() == Function.CAST
                && cast.operands().get(0).type().isInteger()) {
            return constant(cast.operands().get(0));
        }
        return value instanceof Expr.Literal literal && !literal.isNull()
                ? Long.valueOf(literal.asLong())
                : null;
    }
}
