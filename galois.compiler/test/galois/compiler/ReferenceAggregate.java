package galois.compiler;

import galois.api.plan.AggregateCall;
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
    /** Groups by key, in the order in which they came. */
    private static final class Groups
            extends LinkedHashMap<List<Object>, List<ReferenceAccumulator>> {
        private static final long serialVersionUID = 1;
    }

    private static final class Session {
        long first;
        long last;
        List<ReferenceAccumulator> group;
    }

    private final LogicalOp.WindowAggregate op;
    private final Window window;

    /** By start of a window or pane. */
    private final TreeMap<Long, Groups> windows = new TreeMap<>();

    private final Map<List<Object>, List<Session>> sessions = new LinkedHashMap<>();
    private long watermark = Long.MIN_VALUE;
    private long maxEvent = Long.MIN_VALUE;
    private boolean ended;

    ReferenceAggregate(LogicalOp.WindowAggregate op) {
        this.op = op;
        this.window = op.window();
    }

    @Override
    public List<TestRow> add(TestRow row) {
        List<Object> key = new ArrayList<>();
        op.keys().forEach(field -> key.add(canonical(row.values().get(field))));
        switch (window.kind()) {
            case NONE -> {
                if (ended) {
                    throw new Reference.Failure(RowError.LATE);
                }
                group(row, 0, key);
            }
            case TUMBLE -> {
                long start = floor(time(row), window.sizeUs());
                checkLate(start + window.sizeUs());
                group(row, start, key);
            }
            case ATTACHED -> {
                long end = time(row) + window.sizeUs();
                checkLate(end);
                group(row, end, key);
            }
            case HOP -> {
                long lastEnd = floor(time(row), window.slideUs()) + window.sizeUs();
                if (lastEnd <= time(row)) {
                    return List.of();
                }
                checkLate(lastEnd);
                group(row, floor(time(row), window.paneUs()), key);
            }
            case SESSION -> session(row, key);
            case UPDATING -> throw new AssertionError(window);
        }
        maxEvent = Math.max(maxEvent, row.time());
        return List.of();
    }

    private long time(TestRow row) {
        Object time = row.values().get(window.timeField());
        if (time == null) {
            throw new Reference.Failure(RowError.NO_TIME);
        }
        long reach =
                window.kind() == Window.Kind.HOP
                        ? 4 * Math.max(window.sizeUs(), window.slideUs())
                        : 2 * window.sizeUs();
        long t = (Long) time;
        if (t < Long.MIN_VALUE + reach || t > Long.MAX_VALUE - reach) {
            throw new Reference.Failure(RowError.OVERFLOW);
        }
        return t;
    }

    private long floor(long time, long step) {
        return time - Math.floorMod(time - window.offsetUs(), step);
    }

    private void checkLate(long end) {
        if (end <= watermark) {
            throw new Reference.Failure(RowError.LATE);
        }
    }

    static List<ReferenceAccumulator> fresh(LogicalOp.WindowAggregate op) {
        List<ReferenceAccumulator> group = new ArrayList<>();
        for (AggregateCall call : op.aggregates()) {
            FieldType type = call.argument() < 0 ? null : op.input().schema().type(call.argument());
            group.add(new ReferenceAccumulator(call, type));
        }
        return group;
    }

    private void group(TestRow row, long start, List<Object> key) {
        Groups groups = windows.getOrDefault(start, new Groups());
        List<ReferenceAccumulator> group = groups.getOrDefault(key, fresh(op));
        group.forEach(accumulator -> accumulator.check(row));
        group.forEach(accumulator -> accumulator.add(row));
        groups.put(key, group);
        windows.put(start, groups);
    }

    private void session(TestRow row, List<Object> key) {
        long t = time(row);
        long gap = window.sizeUs();
        List<Session> all = sessions.getOrDefault(key, new ArrayList<>());
        List<Session> near = new ArrayList<>();
        all.stream()
                .filter(s -> s.first < t + gap && s.last + gap > t)
                .sorted((a, b) -> Long.compare(a.first, b.first))
                .forEach(near::add);
        if (near.isEmpty()) {
            checkLate(t + gap);
            Session session = new Session();
            session.first = t;
            session.last = t;
            session.group = fresh(op);
            near.add(session);
        }
        Session session = near.get(0);
        if (near.size() > 1) {
            merge(session.group, near.get(1).group);
            session.last = near.get(1).last;
            all.remove(near.get(1));
        }
        session.group.forEach(accumulator -> accumulator.check(row));
        session.group.forEach(accumulator -> accumulator.add(row));
        session.first = Math.min(session.first, t);
        session.last = Math.max(session.last, t);
        if (!all.contains(session)) {
            all.add(session);
        }
        sessions.put(key, all);
    }

    private static void merge(List<ReferenceAccumulator> into, List<ReferenceAccumulator> from) {
        for (int i = 0; i < into.size(); i++) {
            into.get(i).checkMerge(from.get(i));
        }
        for (int i = 0; i < into.size(); i++) {
            into.get(i).merge(from.get(i));
        }
    }

    static Object canonical(Object value) {
        return value instanceof Double d ? (Object) (d + 0.0) : value;
    }

    @Override
    public List<TestRow> time(long us) {
        long before = watermark;
        watermark = Math.max(watermark, us);
        List<TestRow> due = new ArrayList<>();
        switch (window.kind()) {
            case NONE -> all(due);
            case TUMBLE, ATTACHED -> {
                while (!windows.isEmpty() && windows.firstKey() + size() <= watermark) {
                    var first = windows.pollFirstEntry();
                    long end = first.getKey() + size();
                    first.getValue().forEach((key, g) -> due.add(row(first.getKey(), end, key, g)));
                }
            }
            case HOP -> hops(before, due);
            case SESSION -> sessions(due);
            case UPDATING -> throw new AssertionError(window);
        }
        return due;
    }

    private long size() {
        return window.kind() == Window.Kind.ATTACHED ? 0 : window.sizeUs();
    }

    private void all(List<TestRow> due) {
        if (watermark == Long.MAX_VALUE && !ended) {
            ended = true;
            if (windows.isEmpty() && op.keys().isEmpty()) {
                due.add(row(0, 0, List.of(), fresh(op)));
            }
            windows.values().forEach(w -> w.forEach((key, g) -> due.add(row(0, 0, key, g))));
            windows.clear();
        }
    }

    private void hops(long before, List<TestRow> due) {
        while (!windows.isEmpty()) {
            long pane = windows.firstKey();
            long size = window.sizeUs();
            long last = floor(pane, window.slideUs());
            long start = last;
            while (start - window.slideUs() + size > pane) {
                start -= window.slideUs();
            }
            for (; start <= last; start += window.slideUs()) {
                if (start + size > watermark) {
                    return;
                }
                if (start + size > before) {
                    hop(start, due);
                    before = start + size;
                }
            }
            windows.pollFirstEntry();
        }
    }

    private void hop(long start, List<TestRow> due) {
        Groups merged = new Groups();
        Map<List<Object>, Integer> refused = new LinkedHashMap<>();
        long end = start + window.sizeUs();
        for (Groups pane : windows.subMap(start, end).values()) {
            pane.forEach(
                    (key, group) -> {
                        List<ReferenceAccumulator> into =
                                merged.computeIfAbsent(key, k -> fresh(op));
                        try {
                            if (!refused.containsKey(key)) {
                                merge(into, group);
                            }
                        } catch (Reference.Failure failure) {
                            refused.put(key, failure.code);
                        }
                    });
        }
        merged.forEach(
                (key, group) ->
                        due.add(
                                refused.containsKey(key)
                                        ? TestRow.error(end - 1, refused.get(key))
                                        : row(start, end, key, group)));
    }

    private void sessions(List<TestRow> due) {
        sessions.forEach(
                (key, list) -> {
                    for (Session session : List.copyOf(list)) {
                        long end = session.last + window.sizeUs();
                        if (end <= watermark) {
                            due.add(row(session.first, end, key, session.group));
                            list.remove(session);
                        }
                    }
                });
    }

    private TestRow row(long start, long end, List<Object> key, List<ReferenceAccumulator> group) {
        List<Object> values = new ArrayList<>(key);
        if (window.hasBounds()) {
            values.add(start);
            values.add(end);
        }
        group.forEach(accumulator -> values.add(accumulator.result()));
        long time =
                window.kind() != Window.Kind.NONE
                        ? end - 1
                        : maxEvent == Long.MIN_VALUE ? 0 : maxEvent;
        return new TestRow(0, 0, time, values);
    }
}
