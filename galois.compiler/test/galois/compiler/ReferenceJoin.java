package galois.compiler;

import galois.api.plan.AsofMatch;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.JoinKind;
import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.batch.RowError;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A join in plain Java: every pair is looked at, rows leave when their time has passed. */
final class ReferenceJoin implements ReferenceState {
    private static final long AT_END = Long.MAX_VALUE - 1;

    /** A kept row. */
    private static final class Entry {
        final TestRow row;
        final long leaves;
        boolean matched;

        Entry(TestRow row, long leaves) {
            this.row = row;
            this.leaves = leaves;
        }
    }

    private final LogicalOp.Join op;
    private final List<Expr.Literal> parameters;

    /** Of each side, in the order in which they leave. */
    private final List<List<Entry>> sides = List.of(new ArrayList<>(), new ArrayList<>());

    private long watermark = Long.MIN_VALUE;

    /** Of a lookup: rows of the version that is not complete, its number, the last that was. */
    private final List<Entry> building = new ArrayList<>();

    private long version = Long.MIN_VALUE;
    private long complete = Long.MIN_VALUE;

    ReferenceJoin(LogicalOp.Join op, List<Expr.Literal> parameters) {
        this.op = op;
        this.parameters = parameters;
    }

    @Override
    public List<TestRow> add(TestRow row) {
        throw new IllegalArgumentException("a join has two sides");
    }

    @Override
    public List<TestRow> add(int side, TestRow row) {
        boolean isTimed = op.time() != null;
        if (isLookup() && side == 1) {
            begin(row.time());
            building.add(new Entry(row, AT_END));
            return List.of();
        }
        if (isTimed && row.time() < watermark) {
            throw new Reference.Failure(RowError.LATE);
        }
        boolean matchable = isMatchable(side, row);
        Entry own = new Entry(row, isTimed ? leaves(side, row, matchable) : AT_END);
        List<TestRow> results = new ArrayList<>();
        if (isAsof() && !isTimed && side == 0) {
            nearest(own, results);
            return results;
        }
        if (!isTimed && side == 0) {
            match(side, own, matchable, results);
            if (!own.matched && op.kind().keepsUnmatched(0)) {
                results.add(alone(side, own));
            }
            return results;
        }
        if (isTimed && !isAsof()) {
            match(side, own, matchable, results);
        }
        sides.get(side).add(own);
        sides.get(side).sort(Comparator.comparingLong(entry -> entry.leaves));
        return results;
    }

    private boolean isLookup() {
        return op.mode() == JoinMode.LOOKUP;
    }

    private boolean isAsof() {
        return op.mode() == JoinMode.ASOF;
    }

    /** Of all right rows there ever were the nearest one that matches. */
    private void nearest(Entry left, List<TestRow> results) {
        AsofMatch match = AsofMatch.of(op);
        List<Object> best = null;
        for (Entry right : sides.get(1)) {
            List<Object> values = new ArrayList<>(left.row.values());
            values.addAll(right.row.values());
            if (new Reference(values, parameters).passes(List.of(op.condition()))) {
                int column = op.left().schema().size() + match.right();
                int order =
                        best == null
                                ? 0
                                : Long.compare((Long) values.get(column), (Long) best.get(column));
                boolean isNearer = match.isBefore() ? order >= 0 : order < 0;
                best = best == null || isNearer ? values : best;
            }
        }
        if (best != null) {
            results.add(new TestRow(0, 0, left.row.time(), best));
        } else if (op.kind().keepsUnmatched(0)) {
            results.add(alone(0, left));
        }
    }

    private void begin(long number) {
        if (version != number) {
            building.clear();
            version = number;
        }
    }

    /** A version is complete, or, at the end, whatever there is. */
    void version(long us) {
        if (us <= complete) {
            return;
        }
        boolean isEnd = us == Long.MAX_VALUE;
        boolean nothing = isEnd && version == Long.MIN_VALUE && complete != Long.MIN_VALUE;
        complete = us;
        if (nothing) {
            return;
        }
        if (!isEnd) {
            begin(us);
        }
        sides.get(1).clear();
        sides.get(1).addAll(building);
        building.clear();
        version = Long.MIN_VALUE;
    }

    private boolean isMatchable(int side, TestRow row) {
        int leftFields = op.left().schema().size();
        for (Expr conjunct : Expressions.conjuncts(List.of(op.condition()))) {
            if (conjunct instanceof Expr.Call call && call.function() == Function.EQUAL) {
                for (Expr operand : call.operands()) {
                    int index = ((Expr.Column) operand).index();
                    boolean isOwn = index < leftFields == (side == 0);
                    if (isOwn && row.values().get(side == 0 ? index : index - leftFields) == null) {
                        return false;
                    }
                }
            }
        }
        return op.time() == null || row.values().get(timeField(side)) != null;
    }

    private int timeField(int side) {
        return side == 0 ? op.time().left() : op.time().right();
    }

    private long leaves(int side, TestRow row, boolean matchable) {
        boolean isAtOnce = isAsof() ? row.values().get(timeField(side)) == null : !matchable;
        if (isAtOnce) {
            return Long.MIN_VALUE;
        }
        long time = (Long) row.values().get(timeField(side));
        return time + (side == 0 ? op.time().leftKeepUs() : op.time().rightKeepUs());
    }

    private void match(int side, Entry own, boolean matchable, List<TestRow> results) {
        boolean leftOnly = !op.kind().hasRight();
        for (Entry other : matchable ? sides.get(1 - side) : List.<Entry>of()) {
            Entry left = side == 0 ? own : other;
            Entry right = side == 0 ? other : own;
            if (leftOnly && left.matched || !isMatchable(1 - side, other.row)) {
                continue;
            }
            List<Object> values = new ArrayList<>(left.row.values());
            values.addAll(right.row.values());
            long time = isLookup() ? left.row.time() : Math.max(left.row.time(), right.row.time());
            try {
                if (!new Reference(values, parameters).passes(List.of(op.condition()))) {
                    continue;
                }
            } catch (Reference.Failure failure) {
                results.add(TestRow.error(time, failure.code));
                continue;
            }
            left.matched = true;
            right.matched = true;
            if (op.kind() == JoinKind.SEMI) {
                results.add(left.row);
            } else if (op.kind() != JoinKind.ANTI) {
                results.add(new TestRow(0, 0, time, values));
            }
        }
    }

    private TestRow alone(int side, Entry entry) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            LogicalOp input = op.inputs().get(i);
            if (i == side) {
                values.addAll(entry.row.values());
            } else if (i == 0 || op.kind().hasRight()) {
                input.schema().fields().forEach(field -> values.add(null));
            }
        }
        return new TestRow(0, 0, entry.row.time(), values);
    }

    @Override
    public List<TestRow> time(long us) {
        if (isLookup()) {
            return List.of();
        }
        watermark = Math.max(watermark, us);
        List<TestRow> due = new ArrayList<>();
        if (isAsof()) {
            List<Entry> lefts = sides.get(0);
            while (!lefts.isEmpty() && lefts.get(0).leaves < watermark) {
                nearest(lefts.remove(0), due);
            }
            return due;
        }
        for (int side = 0; side < 2; side++) {
            List<Entry> entries = sides.get(side);
            while (!entries.isEmpty() && entries.get(0).leaves < watermark) {
                Entry entry = entries.remove(0);
                if (!entry.matched && op.kind().keepsUnmatched(side)) {
                    due.add(alone(side, entry));
                }
            }
        }
        return due;
    }
}
