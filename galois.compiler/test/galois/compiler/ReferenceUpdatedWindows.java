package galois.compiler;

import galois.api.plan.LogicalOp;
import galois.api.plan.Window;
import galois.batch.RowError;
import galois.batch.RowKind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Windows that late rows update for a while, in plain Java. */
final class ReferenceUpdatedWindows implements ReferenceState {
    private static final class Group {
        List<ReferenceAccumulator> values;
        boolean changed;
        TestRow shown;
    }

    private final LogicalOp.WindowAggregate op;
    private final Window window;
    private final UnaryOperator<TestRow> outcome;
    private final TreeMap<Long, Map<List<Object>, Group>> byEnd = new TreeMap<>();
    private long watermark = Long.MIN_VALUE;

    /**
     * @param outcome what becomes of a result row: a row, an error row or null
     */
    ReferenceUpdatedWindows(LogicalOp.WindowAggregate op, UnaryOperator<TestRow> outcome) {
        this.op = op;
        this.window = op.window();
        this.outcome = outcome;
    }

    @Override
    public List<TestRow> add(TestRow row) {
        List<Object> key = new ArrayList<>();
        op.keys().forEach(f -> key.add(ReferenceAggregate.canonical(row.values().get(f))));
        Object time = row.values().get(window.timeField());
        if (time == null) {
            throw new Reference.Failure(RowError.NO_TIME);
        }
        long t = (Long) time;
        long reach = 2 * window.sizeUs() + window.allowUs();
        if (t < Long.MIN_VALUE + reach || t > Long.MAX_VALUE - reach) {
            throw new Reference.Failure(RowError.OVERFLOW);
        }
        boolean isAttached = window.kind() == Window.Kind.ATTACHED;
        long start = isAttached ? t : t - Math.floorMod(t - window.offsetUs(), window.sizeUs());
        long end = start + window.sizeUs();
        if (end + window.allowUs() <= watermark) {
            throw new Reference.Failure(RowError.LATE);
        }
        Map<List<Object>, Group> groups = byEnd.getOrDefault(end, new LinkedHashMap<>());
        Group known = groups.get(key);
        Group group = known == null ? new Group() : known;
        if (known == null) {
            group.values = ReferenceAggregate.fresh(op);
        }
        group.values.forEach(value -> value.check(row));
        group.values.forEach(value -> value.add(row));
        group.changed = true;
        groups.put(key, group);
        byEnd.put(end, groups);
        return List.of();
    }

    @Override
    public List<TestRow> time(long us) {
        watermark = Math.max(watermark, us);
        List<TestRow> rows = new ArrayList<>();
        byEnd.headMap(watermark, true)
                .forEach(
                        (end, groups) ->
                                groups.forEach((key, group) -> change(end, key, group, rows)));
        byEnd.keySet().removeIf(end -> end + window.allowUs() <= watermark);
        return rows;
    }

    private void change(long end, List<Object> key, Group group, List<TestRow> rows) {
        if (!group.changed) {
            return;
        }
        group.changed = false;
        List<Object> values = new ArrayList<>(key);
        if (window.hasBounds()) {
            values.add(end - window.sizeUs());
            values.add(end);
        }
        group.values.forEach(value -> values.add(value.result()));
        TestRow now = new TestRow(0, 0, end - 1, values);
        TestRow before = group.shown;
        if (before != null && before.values().equals(values)) {
            return;
        }
        TestRow out = outcome.apply(now);
        boolean shows = out != null && out.kind() != RowKind.ERROR;
        if (before != null) {
            rows.add(of(before, shows ? RowKind.UPDATE_BEFORE : RowKind.DELETE));
        }
        if (out != null) {
            int kind = before == null ? RowKind.INSERT : RowKind.UPDATE_AFTER;
            rows.add(shows ? of(now, kind) : out);
        }
        group.shown = shows ? now : null;
    }

    private static TestRow of(TestRow row, int kind) {
        return new TestRow(kind, 0, row.time(), row.values());
    }
}
