package galois.compiler;

import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;
import galois.batch.FieldType;
import galois.batch.RowError;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Aggregation within windows in plain Java. */
final class ReferenceAggregate implements ReferenceState {
    private final LogicalOp.WindowAggregate op;
    private final TreeMap<Long, Map<List<Object>, List<List<Object>>>> windows = new TreeMap<>();
    private long watermark = Long.MIN_VALUE;
    private long maxEvent = Long.MIN_VALUE;
    private boolean ended;

    ReferenceAggregate(LogicalOp.WindowAggregate op) {
        this.op = op;
    }

    private boolean windowed() {
        return op.window().kind() == Window.Kind.TUMBLE;
    }

    @Override
    public List<TestRow> add(TestRow row) {
        long start = 0;
        if (windowed()) {
            Object time = row.values().get(op.window().timeField());
            if (time == null) {
                throw new Reference.Failure(RowError.NO_TIME);
            }
            long size = op.window().sizeUs();
            long t = (Long) time;
            if (t < Long.MIN_VALUE + 2 * size || t > Long.MAX_VALUE - 2 * size) {
                throw new Reference.Failure(RowError.OVERFLOW);
            }
            start = t - Math.floorMod(t - op.window().offsetUs(), size);
            if (start + size <= watermark) {
                throw new Reference.Failure(RowError.LATE);
            }
        } else if (ended) {
            throw new Reference.Failure(RowError.LATE);
        }
        List<Object> key = new ArrayList<>();
        op.keys().forEach(field -> key.add(canonical(row.values().get(field))));
        Map<List<Object>, List<List<Object>>> window =
                windows.getOrDefault(start, new LinkedHashMap<>());
        List<List<Object>> rows = window.getOrDefault(key, new ArrayList<>());
        List<List<Object>> more = new ArrayList<>(rows);
        more.add(row.values());
        results(more);
        window.put(key, more);
        windows.put(start, window);
        maxEvent = Math.max(maxEvent, row.time());
        return List.of();
    }

    private static Object canonical(Object value) {
        return value instanceof Double d ? (Object) (d + 0.0) : value;
    }

    @Override
    public List<TestRow> time(long us) {
        watermark = Math.max(watermark, us);
        List<TestRow> due = new ArrayList<>();
        if (!windowed()) {
            if (watermark == Long.MAX_VALUE && !ended) {
                ended = true;
                if (windows.isEmpty() && op.keys().isEmpty()) {
                    due.add(row(0, List.of(), List.of()));
                }
                windows.values().forEach(w -> w.forEach((key, rows) -> due.add(row(0, key, rows))));
                windows.clear();
            }
            return due;
        }
        while (!windows.isEmpty() && windows.firstKey() + op.window().sizeUs() <= watermark) {
            var first = windows.pollFirstEntry();
            first.getValue().forEach((key, rows) -> due.add(row(first.getKey(), key, rows)));
        }
        return due;
    }

    private TestRow row(long start, List<Object> key, List<List<Object>> rows) {
        List<Object> values = new ArrayList<>(key);
        long time = maxEvent == Long.MIN_VALUE ? 0 : maxEvent;
        if (windowed()) {
            values.add(start);
            values.add(start + op.window().sizeUs());
            time = start + op.window().sizeUs() - 1;
        }
        values.addAll(results(rows));
        return new TestRow(0, 0, time, values);
    }

    private List<Object> results(List<List<Object>> rows) {
        List<Object> results = new ArrayList<>();
        for (AggregateCall call : op.aggregates()) {
            if (call.argument() < 0) {
                results.add((long) rows.size());
                continue;
            }
            List<Object> values =
                    rows.stream()
                            .map(row -> row.get(call.argument()))
                            .filter(java.util.Objects::nonNull)
                            .toList();
            FieldType type = op.input().schema().type(call.argument());
            results.add(result(call.function(), type, values));
        }
        return results;
    }

    private static Object result(AggregateFunction function, FieldType type, List<Object> values) {
        if (function == AggregateFunction.COUNT) {
            return (long) values.size();
        }
        if (values.isEmpty()) {
            return null;
        }
        boolean exact =
                function == AggregateFunction.AVG
                        ? type == FieldType.INTEGER
                        : type != FieldType.DOUBLE;
        return switch (function) {
            case SUM -> exact ? (Object) longs(values) : (Object) doubles(values);
            case AVG -> (exact ? (double) longs(values) : doubles(values)) / values.size();
            case MIN -> values.stream().reduce((a, b) -> Reference.compare(b, a) < 0 ? b : a).get();
            default -> values.stream().reduce((a, b) -> Reference.compare(b, a) > 0 ? b : a).get();
        };
    }

    private static long longs(List<Object> values) {
        long sum = 0;
        try {
            for (Object value : values) {
                sum = Math.addExact(sum, (Long) value);
            }
        } catch (ArithmeticException e) {
            throw new Reference.Failure(RowError.OVERFLOW);
        }
        return sum;
    }

    private static double doubles(List<Object> values) {
        double sum = 0;
        for (Object value : values) {
            sum += Reference.real(value);
        }
        return sum;
    }
}
