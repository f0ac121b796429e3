package galois.formats;

import java.util.Locale;

/**
 * How a TIMESTAMP is written (option {@code timestamp}). ISO 8601 text is read whatever the unit.
 */
enum TimestampUnit {
    /** ISO 8601 with Z; a number that is read counts milliseconds. */
    ISO(1_000),
    /** Milliseconds since 1970-01-01T00:00:00Z. */
    MS(1_000),
    /** Microseconds since 1970-01-01T00:00:00Z. */
    US(1),
    /** Seconds since 1970-01-01T00:00:00Z. */
    S(1_000_000);

    private final long us;

    TimestampUnit(long us) {
        this.us = us;
    }

    /** Microseconds of one unit. */
    long us() {
        return us;
    }

    static TimestampUnit of(String option) {
        return valueOf(option.toUpperCase(Locale.ROOT));
    }
}
