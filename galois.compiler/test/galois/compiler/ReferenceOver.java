package galois.compiler;

import galois.api.plan.AggregateCall;
import galois.api.plan.Over;
import galois.api.plan.OverCall;
import galois.api.plan.OverFrame;
import galois.api.plan.SortKey;
import galois.batch.FieldType;
import galois.batch.RowError;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** OVER in plain Java: whole partitions are kept, every frame is computed of its rows. */
final class ReferenceOver implements ReferenceState {
    private final Over op;
    private final List<TestRow> waiting = new ArrayList<>();
    private final Map<List<Object>, Partition> partitions = new HashMap<>();
    private long watermark = Long.MIN_VALUE;
    private boolean ended;

    ReferenceOver(Over op) {
        this.op = op;
    }

    private static final class Partition {
        final List<TestRow> rows = new ArrayList<>();
        final Map<OverFrame, Running> running = new HashMap<>();
        long dense;
        int peers;
        int peersEnd;
    }

    /** Aggregates of a frame that begins with the partition, and how many rows were seen. */
    private record Running(List<ReferenceAccumulator> accumulators, int[] to) {}

    @Override
    public List<TestRow> add(TestRow row) {
        if (op.timeField() >= 0) {
            Object time = row.values().get(op.timeField());
            if (time == null) {
                throw new Reference.Failure(RowError.NO_TIME);
            }
            if ((Long) time > Long.MAX_VALUE - 1 - op.delayUs()) {
                throw new Reference.Failure(RowError.OVERFLOW);
            }
            if ((Long) time + op.delayUs() <= watermark) {
                throw new Reference.Failure(RowError.LATE);
            }
        } else if (ended) {
            throw new Reference.Failure(RowError.LATE);
        }
        List<Object> values = new ArrayList<>(row.values());
        for (int field : op.partition()) {
            values.set(field, ReferenceAggregate.canonical(values.get(field)));
        }
        waiting.add(new TestRow(0, 0, row.time(), values));
        return List.of();
    }

    private List<SortKey> together() {
        List<SortKey> keys = new ArrayList<>();
        if (op.timeField() >= 0) {
            keys.add(SortKey.ascending(op.timeField()));
        }
        op.partition().forEach(field -> keys.add(SortKey.ascending(field)));
        return keys;
    }

    @Override
    public List<TestRow> time(long us) {
        watermark = Math.max(watermark, us);
        boolean isEnd = watermark == Long.MAX_VALUE;
        ended |= isEnd;
        List<SortKey> keys = together();
        keys.addAll(op.order());
        waiting.sort((a, b) -> ReferenceSort.compare(a, b, keys));
        List<TestRow> given = new ArrayList<>();
        while (!waiting.isEmpty() && (op.timeField() < 0 ? isEnd : isDue(waiting.get(0)))) {
            TestRow first = waiting.get(0);
            List<Object> key = op.partition().stream().map(first.values()::get).toList();
            Partition partition =
                    op.goesOn()
                            ? partitions.computeIfAbsent(key, k -> new Partition())
                            : new Partition();
            int next = partition.rows.size();
            while (!waiting.isEmpty()
                    && ReferenceSort.compare(first, waiting.get(0), together()) == 0) {
                partition.rows.add(waiting.remove(0));
            }
            for (int at = next; at < partition.rows.size(); at++) {
                row(partition, at, given);
            }
        }
        return given;
    }

    private boolean isDue(TestRow row) {
        return (Long) row.values().get(op.timeField()) + op.delayUs() <= watermark;
    }

