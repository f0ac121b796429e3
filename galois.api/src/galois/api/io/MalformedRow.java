package galois.api.io;

import java.util.Locale;

/**
 * Why a row did not come in.
 *
 * @param line of the input, from 1; 0 when the input has no lines
 * @param message one line: the value (shortened), what was expected, the column
 */
public record MalformedRow(Cause cause, long line, String message) {
    /** Causes, as counted in reports. */
    public enum Cause {
        /** Not well-formed JSON, CSV or UTF-8. */
        MALFORMED,
        /** A field of the schema is not in the row; the row is kept with NULL. */
        MISSING_FIELD,
        /** A value cannot be read as the field's type. */
        WRONG_TYPE,
        /** Payload or row above the limit. */
        TOO_LARGE,
        /** More fields than the schema has (CSV). */
        SURPLUS_FIELD,
        /** A message on a topic that the stream did not ask for. */
        UNKNOWN_TOPIC,
        /** The sequence column says that rows are missing. */
        GAP,
        /** The sequence column says that the row was there before. */
        DUPLICATE,
        /** Older than the watermark allows. */
        LATE;

        /** The cause in words, as counters and reports name it: {@code wrong type}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
