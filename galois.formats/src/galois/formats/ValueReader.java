package galois.formats;

import galois.api.io.MalformedRow;
import galois.api.io.MalformedRow.Cause;
import galois.batch.Field;
import galois.batch.FieldType;

import java.nio.charset.StandardCharsets;

/**
 * Reads the text form of values into a row, by the field's type. Blanks around a value that is not
 * VARCHAR do not count. One owner; no allocation unless a value is refused.
 *
 * <p>BOOLEAN: true, false, t, f, 1, 0 in any case. Integers: decimal, also {@code 2.0} and {@code
 * 1e3}. DECIMAL: rounded to its scale. REAL and DOUBLE: decimal, NaN, Infinity. DATE, TIME: ISO
 * 8601. Intervals: {@link IntervalText}. VARBINARY: base64. TIMESTAMP: ISO 8601 text, or a number
 * in the unit of the option {@code timestamp}. VARCHAR: well-formed UTF-8.
 */
final class ValueReader {
    private static final int SHOWN_MAX = 40;

    private final TimestampUnit unit;
    private final NumberText numbers = new NumberText();

    ValueReader(TimestampUnit unit) {
        this.unit = unit;
    }

    /** Sets the field; false when the text is not a value of its type (the field is then NULL). */
    boolean read(StagedRow row, int field, byte[] b, int start, int end) {
        row.setNull(field);
        int from = start;
        int to = end;
        FieldType type = row.schema().type(field);
        if (type == FieldType.VARCHAR) {
            row.setText(field, b, from, to - from);
            return Utf8.isValid(b, from, to);
        }
        if (type == FieldType.VARBINARY) {
            return row.setBase64(field, b, from, to);
        }
        while (from < to && isBlank(b[from])) {
            from++;
        }
        while (to > from && isBlank(b[to - 1])) {
            to--;
        }
        return switch (type.kind()) {
            case BOOLEAN -> readBoolean(row, field, b, from, to);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> {
                boolean ok = numbers.parseLong(b, from, to);
                row.setLong(field, numbers.longValue());
                yield ok && fits(numbers.longValue(), type);
            }
            case DECIMAL -> set(row, field, DecimalText.parse(b, from, to, type));
            case REAL -> {
                boolean ok = numbers.parseDouble(b, from, to);
                float value = (float) numbers.doubleValue();
                row.setDouble(field, value);
                yield ok && Float.isInfinite(value) == Double.isInfinite(numbers.doubleValue());
            }
            case DOUBLE -> {
                boolean ok = numbers.parseDouble(b, from, to);
                row.setDouble(field, numbers.doubleValue());
                yield ok;
            }
            case DATE -> set(row, field, TimestampText.parseDate(b, from, to));
            case TIME -> set(row, field, TimestampText.parseTime(b, from, to));
            case TIMESTAMP -> readTimestamp(row, field, b, from, to);
            case INTERVAL_MONTH -> set(row, field, IntervalText.parseMonths(b, from, to));
            case INTERVAL_DAY -> set(row, field, IntervalText.parseMicros(b, from, to));
            case VARCHAR, VARBINARY -> throw new AssertionError(type);
        };
    }

    private static boolean fits(long value, FieldType type) {
        return switch (type.kind()) {
            case TINYINT -> value == (byte) value;
            case SMALLINT -> value == (short) value;
            case INTEGER -> value == (int) value;
            default -> true;
        };
    }

    /** False for the one number that stands for no value in all of our texts. */
    private static boolean set(StagedRow row, int field, long value) {
        row.setLong(field, value);
        return value != Long.MIN_VALUE;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean readBoolean(StagedRow row, int field, byte[] b, int from, int to) {
        boolean yes =
                to - from == 1
                        ? (b[from] == '1' || (b[from] | 0x20) == 't')
                        : Keyword.matches("true", b, from, to);
        boolean no =
                to - from == 1
                        ? (b[from] == '0' || (b[from] | 0x20) == 'f')
                        : Keyword.matches("false", b, from, to);
        row.setLong(field, yes ? 1 : 0);
        return yes || no;
    }

    private boolean readTimestamp(StagedRow row, int field, byte[] b, int from, int to) {
        long us = TimestampText.parse(b, from, to);
        if (us == TimestampText.INVALID) {
            if (!numbers.parseScaled(b, from, to, unit.us())) {
                return false;
            }
            us = numbers.longValue();
        }
        row.setLong(field, us);
        return true;
    }

    /** The report of a value that {@link #read} refused. */
    static MalformedRow refused(Field field, long line, byte[] b, int from, int to) {
        boolean text = field.type() == FieldType.VARCHAR;
        String wanted = text ? "well-formed UTF-8" : "a value of type " + field.type();
        return new MalformedRow(
                text ? Cause.MALFORMED : Cause.WRONG_TYPE,
                line,
                "column \"" + field.name() + "\": \"" + shown(b, from, to) + "\" is not " + wanted);
    }

    /** At most 40 characters of the text, safe to print: no control characters. */
    static String shown(byte[] b, int from, int to) {
        int end = Math.min(to, from + SHOWN_MAX);
        String text = new String(b, from, end - from, StandardCharsets.UTF_8);
        return shown(end < to ? text + "..." : text);
    }

    /** The text safe to print: no control characters, at most 200 characters. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), 200); i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? '\uFFFD' : c);
        }
        return shown.toString();
    }
}
