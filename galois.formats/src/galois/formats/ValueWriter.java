package galois.formats;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.core.io.schubfach.FloatToDecimal;

import galois.batch.BatchCursor;
import galois.batch.FieldType;

/**
 * Writes the text form of values that are not VARCHAR, the same bytes on every Java release. REAL
 * and DOUBLE are the shortest decimal that reads back as the same number, in the form of {@code
 * Double.toString} ({@code 1.0}, {@code 1.0E10}, {@code NaN}, {@code -Infinity}); BOOLEAN is true
 * or false; TIMESTAMP is ISO 8601 with Z, or a number when the option {@code timestamp} names a
 * unit (whole units, rounded down). DECIMAL has all digits of its scale, DATE is ISO 8601, TIME is
 * {@code 00:30:00.250}, intervals are {@code 1-06} and {@code 2 03:04:05}, VARBINARY is base64.
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
            case TINYINT, SMALLINT, INTEGER, BIGINT -> out.putLong(row.getLong(field));
            case DECIMAL -> DecimalText.write(row.getLong(field), type, out);
            case REAL -> out.putAscii(FloatToDecimal.toString((float) row.getDouble(field)));
            case DOUBLE -> out.putAscii(DoubleToDecimal.toString(row.getDouble(field)));
            case TIMESTAMP -> {
                if (unit == TimestampUnit.ISO) {
                    TimestampText.write(row.getLong(field), out);
                } else {
                    out.putLong(Math.floorDiv(row.getLong(field), unit.us()));
                }
            }
            case DATE -> TimestampText.writeDate(row.getLong(field), out);
            case TIME -> TimestampText.writeTime(row.getLong(field), out);
            case INTERVAL_MONTH -> IntervalText.writeMonths(row.getLong(field), out);
            case INTERVAL_DAY -> IntervalText.writeMicros(row.getLong(field), out);
            case VARBINARY ->
                    Base64Text.encode(
                            row.array(), row.stringOffset(field), row.stringLength(field), out);
            case VARCHAR -> throw new IllegalArgumentException("text is written by the format");
        }
    }
}
