package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.F64;

import galois.api.plan.Expr;
import galois.batch.FieldType;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;

import java.util.ArrayList;
import java.util.List;

/**
 * The short way of a row into its group of an aggregate ({@link AggregateUpdate} is the long one).
 */
final class AggregateHit extends ShortWay {
    private static final int KEYS_MAX = 4;
    private static final int ACCUMULATORS_MAX = 6;

    /** Accumulators of a group that is made in the loop. */
    private static final int IN_PLACE_MAX = 3;

    private final AggregateParts parts;
    private final AggregateShape shape;
    private final List<Integer> columns;

    /**
     * @param columns of the input row, one for each field of {@link AggregateShape#row}
     */
    private AggregateHit(AggregateParts parts, List<Integer> columns) {
        super(
                parts.library(),
                parts.groups(),
                parts.windows(),
                parts.state().saving(),
                columns.subList(0, parts.shape().keys()));
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

    @Override
    int weight() {
        return searchWeight() + 110 * shape.accumulators().size();
    }

    @Override
    List<Integer> columns() {
        return columns;
    }

    @Override
    boolean insertsInPlace() {
        return parts.groups().keys().texts().isEmpty()
                && shape.keys() <= KEYS_IN_PLACE_MAX
                && shape.accumulators().size() <= IN_PLACE_MAX;
    }

    @Override
    void window(Code code, RowView input, Value start, Label otherwise) {
        if (shape.isWindowed()) {
            Value time = input.cell(columns.get(shape.time()));
            Value into = parts.tableTime(time).minus(start);
            code.jumpIf(into.geUnsigned(i64(shape.tableUs())), otherwise);
        }
    }

    @Override
    void take(Code code, RowView input, Value slot, Value cells, Value start, Label otherwise) {
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
