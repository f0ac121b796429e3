package galois.api.plan;

import galois.batch.FieldType;

import java.util.Objects;

/**
 * One aggregate of a group.
 *
 * @param argument input field, or -1 for {@code COUNT(*)}
 * @param type of the result
 */
public record AggregateCall(AggregateFunction function, int argument, FieldType type) {
    public AggregateCall {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(type, "type");
        if (argument < 0 && function != AggregateFunction.COUNT) {
            throw new IllegalArgumentException(function + " needs an argument");
        }
    }
}
