package galois.api.plan;

import galois.batch.FieldType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
     * @param text {@code null} for NULL; else {@code true}, {@code -12}, {@code 1.5} (a DECIMAL
     *     with all digits of its scale), {@code NaN}, the text of a VARCHAR, a VARBINARY in
     *     hexadecimal, the number in the cell of any other type
     */
    record Literal(FieldType type, String text) implements Expr {
        public boolean isNull() {
            return text == null;
        }

        /** The cell of a literal whose type has an I64 cell. */
        public long asLong() {
            return switch (type.kind()) {
                case BOOLEAN -> Boolean.parseBoolean(text) ? 1 : 0;
                case DECIMAL -> new BigDecimal(text).unscaledValue().longValueExact();
                default -> Long.parseLong(text);
            };
        }

        /** The value of a numeric literal; of a REAL the nearest one. */
        public double asDouble() {
            return type == FieldType.REAL ? Float.parseFloat(text) : Double.parseDouble(text);
        }

        /** The bytes of a VARCHAR, in UTF-8, or of a VARBINARY. */
        public byte[] asBytes() {
            return type == FieldType.VARBINARY
                    ? HexFormat.of().parseHex(text)
                    : text.getBytes(StandardCharsets.UTF_8);
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
