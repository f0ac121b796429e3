package galois.compiler;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.AggregateCall;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Plans;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;
import galois.compiler.runtime.Library;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What an aggregate reads, keeps and saves.
 *
 * @param aggregate how it groups
 * @param half which part of an aggregate it is
 * @param arguments what the arguments of its aggregates are fields of
 * @param row the fields it reads: keys, the time field of a window, arguments
 * @param fields the input fields those are
 * @param time index of the time in {@code row}, or -1
 * @param accumulators in output order, reading {@code row}
 */
record AggregateShape(
        LogicalOp.WindowAggregate aggregate,
        Half half,
        Schema arguments,
        Schema row,
        List<Integer> fields,
        int time,
        List<Accumulator> accumulators) {
    /** Fields of a state row ahead of the keys. */
    static final int STATE_HEAD = 5;

    /** An aggregate may run in two halves, one after the other. */
    enum Half {
        WHOLE,
        /** Gives what it keeps in place of results. */
        FIRST,
        /** Reads what first halves kept. */
        SECOND
    }

    static AggregateShape of(Library library, LogicalOp op) {
        if (op instanceof LogicalOp.FinalAggregate second) {
            return second(library, second);
        }
        boolean isFirst = op instanceof LogicalOp.PartialAggregate;
        return of(library, Plans.grouping(op), isFirst ? Half.FIRST : Half.WHOLE);
    }

    private static AggregateShape of(
            Library library, LogicalOp.WindowAggregate aggregate, Half half) {
        Schema input = aggregate.input().schema();
        List<Integer> fields = new ArrayList<>(aggregate.keys());
        int time = -1;
        if (aggregate.window().isInTime()) {
            time = fields.size();
            fields.add(aggregate.window().timeField());
        }
        Map<Integer, Integer> arguments = new LinkedHashMap<>();
        for (AggregateCall call : aggregate.aggregates()) {
            call.fields()
                    .filter(field -> !arguments.containsKey(field))
                    .forEach(
                            field -> {
                                arguments.put(field, fields.size());
                                fields.add(field);
                            });
        }
        Schema row = new Schema(fields.stream().map(input::field).toList());
        List<Accumulator> accumulators =
                Accumulators.of(library, input, arguments, aggregate.aggregates());
        return new AggregateShape(
                aggregate, half, input, row, List.copyOf(fields), time, accumulators);
    }

    /** Reads the keys, the time and everything behind the bounds of the part's window. */
    private static AggregateShape second(Library library, LogicalOp.FinalAggregate op) {
        Schema input = op.input().schema();
        LogicalOp.WindowAggregate grouping = op.grouping();
        List<Integer> fields = new ArrayList<>(grouping.keys());
        int time = -1;
        if (op.window().kind() != Window.Kind.NONE) {
            time = fields.size();
            fields.add(op.window().timeField());
        }
        Map<Integer, Integer> same = new LinkedHashMap<>();
        IntStream.range(0, op.rows().size()).forEach(field -> same.put(field, field));
        List<Accumulator> accumulators = new ArrayList<>();
        List<Accumulator> merged = Accumulators.of(library, op.rows(), same, op.aggregates());
        int next = input.size();
        for (Accumulator accumulator : merged) {
            next -= accumulator.stateFields("a").size();
        }
        for (Accumulator accumulator : merged) {
            int scratch = library.memory().reserve(accumulator.bytes());
            accumulators.add(new MergingAccumulator(accumulator, fields.size(), scratch));
            for (Field kept : accumulator.stateFields("a")) {
                if (!input.type(next).equals(kept.type())) {
                    throw new IllegalArgumentException("not what the first half gives: " + op);
                }
                fields.add(next++);
            }
        }
        Schema row = new Schema(fields.stream().map(input::field).toList());
        return new AggregateShape(
                grouping, Half.SECOND, op.rows(), row, List.copyOf(fields), time, accumulators);
    }

    boolean isFirstHalf() {
        return half == Half.FIRST;
    }

    /** Field of the result row that the first aggregate writes. */
    int firstResult() {
        return keys() + (aggregate.window().hasBounds() ? 2 : 0);
    }

    /** Field of the result row that each aggregate writes first. */
    int[] resultFields() {
        int[] results = new int[accumulators.size()];
        int next = firstResult();
        for (int i = 0; i < results.length; i++) {
            results[i] = next;
            next += isFirstHalf() ? accumulators.get(i).stateFields("a").size() : 1;
        }
        return results;
    }

    /** The projection that feeds the aggregate. */
    LogicalOp.Project projection() {
        Schema input = aggregate.input().schema();
        List<Expr> columns = new ArrayList<>();
        fields.forEach(field -> columns.add(new Expr.Column(field, input.type(field))));
        return new LogicalOp.Project(aggregate.input(), columns, row);
    }

    List<FieldType> keyTypes() {
        return aggregate.keys().stream().map(aggregate.input().schema()::type).toList();
    }

    int keys() {
        return aggregate.keys().size();
    }

    boolean isWindowed() {
        return aggregate.window().isInTime();
    }

    boolean isUpdating() {
        return aggregate.window().kind() == Window.Kind.UPDATING;
    }

    /** A window that was emitted takes rows for a while, which update its result. */
    boolean isRefired() {
        return aggregate.window().allowUs() > 0;
    }

    /** Each group remembers the row that it gave last. */
    boolean remembersRows() {
        return isUpdating() || isRefired();
    }

    boolean isHop() {
        return aggregate.window().kind() == Window.Kind.HOP;
    }

    boolean isSession() {
        return aggregate.window().kind() == Window.Kind.SESSION;
    }

    /** Length of what a table of groups holds: a window, a pane, an instant. */
    long tableUs() {
        Window window = aggregate.window();
        return switch (window.kind()) {
            case NONE, UPDATING, TUMBLE, SESSION -> window.sizeUs();
            case HOP -> window.paneUs();
            case ATTACHED -> 1;
        };
    }

    /** Bytes of the payload of an entry ahead of the accumulators. */
    int headBytes() {
        if (remembersRows()) {
            return new LastRow(aggregate).bytes();
        }
        return isHop() ? HopWindows.HEAD_BYTES : isSession() ? Sessions.HEAD_BYTES : 0;
    }

    /** Offset of each accumulator in the payload of an entry, then the size of the payload. */
    int[] offsets() {
        int[] offsets = new int[accumulators.size() + 1];
        offsets[0] = headBytes();
        for (int i = 0; i < accumulators.size(); i++) {
            offsets[i + 1] = offsets[i] + accumulators.get(i).bytes();
        }
        return offsets;
    }

    /**
     * Rows of saved state. {@code record} 0 is the slot: a watermark, b the group that comes next,
     * c flags (1 pending, 2 ended), d greatest event time (without windows). {@code record} 1 is a
     * group: a window start, b its number in the window.
     */
    Schema stateSchema() {
        List<Field> state = new ArrayList<>();
        for (String name : List.of("record", "a", "b", "c", "d")) {
            state.add(new Field(name, FieldType.BIGINT));
        }
        for (int key = 0; key < keys(); key++) {
            state.add(new Field("k" + key, row.type(key)));
        }
        for (int i = 0; i < accumulators.size(); i++) {
            state.addAll(accumulators.get(i).stateFields("a" + i));
        }
        if (remembersRows()) {
            state.addAll(new LastRow(aggregate).stateFields());
        }
        if (state.size() > Schema.FIELDS_MAX) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT,
                    "the aggregate keeps "
                            + state.size()
                            + " values a group, the limit is "
                            + Schema.FIELDS_MAX
                            + ": use fewer keys and aggregates");
        }
        return new Schema(state);
    }

    /** First field of each accumulator in a state row. */
    int[] stateFields() {
        int[] fields = new int[accumulators.size()];
        int next = STATE_HEAD + keys();
        for (int i = 0; i < fields.length; i++) {
            fields[i] = next;
            next += accumulators.get(i).stateFields("a" + i).size();
        }
        return fields;
    }

    /** First field of what a group gave last, in a state row. */
    int lastRowField() {
        return stateSchema().size() - new LastRow(aggregate).stateFields().size();
    }

    /** Equal for aggregates that understand each other's state. */
    String stateLayout() {
        StringBuilder text = new StringBuilder("aggregate 2;");
        text.append(half == Half.WHOLE ? "" : half + ";");
        Window window = aggregate.window();
        text.append(window.kind()).append(',').append(window.sizeUs()).append(',');
        text.append(window.slideUs()).append(',');
        text.append(window.offsetUs())
                .append(window.byClock() ? ",clock;" : isRefired() ? ",updated;" : ";")
                .append(keyTypes())
                .append(';');
        for (AggregateCall call : aggregate.aggregates()) {
            text.append(call.function()).append('(').append(call.distinct() ? "distinct " : "");
            text.append(call.argument() < 0 ? "*" : arguments.type(call.argument()).toString());
            text.append(call.by() < 0 ? "" : " by " + arguments.type(call.by()));
            text.append(call.option().isEmpty() ? "" : ", " + call.option());
            text.append(')');
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
