package galois.api.plan;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;

/**
 * An aggregate in two halves: where it can be cut, and which columns go from the first half to the
 * second. The columns are those of saved state (docs/abi.md): for each aggregate, in order,
 *
 * <ul>
 *   <li>COUNT: {@code count}, a BIGINT
 *   <li>SUM, AVG: {@code sum} (BIGINT where sums are exact, else DOUBLE), {@code count}
 *   <li>MIN, MAX, EVERY, ANY, BIT_AND, BIT_OR, BIT_XOR: the value, or NULL
 *   <li>variances: {@code count}, {@code mean}, {@code squares} (of the distances from the mean)
 *   <li>FIRST, LAST, ARG_MIN, ARG_MAX: {@code by} (what was compared), the value
 *   <li>LISTAGG: the text
 *   <li>APPROX_COUNT_DISTINCT: the registers, a VARBINARY
 *   <li>APPROX_QUANTILE: {@code values} (how many), the buckets, a VARBINARY
 * </ul>
 */
public final class AggregateHalves {
    private AggregateHalves() {}

    /** What an aggregate keeps of its rows. */
    public static List<Field> kept(AggregateCall call, Schema rows, String name) {
        FieldType type = call.argument() < 0 ? null : rows.type(call.argument());
        Field count = new Field(name + "_count", FieldType.BIGINT);
        return switch (call.function()) {
            case COUNT -> List.of(new Field(name, FieldType.BIGINT));
            case SUM, AVG -> {
                FieldType sum = isExactSum(call, type) ? FieldType.BIGINT : FieldType.DOUBLE;
                yield List.of(new Field(name + "_sum", sum), count);
            }
            case MIN, MAX, EVERY, ANY, BIT_AND, BIT_OR, BIT_XOR -> List.of(new Field(name, type));
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
                    List.of(
                            count,
                            new Field(name + "_mean", FieldType.DOUBLE),
                            new Field(name + "_squares", FieldType.DOUBLE));
            case FIRST, LAST -> pick(name, FieldType.BIGINT, type);
            case ARG_MIN, ARG_MAX -> pick(name, rows.type(call.by()), type);
            case LISTAGG -> List.of(new Field(name, FieldType.VARCHAR));
            case APPROX_COUNT_DISTINCT -> List.of(new Field(name, FieldType.VARBINARY));
            case APPROX_QUANTILE ->
                    List.of(
                            new Field(name + "_values", FieldType.BIGINT),
                            new Field(name, FieldType.VARBINARY));
        };
    }

    private static List<Field> pick(String name, FieldType by, FieldType type) {
        return List.of(new Field(name + "_by", by), new Field(name, type));
    }

    /** True when the sum is of integers or decimals and never rounded. */
    private static boolean isExactSum(AggregateCall call, FieldType type) {
        boolean average = call.function() == AggregateFunction.AVG;
        return average ? type != FieldType.BIGINT && !type.isFloating() : !type.isFloating();
    }

    /**
     * Why the halves together would not give what the whole gives; null when they do.
     *
     * @param unordered true when rows of several inputs come in no certain order anyway: what is
     *     rounded, and which of equal rows is first, is not certain for the whole either
     */
    public static String obstacle(LogicalOp.WindowAggregate whole, boolean unordered) {
        if (whole.window().kind() == Window.Kind.SESSION) {
            return "sessions of one key join each other";
        }
        if (whole.window().byClock()) {
            return "its windows follow the clock";
        }
        if (whole.window().kind() == Window.Kind.UPDATING || whole.window().allowUs() > 0) {
            return "its result is updated";
        }
        for (AggregateCall call : whole.aggregates()) {
            if (call.distinct()) {
                return call.function() + " of DISTINCT values must see them all";
            }
            if (call.function() == AggregateFunction.LISTAGG) {
                return "of LISTAGG, which is in the order of the rows";
            }
        }
        String order = unordered ? null : orderOf(whole);
        return order == null ? null : "of " + order;
    }

    /** The aggregate that another order of the rows may change, in words; null when none. */
    public static String orderOf(LogicalOp.WindowAggregate whole) {
        return whole.aggregates().stream()
                .filter(call -> dependsOnOrder(call, whole.input().schema()))
                .findFirst()
                .map(call -> call.function() + ", which depends on the order of the rows")
                .orElse(null);
    }

    /** True when another order of the rows may give another result: rounding, equal times. */
    private static boolean dependsOnOrder(AggregateCall call, Schema rows) {
        return switch (call.function()) {
            case SUM, AVG -> !isExactSum(call, rows.type(call.argument()));
            case VAR_POP,
                    VAR_SAMP,
                    STDDEV_POP,
                    STDDEV_SAMP,
                    FIRST,
                    LAST,
                    ARG_MIN,
                    ARG_MAX,
                    LISTAGG ->
                    true;
            case COUNT,
                    MIN,
                    MAX,
                    EVERY,
                    ANY,
                    BIT_AND,
                    BIT_OR,
                    BIT_XOR,
                    APPROX_COUNT_DISTINCT,
                    APPROX_QUANTILE ->
                    false;
        };
    }

    static LogicalOp.PartialAggregate first(LogicalOp input, LogicalOp.WindowAggregate whole) {
        Schema rows = input.schema();
        Window window = whole.window();
        List<Integer> keys = keys(whole);
        if (window.kind() == Window.Kind.HOP) {
            long paneUs = window.paneUs();
            window = Window.tumble(window.timeField(), paneUs, window.offsetUs());
        }
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(rows.field(key)));
        if (window.hasBounds()) {
            fields.add(new Field("window_start", FieldType.TIMESTAMP));
            fields.add(new Field("window_end", FieldType.TIMESTAMP));
        }
        for (int i = 0; i < whole.aggregates().size(); i++) {
            fields.addAll(kept(whole.aggregates().get(i), rows, "a" + i));
        }
        return new LogicalOp.PartialAggregate(
                input, window, keys, whole.aggregates(), new Schema(fields));
    }

    /** Those of the whole, and the bound of the window that its rows are in. */
    private static List<Integer> keys(LogicalOp.WindowAggregate whole) {
        List<Integer> keys = new ArrayList<>(whole.keys());
        boolean isAttached = whole.window().kind() == Window.Kind.ATTACHED;
        if (isAttached && !keys.contains(whole.window().timeField())) {
            keys.add(whole.window().timeField());
        }
        return keys;
    }

    static LogicalOp.FinalAggregate second(LogicalOp input, LogicalOp.WindowAggregate whole) {
        Window window = whole.window();
        List<Integer> keys = keys(whole);
        int time =
                switch (window.kind()) {
                    case NONE, UPDATING -> -1;
                    case ATTACHED -> keys.indexOf(window.timeField());
                    case TUMBLE, HOP, SESSION -> keys.size();
                };
        return new LogicalOp.FinalAggregate(
                input,
                window.over(time),
                whole.keys().size(),
                whole.aggregates(),
                whole.input().schema(),
                whole.schema());
    }
}
