package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;
import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;

/**
 * Aggregates of distinct values as two aggregates: the lower one has the value among its keys, so
 * that each comes once; the upper one groups its results by the keys and the window again. Other
 * aggregates are begun below and ended above.
 */
final class DistinctAggregates {
    private final LogicalOp.WindowAggregate op;
    private final QueryPlaces places;
    private final int keys;
    private final int value;
    private final List<AggregateCall> lower = new ArrayList<>();
    private final List<AggregateCall> upper = new ArrayList<>();

    private DistinctAggregates(LogicalOp.WindowAggregate op, int value, QueryPlaces places) {
        this.op = op;
        this.places = places;
        this.keys = op.keys().size();
        this.value = value;
    }

    /** An operator of the same output without distinct aggregates. */
    static LogicalOp expand(LogicalOp.WindowAggregate op, QueryPlaces places) {
        List<Integer> values =
                op.aggregates().stream()
                        .filter(AggregateCall::distinct)
                        .map(call -> first(op.input(), call.argument()))
                        .distinct()
                        .toList();
        if (values.isEmpty()) {
            return op;
        }
        if (values.size() > 1) {
            throw refused(places, "DISTINCT of several columns", "write one select for each");
        }
        if (op.window().kind() == Window.Kind.SESSION) {
            throw refused(
                    places, "DISTINCT in sessions", "use APPROX_COUNT_DISTINCT, or another window");
        }
        return new DistinctAggregates(op, values.get(0), places).expand();
    }

    /** The first column that is the same as this one. */
    private static int first(LogicalOp input, int column) {
        return input instanceof LogicalOp.Project project
                ? project.expressions().indexOf(project.expressions().get(column))
                : column;
    }

    private LogicalOp expand() {
        boolean hasBounds = op.window().hasBounds();
        int first = keys + 1 + (hasBounds ? 2 : 0);
        List<Expr> results = new ArrayList<>();
        int groups = keys + (hasBounds ? 2 : 0);
        for (AggregateCall call : op.aggregates()) {
            results.add(
                    call.distinct() ? distinct(call, first, groups) : other(call, first, groups));
        }
        List<Integer> lowerKeys = new ArrayList<>(op.keys());
        lowerKeys.add(value);
        LogicalOp below =
                LogicalOp.WindowAggregate.of(
                        op.input(), op.window(), lowerKeys, lower, names("p", lower.size()));
        List<Integer> upperKeys = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            upperKeys.add(key);
        }
        Window window = op.window();
        if (hasBounds) {
            upperKeys.add(keys + 1);
            upperKeys.add(keys + 2);
            window = Window.attached(keys + 2, 0);
        } else if (window.kind() == Window.Kind.ATTACHED) {
            window = window.over(op.keys().indexOf(window.timeField()));
        }
        LogicalOp above =
                LogicalOp.WindowAggregate.of(
                        below, window, upperKeys, upper, names("a", upper.size()));
        List<Expr> outputs = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            outputs.add(new Expr.Column(i, above.schema().type(i)));
        }
        outputs.addAll(results);
        return new LogicalOp.Project(above, outputs, op.schema());
    }

    private static List<String> names(String prefix, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(prefix + i);
        }
        return names;
    }

    /** The value counts when some row with it passes the filter. */
    private Expr distinct(AggregateCall call, int first, int groups) {
        int filter = -1;
        if (call.filter() >= 0) {
            AggregateCall passes =
                    new AggregateCall(AggregateFunction.ANY, call.filter(), FieldType.BOOLEAN);
            filter = below(passes, first);
        }
        return above(
                new AggregateCall(
                        call.function(), keys, -1, false, filter, call.option(), call.type()),
                groups);
    }

    private Expr other(AggregateCall call, int first, int groups) {
        switch (call.function()) {
            case COUNT:
                AggregateCall sum =
                        new AggregateCall(
                                AggregateFunction.SUM, below(call, first), FieldType.BIGINT);
                // Without a row below there is none to add up.
                return Exprs.call(
                        Function.COALESCE,
                        List.of(above(sum, groups), new Expr.Literal(FieldType.BIGINT, "0")));
            case SUM, MIN, MAX, EVERY, ANY:
                return above(
                        new AggregateCall(call.function(), below(call, first), call.type()),
                        groups);
            case AVG:
                return average(call, first, groups);
            default:
                throw refused(
                        places,
                        call.function() + " beside an aggregate with DISTINCT",
                        "write one select for each");
        }
    }

    private Expr average(AggregateCall call, int first, int groups) {
        FieldType argument = op.input().schema().type(call.argument());
        FieldType type = PlanBuilder.resultType(AggregateFunction.SUM, argument);
        int sum = below(with(call, AggregateFunction.SUM, type), first);
        int count = below(with(call, AggregateFunction.COUNT, FieldType.BIGINT), first);
        Expr total = above(new AggregateCall(AggregateFunction.SUM, sum, type), groups);
        AggregateCall counts = new AggregateCall(AggregateFunction.SUM, count, FieldType.BIGINT);
        return Exprs.call(
                Function.DIVIDE,
                List.of(
                        Exprs.cast(total, FieldType.DOUBLE),
                        Exprs.cast(above(counts, groups), FieldType.DOUBLE)));
    }

    private static AggregateCall with(
            AggregateCall call, AggregateFunction function, FieldType type) {
        return new AggregateCall(function, call.argument(), -1, false, call.filter(), "", type);
    }

    /** The column of the lower aggregate's result. */
    private int below(AggregateCall call, int first) {
        int known = lower.indexOf(call);
        if (known < 0) {
            known = lower.size();
            lower.add(call);
        }
        return first + known;
    }

    private Expr above(AggregateCall call, int groups) {
        int known = upper.indexOf(call);
        if (known < 0) {
            known = upper.size();
            upper.add(call);
        }
        return new Expr.Column(groups + known, call.type());
    }

    private static GaloisException refused(QueryPlaces places, String what, String remedy) {
        return places.errorAtWord(
                ErrorCode.UNSUPPORTED, List.of("DISTINCT"), what + " is not supported: " + remedy);
    }
}
