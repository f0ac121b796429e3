package galois.shell.output;

import galois.batch.BatchCursor;
import galois.batch.FieldType;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A value in words for people; formats for machines are elsewhere. */
public final class CellText {
    /** What a NULL looks like in a table. */
    public static final String NULL = "NULL";

    private CellText() {}

    public static String of(BatchCursor row, FieldType type, int field) {
        if (row.isNull(field)) {
            return NULL;
        }
        return switch (type.kind()) {
            case BOOLEAN -> row.getLong(field) != 0 ? "true" : "false";
            case INTEGER, BIGINT -> Long.toString(row.getLong(field));
            case DOUBLE -> Double.toString(row.getDouble(field));
            case TIMESTAMP -> Instant.EPOCH.plus(row.getLong(field), ChronoUnit.MICROS).toString();
            case VARCHAR -> printable(row.getString(field));
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    /** Control characters could change the terminal; each is shown as a question mark. */
    static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
