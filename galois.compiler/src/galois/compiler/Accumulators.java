package galois.compiler;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.batch.FieldType;
import galois.batch.Schema;
import galois.compiler.runtime.HyperLogLog;
import galois.compiler.runtime.KeyRecord;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.QuantileSketch;

import java.util.List;
import java.util.Map;

/**
 * Makes the accumulators of a group. What they keep of texts and sketches is in one row when state
 * is saved, so that they share the room of a row.
 */
final class Accumulators {
    private static final int SKETCHES_MAX = 8;

    private final Library library;
    private final Schema input;
    private final Map<Integer, Integer> fields;
    private final int bytesMax;

    private Accumulators(
            Library library, Schema input, Map<Integer, Integer> fields, int bytesMax) {
        this.library = library;
        this.input = input;
        this.fields = fields;
        this.bytesMax = bytesMax;
    }

    /**
     * @param input of the aggregate
     * @param fields where the row in hand has the fields of the input
     */
    static List<Accumulator> of(
            Library library,
            Schema input,
            Map<Integer, Integer> fields,
            List<AggregateCall> calls) {
        long sketches =
                calls.stream()
                        .filter(c -> c.function() == AggregateFunction.APPROX_COUNT_DISTINCT)
                        .count();
        if (sketches > SKETCHES_MAX) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT,
                    "the aggregate has "
                            + sketches
                            + " APPROX_COUNT_DISTINCT, the limit is "
                            + SKETCHES_MAX
                            + ": use several queries");
        }
        long texts = calls.stream().mapToLong(call -> texts(call, input)).sum();
        long bytes = KeyRecord.TEXT_BYTES_MAX - sketches * HyperLogLog.BYTES;
        int bytesMax = (int) (bytes / Math.max(1, texts));
        Accumulators factory = new Accumulators(library, input, fields, bytesMax);
        return calls.stream().map(factory::of).toList();
    }

    /** How many buffers an aggregate keeps. */
    private static int texts(AggregateCall call, Schema input) {
        int argument = call.argument() >= 0 && isText(input.type(call.argument())) ? 1 : 0;
        return switch (call.function()) {
            case MIN, MAX, FIRST, LAST -> argument;
            case ARG_MIN, ARG_MAX -> argument + (isText(input.type(call.by())) ? 1 : 0);
            case LISTAGG, APPROX_QUANTILE -> 1;
            case COUNT,
                    SUM,
                    AVG,
                    VAR_POP,
                    VAR_SAMP,
                    STDDEV_POP,
                    STDDEV_SAMP,
                    EVERY,
                    ANY,
                    BIT_AND,
                    BIT_OR,
                    BIT_XOR,
                    APPROX_COUNT_DISTINCT ->
                    0;
        };
    }

    private static boolean isText(FieldType type) {
        return type.cell() == FieldType.Cell.STRING;
    }

    private Accumulator of(AggregateCall call) {
        if (call.distinct()) {
            throw refused(call, "DISTINCT is not supported here");
        }
        Accumulator all = plain(call);
        return call.filter() < 0 ? all : new FilteredAccumulator(all, fields.get(call.filter()));
    }

    private Accumulator plain(AggregateCall call) {
        AggregateFunction function = call.function();
        int argument = call.argument() < 0 ? -1 : fields.get(call.argument());
        FieldType type = argument < 0 ? null : input.type(call.argument());
        TextBuffer buffer = new TextBuffer(library, bytesMax);
        return switch (function) {
            case COUNT -> new CountAccumulator(argument);
            case SUM ->
                    number(call, type).isFloating()
                            ? new RealSumAccumulator(argument)
                            : SumAccumulator.of(argument, type, false);
            case AVG -> SumAccumulator.of(argument, number(call, type), true);
            case MIN, MAX, EVERY, ANY -> {
                boolean greatest =
                        function == AggregateFunction.MAX || function == AggregateFunction.ANY;
                yield isText(type)
                        ? new TextExtremeAccumulator(buffer, type, argument, greatest)
                        : NarrowExtremeAccumulator.fits(type)
                                ? new NarrowExtremeAccumulator(argument, type, greatest)
                                : new ExtremeAccumulator(argument, type, greatest);
            }
            case BIT_AND, BIT_OR, BIT_XOR -> new BitAccumulator(argument, type, function);
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> {
                boolean sample =
                        function == AggregateFunction.VAR_SAMP
                                || function == AggregateFunction.STDDEV_SAMP;
                boolean root =
                        function == AggregateFunction.STDDEV_POP
                                || function == AggregateFunction.STDDEV_SAMP;
                yield new VarianceAccumulator(argument, number(call, type), sample, root);
            }
            case FIRST, LAST, ARG_MIN, ARG_MAX -> pick(call, buffer, argument, type);
            case LISTAGG -> {
                if (type != FieldType.VARCHAR) {
                    throw refused(call, "of " + type + " is not supported: cast it to VARCHAR");
                }
                yield new ListAccumulator(buffer, argument, call.option());
            }
            case APPROX_COUNT_DISTINCT -> new DistinctCountAccumulator(library, argument, type);
            case APPROX_QUANTILE ->
                    new QuantileAccumulator(
                            library,
                            argument,
                            number(call, type),
                            Double.parseDouble(call.option()),
                            bytesMax / QuantileSketch.BUCKET);
        };
    }

    private Accumulator pick(AggregateCall call, TextBuffer buffer, int argument, FieldType type) {
        PickAccumulator.Order order =
                switch (call.function()) {
                    case FIRST, ARG_MIN -> PickAccumulator.Order.LEAST;
                    case LAST -> PickAccumulator.Order.LATEST;
                    default -> PickAccumulator.Order.GREATEST;
                };
        int by = call.by() < 0 ? -1 : fields.get(call.by());
        FieldType byType = by < 0 ? FieldType.BIGINT : input.type(call.by());
        return new PickAccumulator(buffer, argument, type, by, byType, order);
    }

    private static FieldType number(AggregateCall call, FieldType type) {
        if (!type.isNumeric()) {
            throw refused(call, "of " + type + ": only numbers can be summed");
        }
        return type;
    }

    private static GaloisException refused(AggregateCall call, String why) {
        return new GaloisException(ErrorCode.UNSUPPORTED, call.function() + " " + why);
    }
}
