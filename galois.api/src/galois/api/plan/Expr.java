package galois.api.plan;

import galois.batch.FieldType;

import java.util.List;
import java.util.Objects;

/**
 * A scalar expression over one row, with SQL null semantics (three-valued logic). NaN equals itself
 * and is greater than every other number.
 */
public sealed interface Expr {
    FieldType type();

    /** The value of input field {@code index}. */
    record Column(int index, FieldType type) implements Expr {}

    /** The value of plan parameter {@code index}: a literal lifted out of the text. */
    record Parameter(int index, FieldType type) implements Expr {}

    /**
     * A constant that belongs to the code.
     *
     * @param text {@code null} for NULL; else {@code true}, {@code -12}, {@code 1.5}, {@code NaN},
     *     the text of a VARCHAR, microseconds of a TIMESTAMP
     */
    record Literal(FieldType type, String text) implements Expr {
        public boolean isNull() {
            return text == null;
        }

        /** The I64 cell of a BOOLEAN, INTEGER, BIGINT or TIMESTAMP literal. */
        public long asLong() {
            return type == FieldType.BOOLEAN
                    ? (Boolean.parseBoolean(text) ? 1 : 0)
                    : Long.parseLong(text);
        }

        public double asDouble() {
            return Double.parseDouble(text);
        }
    }

    /**
     * A function of other expressions. CASE is (condition, value)..., else value.
     *
     * @param type of the result; the target type for CAST
     */
    record Call(Function function, List<Expr> operands, FieldType type) implements Expr {
        public Call {
            Objects.requireNonNull(function, "function");
            Objects.requireNonNull(type, "type");
            operands = List.copyOf(operands);
        }
    }
}
