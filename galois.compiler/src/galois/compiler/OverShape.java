package galois.compiler;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.AggregateCall;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Over;
import galois.api.plan.OverCall;
import galois.api.plan.OverFrame;
import galois.api.plan.OverFunction;
import galois.api.plan.SortKey;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.runtime.Library;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What an {@link Over} keeps of a row, and of a partition.
 *
 * @param row the fields kept: the partition, the other fields of the input
 * @param fields the input fields those are
 * @param partition so many leading fields are the partition
 * @param frames one for each different frame
 * @param frameOf for each call the frame that it reads; -1: none
 */
record OverShape(
        Over over,
        Schema row,
        List<Integer> fields,
        int partition,
        List<FrameShape> frames,
        List<Integer> frameOf) {
    /** Fields of a state row ahead of the row. */
    static final int STATE_HEAD = 9;

    private static final List<String> HEAD =
            List.of("record", "a", "b", "c", "d", "e", "f", "g", "h");

    /**
     * A frame and the aggregates over it.
     *
     * @param calls of the operator that are aggregates of this frame
     * @param accumulators one for each of them
     * @param offset of its words in a partition
     */
    record FrameShape(
            OverFrame frame, List<Integer> calls, List<Accumulator> accumulators, int offset) {
        /** {@code i64}: the row from which on rows are in the accumulators. */
        static final int FROM = 0;

        /** {@code i64}: the row up to which they are. */
        static final int TO = 8;

        private static final int CELLS = 16;

        /** Offset of the cells of an accumulator in a partition; of the first behind: the end. */
        int cells(int accumulator) {
            int at = offset + CELLS;
            for (int i = 0; i < accumulator; i++) {
                at += accumulators.get(i).bytes();
            }
            return at;
        }

        int end() {
            return cells(accumulators.size());
        }

        /** Accumulators that go on for ever: they are saved. Others are computed anew. */
        boolean isRunning() {
            return frame.isFromFirst();
        }
    }

    static OverShape of(Library library, Over over) {
        Schema input = over.input().schema();
        LinkedHashSet<Integer> order = new LinkedHashSet<>(over.partition());
        int partition = order.size();
        IntStream.range(0, input.size()).forEach(order::add);
        List<Integer> fields = List.copyOf(order);
        Schema row = new Schema(fields.stream().map(input::field).toList());
        Map<Integer, Integer> places = new HashMap<>();
        fields.forEach(field -> places.put(field, fields.indexOf(field)));
        List<AggregateCall> aggregates = new ArrayList<>();
        Map<OverFrame, List<Integer>> frames = new LinkedHashMap<>();
        for (int i = 0; i < over.calls().size(); i++) {
            OverCall call = over.calls().get(i);
            if (call.aggregate() != null) {
                aggregates.add(call.aggregate());
            }
            if (call.function().isOfFrame()) {
                frames.computeIfAbsent(call.frame(), f -> new ArrayList<>()).add(i);
            }
        }
        List<Accumulator> made =
                new ArrayList<>(Accumulators.of(library, input, places, aggregates));
        Map<Integer, Accumulator> ofCall = new HashMap<>();
        for (int i = 0; i < over.calls().size(); i++) {
            if (over.calls().get(i).aggregate() != null) {
                ofCall.put(i, made.remove(0));
            }
        }
        List<FrameShape> shapes = new ArrayList<>();
        Integer[] frameOf = new Integer[over.calls().size()];
        java.util.Arrays.fill(frameOf, -1);
        int offset = OverPartition.BYTES;
        for (Map.Entry<OverFrame, List<Integer>> frame : frames.entrySet()) {
            frame.getValue().forEach(call -> frameOf[call] = shapes.size());
            List<Integer> calls = frame.getValue().stream().filter(ofCall::containsKey).toList();
            List<Accumulator> accumulators = calls.stream().map(ofCall::get).toList();
            FrameShape shape = new FrameShape(frame.getKey(), calls, accumulators, offset);
            shapes.add(shape);
            offset = shape.end();
        }
        OverShape shape = new OverShape(over, row, fields, partition, shapes, List.of(frameOf));
        int widest = Math.max(shape.stateFieldCount(), over.schema().size());
        if (widest > Schema.FIELDS_MAX) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT,
                    "OVER keeps "
                            + widest
                            + " columns, the limit is "
                            + Schema.FIELDS_MAX
                            + ": select fewer");
        }
        return shape;
    }

    /** Bytes of a partition. */
    int partitionBytes() {
        return frames.isEmpty() ? OverPartition.BYTES : frames.get(frames.size() - 1).end();
    }

    /** From the input to the fields kept. */
    LogicalOp.Project projection() {
        Schema input = over.input().schema();
        List<Expr> columns = new ArrayList<>();
        fields.forEach(field -> columns.add(new Expr.Column(field, input.type(field))));
        return new LogicalOp.Project(over.input(), columns, row);
    }

    /** The fields kept, then what the calls give. */
    Schema wide() {
        List<Field> wide = new ArrayList<>(row.fields());
        wide.addAll(over.schema().fields().subList(row.size(), over.schema().size()));
        return new Schema(wide);
    }

    /** From the wide row to the output. */
    LogicalOp.Project result() {
        Schema wide = wide();
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < wide.size(); i++) {
            int at = i < fields.size() ? fields.indexOf(i) : i;
            columns.add(new Expr.Column(at, wide.type(at)));
        }
        return new LogicalOp.Project(over, columns, over.schema());
    }

    boolean isTimed() {
        return over.timeField() >= 0;
    }

    /** The time field in {@code row}. */
    int time() {
        return fields.indexOf(over.timeField());
    }

    private List<SortKey> keys() {
        return over.order().stream().map(key -> key.over(fields.indexOf(key.field()))).toList();
    }

    /** Keys that are equal in rows that rank equal. */
    List<SortKey> peers() {
        return keys();
    }

    /** Keys that are equal in rows that are taken together: time and partition. */
    List<SortKey> together() {
        List<SortKey> keys = new ArrayList<>();
        if (isTimed()) {
            keys.add(SortKey.ascending(time()));
        }
        IntStream.range(0, partition).mapToObj(SortKey::ascending).forEach(keys::add);
        return keys;
    }

    /** Keys in whose order rows are taken. */
    List<SortKey> queue() {
        List<SortKey> keys = new ArrayList<>(together());
        keys.addAll(keys());
        return keys;
    }

    /** The first key in {@code row}: what a range is measured by. */
    int rangeField() {
        return fields.indexOf(over.order().get(0).field());
    }

    List<FieldType> partitionTypes() {
        return row.fields().subList(0, partition).stream().map(Field::type).toList();
    }

    /** So many rows behind the last one taken may still be asked for. */
    long rowsKept() {
        long rows = 0;
        for (OverCall call : over.calls()) {
            if (call.function() == OverFunction.LAG) {
                rows = Math.max(rows, call.offset());
            }
        }
        for (FrameShape shape : frames) {
            OverFrame frame = shape.frame();
            if (frame.isRows() && !frame.isFromFirst()) {
                rows = Math.max(rows, frame.preceding());
            }
            if (frame.isFromFirst()) {
                // What ends ahead of the row in hand is not in the accumulators yet.
                rows = Math.max(rows, -frame.following());
            }
        }
        return rows;
    }

    /** Rows that are so much older than the last one taken may still be asked for; -1: none. */
    long rangeKeptUs() {
        long range = -1;
        for (FrameShape shape : frames) {
            boolean isRange = !shape.frame().isRows() && !shape.frame().isFromFirst();
            range = isRange ? Math.max(range, shape.frame().preceding()) : range;
        }
        return range;
    }

    /** True when the first row of a partition is asked for by all that follow. */
    boolean pinsFirst() {
        return over.goesOn()
                && over.calls().stream()
                        .anyMatch(
                                call ->
                                        call.function() == OverFunction.FIRST_VALUE
                                                && call.frame().isFromFirst());
    }

    boolean hasPeers() {
        return over.calls().stream()
                .anyMatch(
                        call ->
                                call.function() == OverFunction.RANK
                                        || call.function() == OverFunction.DENSE_RANK
                                        || call.function().isOfFrame() && !call.frame().isRows());
    }

    /** Longer texts would make a row that cannot be saved. */
    int textBytesMax() {
        return RowLayout.ROW_BYTES_MAX - RowLayout.stride(stateFieldCount());
    }

    private int stateFieldCount() {
        int count = STATE_HEAD + row.size();
        for (FrameShape frame : frames) {
            for (Accumulator accumulator : frame.accumulators()) {
                count += frame.isRunning() ? accumulator.stateFields("a").size() : 0;
            }
            count += frame.isRunning() ? 1 : 0;
        }
        return count;
    }

    /**
     * Rows of saved state. {@code record} 0 is the slot: a watermark, b the row in hand of its
     * partition, c flags (1 pending, 2 ended), d rows that came, e the error of the row in hand.
     * {@code record} 1 is a row that waits: a its event time, d its number among all that came.
     * {@code record} 2 is a partition: a the number of its first row kept, b 1 when it is in hand,
     * c and d from and to which row rows rank equal, e its dense rank; its frames that begin with
     * the partition: rows in them, aggregates. {@code record} 3 is a row kept of it: a its event
     * time, b 1 when it is the first row of all and kept for that.
     */
    Schema stateSchema() {
        List<Field> state = new ArrayList<>();
        HEAD.forEach(name -> state.add(new Field(name, FieldType.BIGINT)));
        for (int i = 0; i < row.size(); i++) {
            state.add(new Field("r" + i, row.type(i)));
        }
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).isRunning()) {
                state.add(new Field("f" + i, FieldType.BIGINT));
                for (Accumulator accumulator : frames.get(i).accumulators()) {
                    state.addAll(accumulator.stateFields("a" + state.size()));
                }
            }
        }
        return new Schema(state);
    }

    /** The field of the state row that says how far a running frame is; its aggregates follow. */
    int stateField(FrameShape wanted) {
        int field = STATE_HEAD + row.size();
        for (FrameShape frame : frames) {
            if (frame == wanted) {
                return field;
            }
            if (frame.isRunning()) {
                field++;
                for (Accumulator accumulator : frame.accumulators()) {
                    field += accumulator.stateFields("a").size();
                }
            }
        }
        throw new IllegalArgumentException("a frame of another operator");
    }

    /** Equal for operators that understand each other's state. */
    String stateLayout() {
        List<FieldType> types = row.fields().stream().map(Field::type).toList();
        List<String> calls = new ArrayList<>();
        for (OverCall call : over.calls()) {
            calls.add(call.over(fields::indexOf).toString());
        }
        return StateRows.layout(
                String.join(
                        ";",
                        "over 1",
                        String.valueOf(time()),
                        String.valueOf(over.delayUs()),
                        String.valueOf(over.goesOn()),
                        String.valueOf(partition),
                        keys().toString(),
                        over.first() + "/" + over.every(),
                        calls.toString(),
                        types.toString()));
    }
}
