package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Aggregates of distinct values as two aggregates: the lower one has the value among its keys, so
 * that each comes once; the upper one groups its results by the keys and the window again. Other
 * aggregates are begun below and ended above.
 */
final class DistinctAggregates {
    private final LogicalOp.WindowAggregate op;
    private final LogicalOp original;
    private final QueryPlaces places;
    private final int keys;

    /** The columns whose values come once, by what is distinct. */
    private final Map<Value, Integer> values;

    /** All of them, in the order of the lower keys. */
    private final List<Integer> valueColumns;

    private final List<AggregateCall> lower = new ArrayList<>();
    private final List<AggregateCall> upper = new ArrayList<>();

    private DistinctAggregates(
            LogicalOp.WindowAggregate op,
            LogicalOp original,
            Map<Value, Integer> values,
            List<Integer> valueColumns,
            QueryPlaces places) {
        this.op = op;
        this.original = original;
        this.places = places;
        this.keys = op.keys().size();
        this.values = values;
        this.valueColumns = valueColumns;
    }

    /**
     * What is distinct.
     *
     * @param second column of a pair; -1: one value
     */
    private record Value(int column, int second) {}

    private static Value value(LogicalOp input, AggregateCall call) {
        int second = call.by() < 0 ? -1 : first(input, call.by());
        return new Value(first(input, call.argument()), second);
    }

    /** An operator of the same output without distinct aggregates. */
    static LogicalOp expand(LogicalOp.WindowAggregate op, QueryPlaces places) {
        List<Value> values =
                op.aggregates().stream()
                        .filter(AggregateCall::distinct)
                        .map(call -> value(op.input(), call))
                        .distinct()
                        .toList();
        if (values.isEmpty()) {
            return op;
        }
        if (op.window().kind() == Window.Kind.SESSION) {
            throw refused(
                    places, "DISTINCT in sessions", "use APPROX_COUNT_DISTINCT, or another window");
        }
        Value first = values.get(0);
        if (values.size() == 1 && first.second() < 0) {
            List<Integer> only = List.of(first.column());
            Map<Value, Integer> columnOf = Map.of(first, first.column());
            return new DistinctAggregates(op, op.input(), columnOf, only, places).expand();
        }
        return separate(op, values, places);
    }

    /**
     * Each row once for each kind of value, which is NULL in the others, and once more for the
     * other aggregates.
     */
    private static LogicalOp separate(
            LogicalOp.WindowAggregate op, List<Value> values, QueryPlaces places) {
        LogicalOp input = op.input();
        Expr copy = null;
        if (values.size() > 1) {
            boolean hasOthers = op.aggregates().stream().anyMatch(call -> !call.distinct());
            LogicalOp.Repeat repeat =
                    LogicalOp.Repeat.of(input, values.size() + (hasOthers ? 1 : 0));
            copy = new Expr.Column(repeat.copy(), FieldType.BIGINT);
            input = repeat;
        }
        List<Expr> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        Schema schema = op.input().schema();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(new Expr.Column(i, schema.type(i)));
            fields.add(schema.field(i));
        }
        Map<Value, Integer> columnOf = new HashMap<>();
        List<Integer> valueColumns = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            Expr own = copy == null ? null : isCopy(copy, i);
            columnOf.put(value, columns.size());
            Expr second = value.second() < 0 ? null : column(schema, value.second());
            add(masked(column(schema, value.column()), own, second), columns, fields, valueColumns);
            if (second != null) {
                add(masked(second, own, null), columns, fields, valueColumns);
            }
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : op.aggregates()) {
            calls.add(
                    call.distinct() || copy == null
                            ? call
                            : filtered(call, isCopy(copy, values.size()), schema, columns, fields));
        }
        LogicalOp separated = new LogicalOp.Project(input, columns, new Schema(fields));
        LogicalOp.WindowAggregate same =
                new LogicalOp.WindowAggregate(
                        separated, op.window(), op.keys(), calls, op.schema());
        return new DistinctAggregates(same, op.input(), columnOf, valueColumns, places).expand();
    }

    private static void add(
            Expr value, List<Expr> columns, List<Field> fields, List<Integer> valueColumns) {
        valueColumns.add(columns.size());
        columns.add(value);
        fields.add(Projections.unique(fields, "value" + valueColumns.size(), value.type()));
    }

    private static Expr column(Schema schema, int column) {
        return new Expr.Column(column, schema.type(column));
    }

    private static Expr isCopy(Expr copy, int number) {
        Expr literal = new Expr.Literal(FieldType.BIGINT, Integer.toString(number));
        return Exprs.call(Function.EQUAL, List.of(copy, literal));
    }

    /** The value where the condition holds and the other is not NULL; each may be left out. */
    private static Expr masked(Expr value, Expr condition, Expr other) {
        List<Expr> conditions = new ArrayList<>();
        if (condition != null) {
            conditions.add(condition);
        }
        if (other != null) {
            conditions.add(Exprs.call(Function.IS_NOT_NULL, List.of(other)));
        }
        return conditions.isEmpty()
                ? value
                : Exprs.call(
                        Function.CASE,
                        List.of(
                                Exprs.all(conditions),
                                value,
                                new Expr.Literal(value.type(), null)));
    }

    private static AggregateCall filtered(
            AggregateCall call,
            Expr condition,
            Schema schema,
            List<Expr> columns,
            List<Field> fields) {
        Expr filter =
                call.filter() < 0
                        ? condition
                        : Exprs.all(List.of(condition, column(schema, call.filter())));
        int at = columns.indexOf(filter);
        if (at < 0) {
            at = columns.size();
            columns.add(filter);
            fields.add(Projections.unique(fields, "filter", FieldType.BOOLEAN));
        }
        return new AggregateCall(
                call.function(), call.argument(), call.by(), false, at, call.option(), call.type());
    }

    /** The first column that is the same as this one. */
    private static int first(LogicalOp input, int column) {
        return input instanceof LogicalOp.Project project
                ? project.expressions().indexOf(project.expressions().get(column))
                : column;
    }

    /** Of the input as it was: columns that were added are behind. */
    private Value value(AggregateCall call) {
        return value(original, call);
    }

    private LogicalOp expand() {
        boolean hasBounds = op.window().hasBounds();
        int bound = keys + valueColumns.size();
        int first = bound + (hasBounds ? 2 : 0);
        List<Expr> results = new ArrayList<>();
        int groups = keys + (hasBounds ? 2 : 0);
        for (AggregateCall call : op.aggregates()) {
            results.add(
                    call.distinct() ? distinct(call, first, groups) : other(call, first, groups));
        }
        List<Integer> lowerKeys = new ArrayList<>(op.keys());
        lowerKeys.addAll(valueColumns);
        LogicalOp below =
                LogicalOp.WindowAggregate.of(
                        op.input(), op.window(), lowerKeys, lower, names("p", lower.size()));
        List<Integer> upperKeys = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            upperKeys.add(key);
        }
        Window window = op.window();
        if (hasBounds) {
            upperKeys.add(bound);
            upperKeys.add(bound + 1);
            window = Window.attached(bound + 1, 0);
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
        int at = keys + valueColumns.indexOf(values.get(value(call)));
        return above(
                new AggregateCall(
                        call.function(), at, -1, false, filter, call.option(), call.type()),
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
            case SUM, MIN, MAX, EVERY, ANY, BIT_AND, BIT_OR, BIT_XOR:
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
