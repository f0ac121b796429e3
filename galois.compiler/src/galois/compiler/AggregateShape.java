package galois.compiler;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.AggregateCall;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
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

/**
 * What an aggregate reads, keeps and saves.
 *
 * @param row the fields it reads: keys, the time field of a window, arguments
 * @param fields the input fields those are
 * @param time index of the time in {@code row}, or -1
 * @param accumulators in output order, reading {@code row}
 */
record AggregateShape(
        LogicalOp.WindowAggregate aggregate,
        Schema row,
        List<Integer> fields,
        int time,
        List<Accumulator> accumulators) {
    /** Fields of a state row ahead of the keys. */
    static final int STATE_HEAD = 5;

    static AggregateShape of(Library library, LogicalOp.WindowAggregate aggregate) {
        Schema input = aggregate.input().schema();
        List<Integer> fields = new ArrayList<>(aggregate.keys());
        int time = -1;
        if (aggregate.window().kind() != Window.Kind.NONE) {
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
        return new AggregateShape(aggregate, row, List.copyOf(fields), time, accumulators);
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
        return aggregate.window().kind() != Window.Kind.NONE;
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
            case NONE, TUMBLE, SESSION -> window.sizeUs();
            case HOP -> window.paneUs();
            case ATTACHED -> 1;
        };
    }

    /** Bytes of the payload of an entry ahead of the accumulators. */
    int headBytes() {
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

    /** Equal for aggregates that understand each other's state. */
    String stateLayout() {
        StringBuilder text = new StringBuilder("aggregate 2;");
        Window window = aggregate.window();
        text.append(window.kind()).append(',').append(window.sizeUs()).append(',');
        text.append(window.slideUs()).append(',');
        text.append(window.offsetUs()).append(';').append(keyTypes()).append(';');
        for (AggregateCall call : aggregate.aggregates()) {
            Schema input = aggregate.input().schema();
            text.append(call.function()).append('(').append(call.distinct() ? "distinct " : "");
            text.append(call.argument() < 0 ? "*" : input.type(call.argument()).toString());
            text.append(call.by() < 0 ? "" : " by " + input.type(call.by()));
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
