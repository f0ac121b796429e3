package galois.formats;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;

import galois.batch.BatchCursor;
import galois.batch.FieldType;

/**
 * Writes the text form of values that are not VARCHAR, the same bytes on every Java release. DOUBLE
 * is the shortest decimal that reads back as the same double, in the form of {@code
 * Double.toString} ({@code 1.0}, {@code 1.0E10}, {@code NaN}, {@code -Infinity}); BOOLEAN is true
 * or false; TIMESTAMP is ISO 8601 with Z, or a number when the option {@code timestamp} names a
 * unit (whole units, rounded down).
 */
final class ValueWriter {
    private final TimestampUnit unit;

    ValueWriter(TimestampUnit unit) {
        this.unit = unit;
    }

    /** True when a TIMESTAMP is written as text, which JSON has to quote. */
    boolean writesIsoText() {
        return unit == TimestampUnit.ISO;
    }

    /** Appends the value of a field that is not NULL. */
    void write(BatchCursor row, int field, FieldType type, TextBuffer out) {
        switch (type.kind()) {
            case BOOLEAN -> out.putAscii(row.getLong(field) == 0 ? "false" : "true");
            case INTEGER, BIGINT -> out.putLong(row.getLong(field));
            case DOUBLE -> out.putAscii(DoubleToDecimal.toString(row.getDouble(field)));
            case TIMESTAMP -> {
                if (unit == TimestampUnit.ISO) {
                    TimestampText.write(row.getLong(field), out);
                } else {
                    out.putLong(Math.floorDiv(row.getLong(field), unit.us()));
                }
            }
            default -> throw new IllegalArgumentException(type.toString());
        }
    }
}
