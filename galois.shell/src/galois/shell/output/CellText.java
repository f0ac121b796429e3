package galois.shell.output;

import galois.batch.BatchCursor;
import galois.batch.FieldType;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;

/** A value in words for people; formats for machines are elsewhere. */
public final class CellText {
    /** What a NULL looks like in a table. */
    public static final String NULL = "NULL";

    private static final long DAY_US = 86_400_000_000L;

    private CellText() {}

    public static String of(BatchCursor row, FieldType type, int field) {
        if (row.isNull(field)) {
            return NULL;
        }
        return switch (type.kind()) {
            case BOOLEAN -> row.getLong(field) != 0 ? "true" : "false";
            case TINYINT, SMALLINT, INTEGER, BIGINT -> Long.toString(row.getLong(field));
            case DECIMAL -> BigDecimal.valueOf(row.getLong(field), type.scale()).toPlainString();
            case REAL -> Float.toString((float) row.getDouble(field));
            case DOUBLE -> Double.toString(row.getDouble(field));
            case DATE -> LocalDate.ofEpochDay(row.getLong(field)).toString();
            case TIME -> time(row.getLong(field));
            case TIMESTAMP -> Instant.EPOCH.plus(row.getLong(field), ChronoUnit.MICROS).toString();
            case INTERVAL_MONTH -> months(row.getLong(field));
            case INTERVAL_DAY -> micros(row.getLong(field));
            case VARCHAR -> printable(row.getString(field));
            case VARBINARY -> {
                int from = row.stringOffset(field);
                int to = from + row.stringLength(field);
                yield HexFormat.of().formatHex(row.array(), from, to);
            }
        };
    }

    private static String time(long us) {
        LocalTime time = LocalTime.ofNanoOfDay(us * 1000);
        return time.getSecond() == 0 && time.getNano() == 0 ? time + ":00" : time.toString();
    }

    private static String months(long months) {
        long magnitude = Math.abs(months);
        return (months < 0 ? "-" : "")
                + magnitude / 12
                + String.format(Locale.ROOT, "-%02d", magnitude % 12);
    }

    private static String micros(long us) {
        long magnitude = Math.abs(Math.max(us, -Long.MAX_VALUE));
        return (us < 0 ? "-" : "") + magnitude / DAY_US + " " + time(magnitude % DAY_US);
    }

    /** Control characters could change the terminal; each is shown as a question mark. */
    static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
