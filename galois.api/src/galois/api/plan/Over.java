package galois.api.plan;

import galois.batch.Field;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;

/**
 * Each row with columns that are computed of the rows around it in its partition: {@code OVER}.
 * Rows are gathered by the value of a time field; those of one time are taken once the watermark
 * reaches that time plus a delay, partition by partition, in their order; rows that are equal in
 * all keys in the order of the input. Without a time field all are taken at the end of the bounded
 * input. A row that comes after its time is late: dropped and counted; without a time it is an
 * error. Event times are kept.
 *
 * @param timeField input field of type TIMESTAMP, or -1
 * @param delayUs from the value of the time field to the watermark that completes it
 * @param goesOn a partition goes on from one time to the next, as far as the frames need it: the
 *     time field is the first key, ascending, and every call looks back; else each time has
 *     partitions of its own
 * @param partition input fields
 * @param order first key first
 * @param first number of the first row of a partition that comes out
 * @param every of the rows behind it each so-manyth one comes out
 * @param schema of the input, then the calls
 */
public record Over(
        LogicalOp input,
        int timeField,
        long delayUs,
        boolean goesOn,
        List<Integer> partition,
        List<SortKey> order,
        long first,
        long every,
        List<OverCall> calls,
        Schema schema)
        implements LogicalOp {
    public Over {
        partition = List.copyOf(partition);
        order = List.copyOf(order);
        calls = List.copyOf(calls);
        if (first < 1 || every < 1 || delayUs < 0) {
            throw new IllegalArgumentException("rows count from one");
        }
        boolean isInOrder =
                timeField >= 0
                        && !order.isEmpty()
                        && order.get(0).field() == timeField
                        && !order.get(0).descending();
        if (goesOn && !(isInOrder && calls.stream().allMatch(OverCall::looksBack))) {
            throw new IllegalArgumentException("only what looks back in time goes on");
        }
        if (schema.size() != input.schema().size() + calls.size()) {
            throw new IllegalArgumentException("one field for each call");
        }
    }

    /** Over the whole bounded input; {@code names} are those of the calls. */
    public static Over of(
            LogicalOp input,
            List<Integer> partition,
            List<SortKey> order,
            List<OverCall> calls,
            List<String> names) {
        List<Field> fields = new ArrayList<>(input.schema().fields());
        for (int i = 0; i < calls.size(); i++) {
            fields.add(new Field(names.get(i), calls.get(i).type()));
        }
        return new Over(input, -1, 0, false, partition, order, 1, 1, calls, new Schema(fields));
    }

    /** The same over another input; the fields of the calls are appended to its own. */
    public Over over(LogicalOp other) {
        List<Field> fields = new ArrayList<>(other.schema().fields());
        fields.addAll(schema.fields().subList(input.schema().size(), schema.size()));
        return new Over(
                other,
                timeField,
                delayUs,
                goesOn,
                partition,
                order,
                first,
                every,
                calls,
                new Schema(fields));
    }

    /** The same for rows of equal time, taken when they are complete. */
    public Over at(int field, long delay) {
        return new Over(input, field, delay, false, partition, order, first, every, calls, schema);
    }

    /** The same in the order of time, of partitions that go on. */
    public Over goingOn(long delay) {
        return new Over(
                input,
                order.get(0).field(),
                delay,
                true,
                partition,
                order,
                first,
                every,
                calls,
                schema);
    }

    /** The same of which not every row comes out. */
    public Over each(long from, long step) {
        return new Over(
                input, timeField, delayUs, goesOn, partition, order, from, step, calls, schema);
    }

    /** True when each call can be told as soon as the rows of its time are there. */
    public boolean looksBack() {
        return calls.stream().allMatch(OverCall::looksBack);
    }

    @Override
    public List<LogicalOp> inputs() {
        return List.of(input);
    }
}
