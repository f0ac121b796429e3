package galois.compiler;

import galois.api.plan.LogicalOp;
import galois.batch.RowError;
import galois.batch.RowKind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An aggregate whose result is updated, in plain Java. */
final class ReferenceUpdates implements ReferenceState {
    private static final class Group {
        List<ReferenceAccumulator> values;
        long time = Long.MIN_VALUE;
        boolean changed;
        TestRow shown;
    }

    private final LogicalOp.WindowAggregate op;
    private final UnaryOperator<TestRow> outcome;
    private Map<List<Object>, Group> groups = new LinkedHashMap<>();
    private Map<List<Object>, Group> older = new LinkedHashMap<>();
    private long nextUpdate = Long.MIN_VALUE;
    private long nextGeneration;
    private boolean ended;

    /**
     * @param outcome what becomes of a result row: a row, an error row or null
     */
    ReferenceUpdates(LogicalOp.WindowAggregate op, UnaryOperator<TestRow> outcome) {
        this.op = op;
        this.outcome = outcome;
    }

    @Override
    public List<TestRow> add(TestRow row) {
        if (ended) {
            throw new Reference.Failure(RowError.LATE);
        }
        List<Object> key = new ArrayList<>();
        op.keys().forEach(f -> key.add(ReferenceAggregate.canonical(row.values().get(f))));
        Group group = groups.get(key);
        boolean moves = group == null && older.containsKey(key);
        if (moves) {
            group = older.remove(key);
            groups.put(key, group);
            group.changed = true;
        } else if (group == null) {
            group = new Group();
            group.values = ReferenceAggregate.fresh(op);
        }
        group.values.forEach(value -> value.check(row));
        group.values.forEach(value -> value.add(row));
        group.time = Math.max(group.time, row.time());
        group.changed = true;
        groups.put(key, group);
        return List.of();
    }

    @Override
    public List<TestRow> time(long us) {
        List<TestRow> rows = new ArrayList<>();
        if (us == Long.MAX_VALUE) {
            if (op.keys().isEmpty() && groups.isEmpty() && older.isEmpty() && !ended) {
                Group only = new Group();
                only.values = ReferenceAggregate.fresh(op);
                only.changed = true;
                groups.put(List.of(), only);
            }
            changes(rows);
            ended = true;
        }
        return rows;
    }

    @Override
    public List<TestRow> clock(long us) {
        List<TestRow> rows = new ArrayList<>();
        long every = op.window().sizeUs();
        long keep = op.window().slideUs();
        boolean turns = keep > 0 && nextGeneration != 0 && us >= nextGeneration;
        if (keep > 0 && (nextGeneration == 0 || turns)) {
            nextGeneration = us + keep;
        }
        if (us >= nextUpdate || turns) {
            nextUpdate = every > 0 ? us - us % every + every : nextUpdate;
            changes(rows);
        }
        if (turns) {
            older.forEach((key, group) -> forget(group, rows));
            older = groups;
            groups = new LinkedHashMap<>();
        }
        return rows;
    }

    private void forget(Group group, List<TestRow> rows) {
        if (group.shown != null && !op.aggregates().isEmpty()) {
            rows.add(of(group.shown, RowKind.DELETE));
        }
    }

    private void changes(List<TestRow> rows) {
        older.forEach((key, group) -> change(key, group, rows));
        groups.forEach((key, group) -> change(key, group, rows));
    }

    private void change(List<Object> key, Group group, List<TestRow> rows) {
        if (!group.changed) {
            return;
        }
        group.changed = false;
        List<Object> values = new ArrayList<>(key);
        group.values.forEach(value -> values.add(value.result()));
        TestRow now = new TestRow(0, 0, group.time == Long.MIN_VALUE ? 0 : group.time, values);
        TestRow before = group.shown;
        if (before != null && before.values().equals(values)) {
            return;
        }
        TestRow out = outcome.apply(now);
        boolean shows = out != null && out.kind() != RowKind.ERROR;
        if (before != null) {
            rows.add(of(before, shows ? RowKind.UPDATE_BEFORE : RowKind.DELETE));
        }
        int kind = before == null ? RowKind.INSERT : RowKind.UPDATE_AFTER;
        if (out != null) {
            rows.add(shows ? of(now, kind) : out);
        }
        group.shown = shows ? now : null;
    }

    private static TestRow of(TestRow row, int kind) {
        return new TestRow(kind, 0, row.time(), row.values());
    }
}
