package galois.api.plan;

import galois.batch.FieldType;

import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * One column that {@link Over} computes.
 *
 * @param argument input field of LAG, LEAD and the values of a frame; else -1
 * @param offset rows of LAG and LEAD, number of NTH_VALUE; else 0
 * @param frame of a function that reads one; else {@link OverFrame#USUAL}
 * @param aggregate of AGGREGATE; else null
 */
public record OverCall(
        OverFunction function,
        int argument,
        long offset,
        OverFrame frame,
        AggregateCall aggregate,
        FieldType type) {
    public OverCall {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(type, "type");
        if ((function == OverFunction.AGGREGATE) != (aggregate != null)) {
            throw new IllegalArgumentException(function + " with " + aggregate);
        }
        if (offset < 0 || offset > OverFrame.ROWS_MAX) {
            throw new IllegalArgumentException(function + " of " + offset + " rows");
        }
    }

    /** ROW_NUMBER, RANK, DENSE_RANK. */
    public static OverCall ranking(OverFunction function) {
        return new OverCall(function, -1, 0, OverFrame.USUAL, null, FieldType.BIGINT);
    }

    public static OverCall of(AggregateCall aggregate, OverFrame frame) {
        return new OverCall(OverFunction.AGGREGATE, -1, 0, frame, aggregate, aggregate.type());
    }

    /** The same over other fields. */
    public OverCall over(IntUnaryOperator fields) {
        return new OverCall(
                function,
                argument < 0 ? -1 : fields.applyAsInt(argument),
                offset,
                frame,
                aggregate == null ? null : aggregate.over(fields),
                type);
    }

    /** The input fields that it reads. */
    public IntStream fields() {
        IntStream own = IntStream.of(argument).filter(field -> field >= 0);
        return aggregate == null ? own : IntStream.concat(own, aggregate.fields());
    }

    /** True when it can be told as soon as the rows that rank equal are there, of few rows. */
    public boolean looksBack() {
        boolean keepsAll = function == OverFunction.NTH_VALUE && frame.isFromFirst();
        boolean looksAhead =
                function == OverFunction.LEAD || function.isOfFrame() && !frame.endsHere();
        return !keepsAll && !looksAhead;
    }
}
