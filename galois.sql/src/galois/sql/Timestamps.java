package galois.sql;

import galois.batch.FieldType;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates, times and timestamps in text: {@code 2026-01-31 12:30:00.5}, with T, without time, without
 * seconds, with Z.
 */
final class Timestamps {
    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{4})-(\\d{1,2})-(\\d{1,2})"
                            + "(?:[ T](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,6}))?)?)?Z?");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}");

    private static final Pattern TIME = Pattern.compile("\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?");

    private static final long DAY_US = 86_400_000_000L;

    private Timestamps() {}

    /**
     * The cell of a DATE, TIME or TIMESTAMP in text; null when the text is none, or the type is
     * another.
     */
    static Long parse(FieldType type, String text) {
        return switch (type.kind()) {
            case TIMESTAMP -> parse(text);
            case DATE -> {
                Long us = DATE.matcher(text.trim()).matches() ? parse(text) : null;
                yield us == null ? null : (Long) Math.floorDiv(us, DAY_US);
            }
            case TIME ->
                    TIME.matcher(text.trim()).matches() ? parse("1970-01-01 " + text.trim()) : null;
            default -> null;
        };
    }

    /** How a type is written, for messages. */
    static String form(FieldType type) {
        return switch (type.kind()) {
            case DATE -> "yyyy-mm-dd";
            case TIME -> "hh:mm:ss.ffffff";
            default -> "yyyy-mm-dd hh:mm:ss.ffffff";
        };
    }

    /** Microseconds since the epoch, UTC; null when the text is no timestamp. */
    static Long parse(String text) {
        Matcher m = FORM.matcher(text.trim());
        if (!m.matches()) {
            return null;
        }
        try {
            LocalDateTime time =
                    LocalDateTime.of(
                            part(m, 1), part(m, 2), part(m, 3), part(m, 4), part(m, 5), part(m, 6));
            String fraction = m.group(7) == null ? "" : m.group(7);
            long micros = Long.parseLong((fraction + "000000").substring(0, 6));
            return Math.addExact(
                    Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), 1_000_000L), micros);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static int part(Matcher m, int group) {
        return m.group(group) == null ? 0 : Integer.parseInt(m.group(group));
    }
}
