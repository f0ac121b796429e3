package galois.formats;

/**
 * Intervals as in SQL literals: {@code 1-06} years and months, {@code -2 03:04:05.5} days and a
 * time of less than a day.
 */
final class IntervalText {
    /** No interval: the text is not one. */
    static final long INVALID = Long.MIN_VALUE;

    private static final long DAY_US = 86_400_000_000L;
    private static final long DAYS_MAX = Long.MAX_VALUE / DAY_US - 1;
    private static final long YEARS_MAX = Long.MAX_VALUE / 12 - 1;

    private IntervalText() {}

    static void writeMonths(long months, TextBuffer out) {
        long magnitude = sign(months, out);
        out.putLong(magnitude / 12);
        out.put('-');
        out.putPadded(magnitude % 12, 2);
    }

    static void writeMicros(long us, TextBuffer out) {
        long magnitude = sign(us, out);
        out.putLong(magnitude / DAY_US);
        out.put(' ');
        TimestampText.writeTime(magnitude % DAY_US, out);
    }

    /** The magnitude; the lowest number of all counts as the one above it. */
    private static long sign(long value, TextBuffer out) {
        if (value < 0) {
            out.put('-');
        }
        return Math.abs(Math.max(value, -Long.MAX_VALUE));
    }

    /** Months, or {@link #INVALID}. */
    static long parseMonths(byte[] b, int from, int to) {
        int start = start(b, from, to);
        int dash = find('-', b, start, to);
        long years = number(b, start, dash);
        long months = dash == to ? 0 : number(b, dash + 1, to);
        if (years < 0 || years > YEARS_MAX || months < 0 || months > 11) {
            return INVALID;
        }
        return signed(b, from, years * 12 + months);
    }

    /** Microseconds, or {@link #INVALID}; days may be missing, or the time. */
    static long parseMicros(byte[] b, int from, int to) {
        int start = start(b, from, to);
        int blank = find(' ', b, start, to);
        boolean hasDays = blank < to || find(':', b, start, to) == to;
        long days = hasDays ? number(b, start, blank) : 0;
        if (days < 0 || days > DAYS_MAX) {
            return INVALID;
        }
        long time = 0;
        if (!hasDays || blank < to) {
            time = TimestampText.parseTime(b, hasDays ? blank + 1 : start, to);
        }
        return time == TimestampText.INVALID ? INVALID : signed(b, from, days * DAY_US + time);
    }

    private static int start(byte[] b, int from, int to) {
        return from < to && (b[from] == '-' || b[from] == '+') ? from + 1 : from;
    }

    private static long signed(byte[] b, int from, long magnitude) {
        return b[from] == '-' ? -magnitude : magnitude;
    }

    private static int find(char c, byte[] b, int from, int to) {
        int i = from;
        while (i < to && b[i] != c) {
            i++;
        }
        return i;
    }

    /** Digits as a number; -1 if there are none, too many or something else. */
    private static long number(byte[] b, int from, int to) {
        if (from >= to || to - from > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
