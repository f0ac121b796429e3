package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.F64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.plan.Expr;
import galois.batch.FieldType;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.TableSearch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The short way of a row into its group, written into the loop: for a row without NULL in the
 * window used last. That is nearly every row. Any other takes the long way ({@link
 * AggregateUpdate}), which would do the same to this one.
 */
final class AggregateHit {
    private static final int KEYS_MAX = 4;
    private static final int ACCUMULATORS_MAX = 6;

    /** Keys, and accumulators, of a group that is made in the loop. */
    private static final int IN_PLACE_MAX = 3;

    /** Weight of making one. */
    private static final int INSERT = 150;

    private final AggregateParts parts;
    private final AggregateShape shape;
    private final List<Integer> columns;
    private TableSearch search;
    private Local start;

    /**
     * @param columns of the input row, one for each field of {@link AggregateShape#row}
     */
    private AggregateHit(AggregateParts parts, List<Integer> columns) {
        this.parts = parts;
        this.shape = parts.shape();
        this.columns = columns;
    }

    /**
     * @param stage the only one ahead of the aggregate
     * @return {@code null} when the aggregate is not of the simple kind
     */
    static AggregateHit of(AggregateParts parts, Stage stage) {
        AggregateShape shape = parts.shape();
        List<Integer> columns = new ArrayList<>();
        for (Expr expr : stage.projection()) {
            if (!(expr instanceof Expr.Column column)) {
                return null;
            }
            columns.add(column.index());
        }
        boolean simple =
                !shape.isSession()
                        && shape.keys() <= KEYS_MAX
                        && shape.keyTypes().stream()
                                .noneMatch(type -> type.cell() == FieldType.Cell.F64)
                        && shape.accumulators().size() <= ACCUMULATORS_MAX
                        && shape.accumulators().stream().allMatch(Accumulator::isLight);
        return simple ? new AggregateHit(parts, columns) : null;
    }

    /** Bytes of JVM code, estimated from above. */
    int weight() {
        int insert = insertsInPlace() ? INSERT + 50 * shape.keys() : 0;
        return 300 + 70 * shape.keys() + 110 * shape.accumulators().size() + insert;
    }

    /** New groups are written into the loop too when they are small and hold no texts. */
    private boolean insertsInPlace() {
        return parts.groups().keys().texts().isEmpty()
                && shape.keys() <= IN_PLACE_MAX
                && shape.accumulators().size() <= IN_PLACE_MAX;
    }

    /** Ahead of the loop. */
    void begin(Code code, Value slot) {
        search = new TableSearch(parts.library(), parts.groups(), code);
        start = code.local(I64);
        code.storeWord(slot, parts.state().saving(), i32(0));
        refresh(code, slot);
    }

    /** After the long way: tables may have grown, windows may have changed. */
    void refresh(Code code, Value slot) {
        search.open(code, parts.windows().currentTable(slot));
        code.set(start, parts.windows().currentStart(slot));
    }

    /** Takes the row in and jumps to {@code done}, or goes on with nothing changed. */
    void emit(Code code, RowView input, Value slot, Label done) {
        List<Integer> keys = columns.subList(0, shape.keys());
        GroupTable groups = parts.groups();
        code.block(
                otherwise -> {
                    nulls(input).forEach(word -> code.jumpIf(word.ne(0), otherwise));
                    if (shape.isWindowed()) {
                        Value time = input.cell(columns.get(shape.time()));
                        Value into = parts.tableTime(time).minus(start.get());
                        code.jumpIf(into.geUnsigned(i64(shape.tableUs())), otherwise);
                    }
                    Value hash = groups.keys().hashInPlace(code, input, keys);
                    Local at = search.start(code, hash);
                    Local entry = code.local(I32);
                    code.block(
                            found -> {
                                search.find(
                                        code,
                                        hash,
                                        at,
                                        entry,
                                        (record, different) ->
                                                groups.keys()
                                                        .differsInPlace(
                                                                code, record, input, keys,
                                                                different),
                                        found);
                                code.jumpIf(search.table().eq(0), otherwise);
                                if (insertsInPlace()) {
                                    append(code, input, keys, hash, at, entry, found);
                                }
                                insert(code, input, slot, hash, entry, otherwise);
                            });
                    take(code, input, slot, entry.get().plus(groups.payload()), otherwise);
                    code.jump(done);
                });
    }

