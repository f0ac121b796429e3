package galois.compiler;

import static galois.compiler.ir.Value.i64;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.WindowBound;
import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The short way of a row among the first rows of its partition ({@link SortUpdate} is the long
 * one): most rows come behind those that are kept, and only their rank is looked at.
 */
final class SortHit extends ShortWay {
    private static final int KEYS_MAX = 4;
    private static final int FIELDS_MAX = 6;

    /** Steps that are written one after the other, without a loop. */
    private static final int STEPS_MAX = 3;

    private final SortParts parts;
    private final PackedRows rows;
    private final Stage stage;
    private final Set<Integer> columns;

    private SortHit(SortParts parts, PackedRows rows, Stage stage, List<Integer> keys) {
        super(parts.library(), parts.partitions(), parts.times(), parts.state().saving(), keys);
        this.parts = parts;
        this.rows = rows;
        this.stage = stage;
        this.columns = new TreeSet<>(keys);
        if (parts.shape().isTimed()) {
            columns.add(timeColumn(stage.projection().get(parts.shape().time())));
        }
        rows.own().forEach(field -> columns.add(column(field)));
    }

    /**
     * @param stage all that is ahead of the sort
     * @return {@code null} when its rows are not of the simple kind
     */
    static SortHit of(SortParts parts, PackedRows rows, Stage stage) {
        SortShape shape = parts.shape();
        List<Expr> from = stage.projection();
        List<Expr> keys = from.subList(0, shape.partition());
        boolean hasPlainKeys =
                keys.size() <= KEYS_MAX
                        && keys.stream().allMatch(key -> key instanceof Expr.Column)
                        && shape.partitionTypes().stream()
                                .noneMatch(type -> type.cell() == FieldType.Cell.F64);
        Expr time = shape.isTimed() ? from.get(shape.time()) : null;
        boolean hasPlainTime = time == null || timeColumn(time) >= 0;
        boolean hasPlainFields =
                rows.own().size() <= FIELDS_MAX
                        && rows.own().stream()
                                .map(from::get)
                                .allMatch(e -> e instanceof Expr.Column);
        return hasPlainKeys && hasPlainTime && hasPlainFields
                ? new SortHit(
                        parts,
                        rows,
                        stage,
                        keys.stream().map(key -> ((Expr.Column) key).index()).toList())
                : null;
    }

    /** The column that is the time, or that is in the tumbling window that ends then; or -1. */
    private static int timeColumn(Expr time) {
        return time instanceof Expr.Column column ? column.index() : tumblingColumn(time);
    }

    private static int tumblingColumn(Expr time) {
        return time instanceof Expr.Call call
                        && call.function() == Function.WINDOW_END
                        && call.operands().size() == 4
                        && call.operands().get(1).equals(call.operands().get(2))
                        && call.operands().get(0) instanceof Expr.Column column
                ? column.index()
                : -1;
    }

    /**
     * The fields that are the end of a tumbling window less a constant, and that one, where the end
     * is the time.
     *
     * @param stage all that is ahead of the sort
     */
    static Map<Integer, Long> lags(SortShape shape, Stage stage) {
        Map<Integer, Long> lags = new TreeMap<>();
        Expr time = shape.isTimed() ? stage.projection().get(shape.time()) : null;
        if (time == null || tumblingColumn(time) < 0) {
            return lags;
        }
        Expr.Call end = (Expr.Call) time;
        Expr start = new Expr.Call(Function.WINDOW_START, end.operands(), end.type());
        Expr timeOf = new Expr.Call(Function.WINDOW_TIME, List.of(end), end.type());
        for (int field = shape.partition(); field < shape.fields().size(); field++) {
            Expr expr = stage.projection().get(field);
            if (expr.equals(start)) {
                lags.put(field, ((Expr.Literal) end.operands().get(1)).asLong());
            } else if (expr.equals(timeOf)) {
                lags.put(field, WindowBound.TIME_US);
            }
        }
        return lags;
    }

    /** The column that a field of its own is. */
    private int column(int field) {
        return ((Expr.Column) stage.projection().get(field)).index();
    }

