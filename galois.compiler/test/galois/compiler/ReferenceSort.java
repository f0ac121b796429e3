package galois.compiler;

import galois.api.plan.LogicalOp;
import galois.api.plan.Ranking;
import galois.api.plan.SortKey;
import galois.batch.RowError;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Order, numbers and limits in plain Java: everything is kept, sorted and cut at the end. */
final class ReferenceSort implements ReferenceState {
    private final LogicalOp.Sort op;
    private final TreeMap<Long, Map<List<Object>, List<TestRow>>> times = new TreeMap<>();
    private long watermark = Long.MIN_VALUE;
    private long came;
    private boolean ended;

    ReferenceSort(LogicalOp.Sort op) {
        this.op = op;
    }

    @Override
    public List<TestRow> add(TestRow row) {
        if (op.isLimit()) {
            came++;
            return isWanted(came) ? List.of(row) : List.of();
        }
        long time = 0;
        if (op.timeField() >= 0) {
            Object value = row.values().get(op.timeField());
            if (value == null) {
                throw new Reference.Failure(RowError.NO_TIME);
            }
            time = (Long) value;
            if (time > Long.MAX_VALUE - op.delayUs()) {
                throw new Reference.Failure(RowError.OVERFLOW);
            }
            if (time + op.delayUs() <= watermark) {
                throw new Reference.Failure(RowError.LATE);
            }
        } else if (ended) {
            throw new Reference.Failure(RowError.LATE);
        }
        List<Object> values = new ArrayList<>(row.values());
        List<Object> partition = new ArrayList<>();
        for (int field : op.partition()) {
            if (values.get(field) instanceof Double d) {
                values.set(field, d + 0.0);
            }
            partition.add(values.get(field));
        }
        times.computeIfAbsent(time, t -> new LinkedHashMap<>())
                .computeIfAbsent(partition, p -> new ArrayList<>())
                .add(new TestRow(0, 0, row.time(), values));
        return List.of();
    }

    private boolean isWanted(long number) {
        return number > op.offset() && (op.fetch() < 0 || number <= op.offset() + op.fetch());
    }

    @Override
    public List<TestRow> time(long us) {
        watermark = Math.max(watermark, us);
        List<TestRow> due = new ArrayList<>();
        boolean isEnd = watermark == Long.MAX_VALUE;
        ended |= isEnd;
        while (!times.isEmpty()
                && (op.timeField() < 0 ? isEnd : times.firstKey() + op.delayUs() <= watermark)) {
            times.pollFirstEntry().getValue().values().forEach(rows -> numbered(rows, due));
        }
        return due;
    }

    private void numbered(List<TestRow> rows, List<TestRow> due) {
        rows.sort((a, b) -> compare(a, b, op.order()));
        long rank = 0;
        long dense = 0;
        for (int i = 0; i < rows.size(); i++) {
            List<SortKey> ranked = op.order().subList(0, op.ranked());
            boolean isPeer = i > 0 && compare(rows.get(i - 1), rows.get(i), ranked) == 0;
            rank = isPeer ? rank : i + 1;
            dense = isPeer ? dense : dense + 1;
            if (isWanted(pick(op.cut(), i + 1, rank, dense))) {
                List<Object> values = new ArrayList<>(rows.get(i).values());
                for (Ranking ranking : op.rankings()) {
                    values.add(pick(ranking, i + 1, rank, dense));
                }
                due.add(new TestRow(0, 0, rows.get(i).time(), values));
            }
        }
    }

    private static long pick(Ranking ranking, long number, long rank, long dense) {
        return switch (ranking) {
            case ROW_NUMBER -> number;
            case RANK -> rank;
            case DENSE_RANK -> dense;
        };
    }

    static int compare(TestRow a, TestRow b, List<SortKey> keys) {
        for (SortKey key : keys) {
            Object x = a.values().get(key.field());
            Object y = b.values().get(key.field());
            int order;
            if (x == null || y == null) {
                order = Boolean.compare(x != null, y != null) * (key.nullsFirst() ? 1 : -1);
            } else {
                order = Reference.compare(x, y) * (key.descending() ? -1 : 1);
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
