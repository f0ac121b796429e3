package galois.api.plan;

import galois.batch.FieldType;

import java.util.Objects;

/**
 * One aggregate of a group.
 *
 * @param argument input field, or -1 for {@code COUNT(*)}
 * @param by second input field of ARG_MIN and ARG_MAX: what is compared; else -1
 * @param distinct of equal arguments only the first counts
 * @param filter input field of type BOOLEAN: only rows count in which it is true; or -1 for all
 * @param option separator of LISTAGG, fraction of APPROX_QUANTILE; else empty
 * @param type of the result
 */
public record AggregateCall(
        AggregateFunction function,
        int argument,
        int by,
        boolean distinct,
        int filter,
        String option,
        FieldType type) {
    public AggregateCall {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(option, "option");
        Objects.requireNonNull(type, "type");
        if (argument < 0 && function != AggregateFunction.COUNT) {
            throw new IllegalArgumentException(function + " needs an argument");
        }
        if (by < 0 && function.isBy()) {
            throw new IllegalArgumentException(function + " needs two arguments");
        }
    }

    /** Of all rows and arguments. */
    public AggregateCall(AggregateFunction function, int argument, FieldType type) {
        this(function, argument, -1, false, -1, "", type);
    }

    /** The same aggregate over other fields. */
    public AggregateCall over(java.util.function.IntUnaryOperator fields) {
        return new AggregateCall(
                function,
                argument < 0 ? -1 : fields.applyAsInt(argument),
                by < 0 ? -1 : fields.applyAsInt(by),
                distinct,
                filter < 0 ? -1 : fields.applyAsInt(filter),
                option,
                type);
    }

    /** The input fields that it reads. */
    public java.util.stream.IntStream fields() {
        return java.util.stream.IntStream.of(argument, by, filter).filter(field -> field >= 0);
    }
}