    private long windowUs() {
        Expr time = stage.projection().get(parts.shape().time());
        return time instanceof Expr.Call end ? ((Expr.Literal) end.operands().get(1)).asLong() : 0;
    }

    @Override
    Set<Integer> columns() {
        return columns;
    }

    @Override
    boolean insertsInPlace() {
        return parts.partitions().keys().texts().isEmpty()
                && parts.shape().partition() <= KEYS_IN_PLACE_MAX;
    }

    /** An order without rows makes the places free; what is there does not matter. */
    @Override
    void clear(Code code, Value payload) {
        code.storeWide(payload, 0, i64(0));
    }

    @Override
    int weight() {
        return searchWeight() + 300 + 70 * STEPS_MAX + 40 * rows.own().size();
    }

    @Override
    void window(Code code, RowView input, Value start, Label otherwise) {
        if (!parts.shape().isTimed()) {
            return;
        }
        Value time = input.cell(timeColumn(stage.projection().get(parts.shape().time())));
        long size = windowUs();
        if (size == 0) {
            code.jumpIf(time.ne(start), otherwise);
        } else {
            Value into = time.minus(start.minus(i64(size)));
            code.jumpIf(into.geUnsigned(i64(size)), otherwise);
        }
    }

    @Override
    void take(Code code, RowView input, Value slot, Value heap, Value start, Label otherwise) {
        Value rank = rank(code, input);
        Value order = code.let(PackedRows.order(heap));
        Local shift = code.var(PackedRows.end(order));
        Local place = code.var(order.and(15));
        Local grows = code.var(i64(1));
        code.block(
                dropped -> {
                    code.when(
                            shift.get().eq(4L * (rows.rowsMax() + 1)),
                            () -> {
                                code.set(shift, i64(4L * rows.rowsMax()));
                                code.set(place, order.ushr(shift.get()).and(15));
                                code.set(grows, i64(0));
                                Value last = code.let(PackedRows.rankAt(heap, place.get().wrap()));
                                tie(code, rank, last, otherwise);
                                code.jumpIf(rank.ge(last), dropped);
                            });
                    code.block(found -> find(code, heap, order, rank, shift, otherwise, found));
                    Value value = rows.with(code, order, shift.get(), place.get(), grows.get());
                    code.storeWide(heap, 0, value);
                    Value at = place.get().wrap();
                    PackedRows.setRank(code, heap, at, rank);
                    write(code, input, code.let(rows.at(heap, at)));
                });
    }

    /** Brings the bits to where the row belongs. */
    private void find(
            Code code,
            Value heap,
            Value order,
            Value rank,
            Local shift,
            Label otherwise,
            Label found) {
        if (rows.rowsMax() > STEPS_MAX) {
            code.loop(
                    again -> {
                        step(code, heap, order, rank, shift, otherwise, found);
                        code.jump(again);
                    });
            return;
        }
        for (int i = 0; i < rows.rowsMax(); i++) {
            step(code, heap, order, rank, shift, otherwise, found);
        }
    }

    private void step(
            Code code,
            Value heap,
            Value order,
            Value rank,
            Local shift,
            Label otherwise,
            Label found) {
        code.jumpIf(shift.get().eq(4), found);
        Value up = code.let(shift.get().minus(i64(4)));
        Value at = PackedRows.place(order, up);
        Value other = code.let(PackedRows.rankAt(heap, at));
        tie(code, rank, other, otherwise);
        code.jumpIf(rank.ge(other), found);
        code.set(shift, up);
    }

    private void tie(Code code, Value rank, Value other, Label otherwise) {
        if (!rows.isExact()) {
            code.jumpIf(rank.eq(other), otherwise);
        }
    }

    private Value rank(Code code, RowView input) {
        if (rows.first() == null) {
            return i64(0);
        }
        return rows.rank(code, input, column(rows.own().get(rows.first().field())));
    }

    private void write(Code code, RowView input, Value kept) {
        rows.write(code, kept, input.eventTime(), i64(0));
        for (int i = 0; i < rows.own().size(); i++) {
            rows.cell(code, kept, i, input.cell(column(rows.own().get(i))));
        }
    }
}
