package galois.sql;

import galois.api.plan.AggregateCall;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a plan over rows in memory, slowly and plainly: what a plan means, to compare plans by. */
final class Rows {
    private final List<Expr.Literal> parameters;

    private Rows(List<Expr.Literal> parameters) {
        this.parameters = parameters;
    }

    /** The result as a list of rows; a value is null, Boolean, Long, Double or String. */
    static List<List<Object>> run(LogicalPlan plan, List<Object[]> source) {
        Rows rows = new Rows(plan.parameters());
        return rows.run(plan.root(), source).stream().map(Arrays::asList).toList();
    }

    private List<Object[]> run(LogicalOp op, List<Object[]> source) {
        if (op instanceof LogicalOp.Source) {
            return source;
        }
        List<Object[]> input = run(op.inputs().get(0), source);
        if (op instanceof LogicalOp.Filter filter) {
            return input.stream()
                    .filter(row -> Boolean.TRUE.equals(value(filter.condition(), row)))
                    .toList();
        }
        if (op instanceof LogicalOp.Project project) {
            return input.stream()
                    .map(row -> project.expressions().stream().map(e -> value(e, row)).toArray())
                    .toList();
        }
        return aggregate((LogicalOp.WindowAggregate) op, input);
    }

    private Object value(Expr expr, Object[] row) {
        return new Values(parameters, row).of(expr);
    }

    private static List<Object[]> aggregate(LogicalOp.WindowAggregate op, List<Object[]> input) {
        Map<List<Object>, List<Object[]>> groups = new LinkedHashMap<>();
        if (op.keys().isEmpty() && op.window().kind() == Window.Kind.NONE) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (Object[] row : input) {
            for (List<Object> bounds : bounds(op.window(), row)) {
                List<Object> group = new ArrayList<>();
                op.keys().forEach(key -> group.add(row[key]));
                group.addAll(bounds);
                groups.computeIfAbsent(group, g -> new ArrayList<>()).add(row);
            }
        }
        List<Object[]> output = new ArrayList<>();
        groups.forEach(
                (group, rows) -> {
                    List<Object> out = new ArrayList<>(group);
                    op.aggregates().forEach(call -> out.add(aggregate(call, rows)));
                    output.add(out.toArray());
                });
        return output;
    }

    /** For each window that a row is in what the result says of it. */
    private static List<List<Object>> bounds(Window window, Object[] row) {
        if (window.kind() == Window.Kind.NONE) {
            return List.of(List.of());
        }
        if (row[window.timeField()] == null) {
            return List.of();
        }
        if (!window.hasBounds()) {
            return List.of(List.of());
        }
        if (window.kind() == Window.Kind.SESSION) {
            throw new IllegalArgumentException("sessions are tested elsewhere");
        }
        List<List<Object>> all = new ArrayList<>();
        long time = (Long) row[window.timeField()];
        long start = time - Math.floorMod(time - window.offsetUs(), window.slideUs());
        for (; start + window.sizeUs() > time; start -= window.slideUs()) {
            all.add(List.of(start, start + window.sizeUs()));
        }
        return all;
    }

    private static Object aggregate(AggregateCall call, List<Object[]> rows) {
        if (call.argument() < 0) {
            return (long) rows.size();
        }
        List<Object> values =
                rows.stream().map(row -> row[call.argument()]).filter(v -> v != null).toList();
        return switch (call.function()) {
            case COUNT -> (long) values.size();
            case MIN -> values.stream().min(Values::compare).orElse(null);
            case MAX -> values.stream().max(Values::compare).orElse(null);
            case AVG ->
                    values.isEmpty()
                            ? null
                            : values.stream().mapToDouble(Values::number).sum() / values.size();
            case SUM -> sum(values);
            default -> throw new IllegalArgumentException(call.toString());
        };
    }

    private static Object sum(List<Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        return values.get(0) instanceof Long
                ? (Object) values.stream().mapToLong(v -> (Long) v).sum()
                : (Object) values.stream().mapToDouble(Values::number).sum();
    }
}