    private void row(Partition partition, int at, List<TestRow> given) {
        List<TestRow> rows = partition.rows;
        TestRow row = rows.get(at);
        if (at >= partition.peersEnd) {
            partition.peers = at;
            partition.peersEnd = at + 1;
            partition.dense++;
            while (partition.peersEnd < rows.size()
                    && ReferenceSort.compare(row, rows.get(partition.peersEnd), op.order()) == 0) {
                partition.peersEnd++;
            }
        }
        int[] status = {0};
        Map<OverFrame, int[]> bounds = new HashMap<>();
        Map<Integer, Object> results = new HashMap<>();
        Map<OverFrame, List<Integer>> frames = new LinkedHashMap<>();
        for (int i = 0; i < op.calls().size(); i++) {
            if (op.calls().get(i).function().isOfFrame()) {
                frames.computeIfAbsent(op.calls().get(i).frame(), f -> new ArrayList<>()).add(i);
            }
        }
        long behind = at + 1 - op.first();
        boolean isWanted = behind >= 0 && behind % op.every() == 0;
        for (OverFrame frame : frames.keySet()) {
            int end = end(partition, frame, at);
            int start =
                    frame.isFromFirst() ? 0 : Math.min(start(partition, frame, at), rows.size());
            bounds.put(frame, new int[] {start, end});
            if (frame.isFromFirst() || isWanted) {
                aggregates(partition, frame, frames.get(frame), start, end, results, status);
            }
        }
        if (!isWanted) {
            return;
        }
        if (status[0] != 0) {
            given.add(TestRow.error(row.time(), status[0]));
            return;
        }
        List<Object> values = new ArrayList<>(row.values());
        for (int i = 0; i < op.calls().size(); i++) {
            OverCall call = op.calls().get(i);
            values.add(
                    call.aggregate() != null
                            ? results.get(i)
                            : value(partition, call, at, bounds.get(call.frame())));
        }
        given.add(new TestRow(0, 0, row.time(), values));
    }

    private int end(Partition partition, OverFrame frame, int at) {
        int size = partition.rows.size();
        if (frame.following() == OverFrame.UNBOUNDED) {
            return size;
        }
        return frame.isRows()
                ? (int) Math.max(0, Math.min(size, at + frame.following() + 1))
                : partition.peersEnd;
    }

    private int start(Partition partition, OverFrame frame, int at) {
        if (frame.isRows()) {
            return (int) Math.max(0, at - frame.preceding());
        }
        int field = op.order().get(0).field();
        Object time = partition.rows.get(at).values().get(field);
        if (time == null) {
            return partition.peers;
        }
        int start = 0;
        while (true) {
            Object other = partition.rows.get(start).values().get(field);
            if (other != null
                    && Long.compareUnsigned((Long) time - (Long) other, frame.preceding()) <= 0) {
                return start;
            }
            start++;
        }
    }

    private void aggregates(
            Partition partition,
            OverFrame frame,
            List<Integer> calls,
            int start,
            int end,
            Map<Integer, Object> results,
            int[] status) {
        List<Integer> aggregates =
                calls.stream().filter(i -> op.calls().get(i).aggregate() != null).toList();
        Running running =
                frame.isFromFirst()
                        ? partition.running.computeIfAbsent(
                                frame, f -> new Running(fresh(aggregates), new int[1]))
                        : new Running(fresh(aggregates), new int[] {start});
        for (; running.to[0] < end; running.to[0]++) {
            TestRow row = partition.rows.get(running.to[0]);
            TestRow numbered = new TestRow(0, 0, running.to[0], row.values());
            try {
                running.accumulators.forEach(a -> a.check(numbered));
                running.accumulators.forEach(a -> a.add(numbered));
            } catch (Reference.Failure failure) {
                status[0] = failure.code;
            }
        }
        for (int i = 0; i < aggregates.size(); i++) {
            results.put(aggregates.get(i), running.accumulators.get(i).result());
        }
    }

    private List<ReferenceAccumulator> fresh(List<Integer> calls) {
        List<ReferenceAccumulator> fresh = new ArrayList<>();
        for (int i : calls) {
            AggregateCall call = op.calls().get(i).aggregate();
            FieldType type = call.argument() < 0 ? null : op.input().schema().type(call.argument());
            fresh.add(new ReferenceAccumulator(call, type));
        }
        return fresh;
    }

    private Object value(Partition partition, OverCall call, int at, int[] bounds) {
        return switch (call.function()) {
            case ROW_NUMBER -> (Object) (at + 1L);
            case RANK -> partition.peers + 1L;
            case DENSE_RANK -> partition.dense;
            case LAG -> pick(partition, call, at - call.offset(), 0, partition.rows.size());
            case LEAD -> pick(partition, call, at + call.offset(), 0, partition.rows.size());
            case FIRST_VALUE -> pick(partition, call, bounds[0], bounds[0], bounds[1]);
            case LAST_VALUE -> pick(partition, call, bounds[1] - 1, bounds[0], bounds[1]);
            case NTH_VALUE ->
                    pick(partition, call, bounds[0] + call.offset() - 1, bounds[0], bounds[1]);
            case AGGREGATE -> throw new AssertionError(call);
        };
    }

    private static Object pick(Partition partition, OverCall call, long at, int from, int to) {
        return at < from || at >= to
                ? null
                : partition.rows.get((int) at).values().get(call.argument());
    }
}