    /** A new group without a call; jumps to {@code done}, or goes on when the table must grow. */
    private void append(
            Code code,
            RowView input,
            List<Integer> keys,
            Value hash,
            Local at,
            Local entry,
            Label done) {
        GroupTable groups = parts.groups();
        code.block(
                full -> {
                    search.append(code, hash, at, entry, full);
                    groups.keys().loadInPlace(code, entry.get(), input, keys);
                    int payload = groups.payload();
                    code.clearCells(entry.get().plus(payload), groups.entryBytes() - payload);
                    code.jump(done);
                });
    }

    /** A new group in the window used last; the long way says why it cannot be. */
    private void insert(
            Code code, RowView input, Value slot, Value hash, Local entry, Label otherwise) {
        GroupTable groups = parts.groups();
        groups.keys().loadInPlace(code, input, columns.subList(0, shape.keys()));
        code.set(entry, groups.insert().call(slot, search.table(), hash));
        code.jumpIf(entry.get().eq(0), otherwise);
        search.refresh(code);
    }

    private void take(Code code, RowView input, Value slot, Value payload, Label otherwise) {
        Value cells = code.let(payload);
        RowView row = arguments(code, input);
        int[] offsets = shape.offsets();
        for (int i = 0; i < offsets.length - 1; i++) {
            shape.accumulators().get(i).ready(code, cells.plus(offsets[i]), row, otherwise);
        }
        for (int i = 0; i < offsets.length - 1; i++) {
            shape.accumulators().get(i).add(code, cells.plus(offsets[i]), row);
        }
        AggregateState state = parts.state();
        if (!shape.isWindowed()) {
            Value time = code.let(input.eventTime());
            code.when(
                    time.gt(slot.wide(state.maxEvent())),
                    () -> code.storeWide(slot, state.maxEvent(), time));
        }
    }

    /** For each null word the bits of the columns that the aggregate reads. */
    private List<Value> nulls(RowView input) {
        Map<Integer, Long> masks = new TreeMap<>();
        columns.forEach(column -> masks.merge(column >>> 6, 1L << column, (a, b) -> a | b));
        List<Value> words = new ArrayList<>();
        masks.forEach((word, bits) -> words.add(input.nullWord(word).and(bits)));
        return words;
    }

    /** The arguments of the accumulators, each read once: stores in between could change rows. */
    private RowView arguments(Code code, RowView input) {
        List<Value> values = new ArrayList<>();
        for (int field = 0; field < columns.size(); field++) {
            boolean isArgument = field >= shape.keys() && field != shape.time();
            FieldType.Cell cell = shape.row().type(field).cell();
            int column = columns.get(field);
            values.add(
                    !isArgument || cell == FieldType.Cell.STRING
                            ? null
                            : code.let(
                                    cell == FieldType.Cell.F64
                                            ? input.real(column)
                                            : input.cell(column)));
        }
        return new ArgumentRow(shape.row(), input, columns, values);
    }

    /**
     * The fields that the accumulators read, none of them NULL.
     *
     * @param values what a field holds, as its cell is; {@code null}: look into the row
     */
    private record ArgumentRow(
            Schema schema, RowView input, List<Integer> columns, List<Value> values)
            implements RowView {
        @Override
        public Value eventTime() {
            return input.eventTime();
        }

        @Override
        public Value nullWord(int word) {
            return i64(0);
        }

        @Override
        public Value isNull(int field) {
            return i32(0);
        }

        @Override
        public Value cell(int field) {
            Value value = values.get(field);
            if (value == null) {
                return input.cell(columns.get(field));
            }
            return value.type() == F64 ? value.asBits() : value;
        }

        @Override
        public Value real(int field) {
            Value value = values.get(field);
            return value == null ? input.real(columns.get(field)) : value;
        }

        @Override
        public Value textStart(int field) {
            return input.textStart(columns.get(field));
        }

        @Override
        public Value textLength(int field) {
            return input.textLength(columns.get(field));
        }
    }
}
