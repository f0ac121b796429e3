package galois.api.plan;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A node of the logical plan: a sealed algebra of immutable records, switched on without default.
 */
public sealed interface LogicalOp
        permits LogicalOp.Source,
                LogicalOp.Filter,
                LogicalOp.Project,
                LogicalOp.Repeat,
                LogicalOp.WindowAggregate,
                LogicalOp.PartialAggregate,
                LogicalOp.FinalAggregate,
                LogicalOp.Exchange,
                LogicalOp.Sort,
                LogicalOp.Union,
                LogicalOp.Join,
                Over {
    /** Fields of the rows this operator emits. */
    Schema schema();

    /** Operators this one reads, in port order. */
    List<LogicalOp> inputs();

    /**
     * Rows of a stream; inside a kernel, the rows of input port 0.
     *
     * @param stream name in the catalogue
     * @param timeField event-time field, or -1
     * @param updating rows may update and delete others; never so for a stream
     */
    record Source(String stream, Schema schema, int timeField, boolean updating)
            implements LogicalOp {
        public Source {
            Objects.requireNonNull(stream, "stream");
            Objects.requireNonNull(schema, "schema");
        }

        public Source(String stream, Schema schema, int timeField) {
            this(stream, schema, timeField, false);
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of();
        }
    }

    /** Rows for which the condition is true (not NULL, not false). */
    record Filter(LogicalOp input, Expr condition) implements LogicalOp {
        @Override
        public Schema schema() {
            return input.schema();
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of(input);
        }
    }

    /** One output row for each input row; event time is kept. */
    record Project(LogicalOp input, List<Expr> expressions, Schema schema) implements LogicalOp {
        public Project {
            expressions = List.copyOf(expressions);
            if (expressions.size() != schema.size()) {
                throw new IllegalArgumentException("as many expressions as fields");
            }
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of(input);
        }
    }

    /**
     * Each row several times, one after the other; event time is kept.
     *
     * @param times copies of a row
     * @param schema of the input, then the number of the copy from 0, a BIGINT
     */
    record Repeat(LogicalOp input, long times, Schema schema) implements LogicalOp {
        /** More copies than these are refused. */
        public static final long TIMES_MAX = 10_000;

        public Repeat {
            if (times < 1 || times > TIMES_MAX) {
                throw new IllegalArgumentException("a row is repeated 1 to " + TIMES_MAX);
            }
            if (schema.size() != input.schema().size() + 1) {
                throw new IllegalArgumentException("one field for the number of the copy");
            }
        }

        /** Derives the schema from the input. */
        public static Repeat of(LogicalOp input, long times) {
            List<Field> fields = new ArrayList<>(input.schema().fields());
            fields.add(new Field("copy", FieldType.BIGINT));
            return new Repeat(input, times, new Schema(fields));
        }

        /** The field with the number of the copy. */
        public int copy() {
            return schema.size() - 1;
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of(input);
        }
    }

    /**
     * Groups by key within windows. The output row is keys, then for a window {@code window_start}
     * and {@code window_end} (TIMESTAMP, end exclusive), then the aggregates; its event time is the
     * last microsecond of the window. A window is emitted once the watermark reaches its end: by
     * window start, and inside a window in the order in which the keys first came; sessions in no
     * order that means anything. A row all of whose windows were emitted before is late: dropped
     * and counted. NULL keys form a group. Without keys and without window one row comes out even
     * of no input. Rows with {@link Window.Kind#ATTACHED} windows bring the bounds along: they are
     * keys or they are not in the output.
     *
     * @param keys input fields
     */
    record WindowAggregate(
            LogicalOp input,
            Window window,
            List<Integer> keys,
            List<AggregateCall> aggregates,
            Schema schema)
            implements LogicalOp {
        public WindowAggregate {
            keys = List.copyOf(keys);
            aggregates = List.copyOf(aggregates);
        }

        /** Derives the schema from the input; {@code names} are those of the aggregates. */
        public static WindowAggregate of(
                LogicalOp input,
                Window window,
                List<Integer> keys,
                List<AggregateCall> aggregates,
                List<String> names) {
            List<Field> fields = new ArrayList<>();
            keys.forEach(key -> fields.add(input.schema().field(key)));
            if (window.hasBounds()) {
                fields.add(new Field("window_start", FieldType.TIMESTAMP));
                fields.add(new Field("window_end", FieldType.TIMESTAMP));
            }
            for (int i = 0; i < aggregates.size(); i++) {
                fields.add(new Field(names.get(i), aggregates.get(i).type()));
            }
            return new WindowAggregate(input, window, keys, aggregates, new Schema(fields));
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of(input);
        }
    }

    /**
     * The first of two halves of an aggregate: groups the rows at hand, and in place of results it
     * gives what the aggregates keep ({@link AggregateHalves}). The row is keys, for a window its
     * bounds, then those columns. Hopping windows are cut into their panes. Nothing is late here: a
     * group that comes again gives another row; the second half decides.
     *
     * @param aggregates as in the whole aggregate
     */
    record PartialAggregate(
            LogicalOp input,
            Window window,
            List<Integer> keys,
            List<AggregateCall> aggregates,
            Schema schema)
            implements LogicalOp {
        public PartialAggregate {
            keys = List.copyOf(keys);
            aggregates = List.copyOf(aggregates);
        }

        /** The first half of {@code whole} over one of its inputs. */
        public static PartialAggregate of(LogicalOp input, WindowAggregate whole) {
            return AggregateHalves.first(input, whole);
        }

        /** The aggregate that forms these groups; its results are what is kept. */
        public WindowAggregate grouping() {
            return new WindowAggregate(input, window, keys, aggregates, schema);
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of(input);
        }
    }

    /**
     * The second half of an aggregate: merges what first halves kept, and gives the results of the
     * whole.
     *
     * @param window over the start of the part's window
     * @param keys so many leading fields of the input
     * @param aggregates as in the whole aggregate: their arguments are fields of {@code rows}
     * @param rows fields of the rows that the first half read
     */
    record FinalAggregate(
            LogicalOp input,
            Window window,
            int keys,
            List<AggregateCall> aggregates,
            Schema rows,
            Schema schema)
            implements LogicalOp {
        public FinalAggregate {
            aggregates = List.copyOf(aggregates);
        }

        /** The second half of {@code whole} over first halves of it. */
        public static FinalAggregate of(LogicalOp input, WindowAggregate whole) {
            return AggregateHalves.second(input, whole);
        }

        /** The aggregate that forms these groups; its arguments are fields of {@code rows}. */
        public WindowAggregate grouping() {
            List<Integer> leading = IntStream.range(0, keys).boxed().toList();
            return new WindowAggregate(input, window, leading, aggregates, schema);
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of(input);
        }
    }

    /**
     * Deals rows out to {@code instances} instances of what reads them, by a hash of the keys: rows
     * of equal keys go the same way, in their order. Whatever comes behind runs once for each
     * instance, up to the next operator with several inputs or with state, which reads all of them.
     *
     * @param keys fields of the input
     */
    record Exchange(LogicalOp input, List<Integer> keys, int instances) implements LogicalOp {
        /** Instances at most. */
        public static final int INSTANCES_MAX = 16;

        public Exchange {
            keys = List.copyOf(keys);
            if (instances < 2 || instances > INSTANCES_MAX) {
                throw new IllegalArgumentException(instances + " instances");
            }
        }

        @Override
        public Schema schema() {
            return input.schema();
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of(input);
        }
    }

    /**
     * Orders, numbers and cuts rows. Rows are gathered by the value of a time field, such as the
     * end of their window; rows of equal time come out together once the watermark reaches that
     * time plus a delay. Inside them each partition comes in the order in which its key first came,
     * its rows in their order; rows that are equal in all keys come in the order of the input.
     * Without a time field everything comes at the end of the bounded input; only then, and without
     * order, partition and rankings, rows pass at once until enough of them have. A row that comes
     * after its time was emitted is late: dropped and counted; without a time it is an error. Event
     * times are kept.
     *
     * @param timeField input field of type TIMESTAMP, or -1
     * @param delayUs from the value of the time field to the watermark that completes it
     * @param partition input fields; the rows of a partition are numbered together
     * @param order first key first
     * @param ranked so many leading keys decide whether rows rank equal; the others only make the
     *     order of equals certain
     * @param cut by which number rows are cut
     * @param offset rows with numbers up to this are left out
     * @param fetch rows with numbers beyond offset + fetch are left out; -1: none
     * @param rankings numbers to append to the row, each a BIGINT
     * @param schema of the input, then the numbers
     */
    record Sort(
            LogicalOp input,
            int timeField,
            long delayUs,
            List<Integer> partition,
            List<SortKey> order,
            int ranked,
            Ranking cut,
            long offset,
            long fetch,
            List<Ranking> rankings,
            Schema schema)
            implements LogicalOp {
        public Sort {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
            rankings = List.copyOf(rankings);
            Objects.requireNonNull(cut, "cut");
            if (offset < 0 || fetch < -1 || delayUs < 0 || ranked > order.size()) {
                throw new IllegalArgumentException("a sort counts from zero");
            }
            if (schema.size() != input.schema().size() + rankings.size()) {
                throw new IllegalArgumentException("one field for each number");
            }
        }

        /** Orders the whole input, and cuts it: ORDER BY, LIMIT. */
        public static Sort of(LogicalOp input, List<SortKey> order, long offset, long fetch) {
            return new Sort(
                    input,
                    -1,
                    0,
                    List.of(),
                    order,
                    order.size(),
                    Ranking.ROW_NUMBER,
                    offset,
                    fetch,
                    List.of(),
                    input.schema());
        }

        /** True when rows pass at once: the order of the input is as good as any other. */
        public boolean isLimit() {
            return timeField < 0 && partition.isEmpty() && order.isEmpty() && rankings.isEmpty();
        }

        /** The same over another input; the fields of the numbers are appended to its own. */
        public Sort over(LogicalOp other) {
            List<Field> fields = new ArrayList<>(other.schema().fields());
            fields.addAll(schema.fields().subList(input.schema().size(), schema.size()));
            return new Sort(
                    other,
                    timeField,
                    delayUs,
                    partition,
                    order,
                    ranked,
                    cut,
                    offset,
                    fetch,
                    rankings,
                    new Schema(fields));
        }

        /** The same for rows of equal time, emitted when they are complete. */
        public Sort at(int field, long delay) {
            return new Sort(
                    input, field, delay, partition, order, ranked, cut, offset, fetch, rankings,
                    schema);
        }

        /** The same with other limits. */
        public Sort limited(Ranking by, long from, long count) {
            return new Sort(
                    input, timeField, delayUs, partition, order, ranked, by, from, count, rankings,
                    schema);
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of(input);
        }
    }

    /**
     * The rows of all inputs, one after the other as they come (UNION ALL). The inputs have fields
     * of equal types; event time is kept, the watermark is the least of the inputs'.
     *
     * @param schema with the names of the first input
     */
    record Union(List<LogicalOp> inputs, Schema schema) implements LogicalOp {
        public Union {
            inputs = List.copyOf(inputs);
            if (inputs.size() < 2) {
                throw new IllegalArgumentException("a union has two inputs or more");
            }
            for (LogicalOp input : inputs) {
                if (input.schema().layout() != schema.layout()) {
                    throw new IllegalArgumentException("inputs of a union have equal types");
                }
            }
        }
    }

    /**
     * Pairs of rows for which the condition is true; by kind also rows without match. Its event
     * time is the later one of the pair.
     *
     * <p>With {@code time} both inputs are taken as they come, and a row that finds no match is
     * known once the watermark has passed; a row that comes after the watermark is late: dropped
     * and counted. Without, the right input is read to its end before the first left row is taken;
     * pairs come in the order of the left rows, right rows without match at the end.
     *
     * @param condition over the fields of the left input, then those of the right
     * @param time null: not bounded in time
     * @param mode how the sides are read; a lookup is not bounded in time
     * @param schema fields of the left input, then of the right unless the kind leaves them out
     */
    record Join(
            LogicalOp left,
            LogicalOp right,
            JoinKind kind,
            Expr condition,
            JoinTime time,
            JoinMode mode,
            Schema schema)
            implements LogicalOp {
        public Join {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(mode, "mode");
            Objects.requireNonNull(condition, "condition");
            int fields = left.schema().size() + (kind.hasRight() ? right.schema().size() : 0);
            if (fields != schema.size()) {
                throw new IllegalArgumentException("a join has the fields of its sides");
            }
        }

        /** Derives the schema from the inputs; a name that is taken gets a number. */
        public static Join of(LogicalOp left, LogicalOp right, JoinKind kind, Expr condition) {
            Schema schema = schema(left, right, kind);
            return new Join(left, right, kind, condition, null, JoinMode.PAIRS, schema);
        }

        private static Schema schema(LogicalOp left, LogicalOp right, JoinKind kind) {
            List<Field> fields = new ArrayList<>(left.schema().fields());
            if (kind.hasRight()) {
                Set<String> taken = new HashSet<>();
                fields.forEach(field -> taken.add(field.name().toLowerCase(Locale.ROOT)));
                for (Field field : right.schema().fields()) {
                    String name = field.name();
                    for (int i = 0; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
                        name = field.name() + i;
                    }
                    fields.add(new Field(name, field.type()));
                }
            }
            return new Schema(fields);
        }

        /** The same join with another bound in time. */
        public Join within(JoinTime bound) {
            return new Join(left, right, kind, condition, bound, mode, schema);
        }

        /** The same join of a stream with a table. */
        public Join lookup() {
            return new Join(left, right, kind, condition, null, JoinMode.LOOKUP, schema);
        }

        /** The same join with its sides read in another way. */
        public Join in(JoinMode other) {
            return new Join(left, right, kind, condition, time, other, schema);
        }

        /** The same join over other inputs of equal schemas, with a condition of equal meaning. */
        public Join over(List<LogicalOp> inputs, Expr other) {
            return new Join(inputs.get(0), inputs.get(1), kind, other, time, mode, schema);
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of(left, right);
        }
    }
}
