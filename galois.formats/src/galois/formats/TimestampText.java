package galois.formats;

/**
 * ISO 8601 date-times as microseconds since 1970-01-01T00:00Z: {@code 1996-05-07}, {@code
 * 1996-05-07T00:30Z}, {@code 1996-05-07 00:30:15.250+02:00}. Without an offset the time is UTC.
 * Years have four digits; more than six digits of a second's fraction are cut off; 24:00 and second
 * 60 are refused. Day numbers follow the civil-from-days formulas of the proleptic Gregorian
 * calendar (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
 */
final class TimestampText {
    /** No time stamp: the text is not one. */
    static final long INVALID = Long.MIN_VALUE;

    private static final long US_PER_DAY = 86_400_000_000L;

    private TimestampText() {}

    /** Days since 1970-01-01, or {@link #INVALID}: a date alone. */
    static long parseDate(byte[] b, int from, int to) {
        long us = to - from == 10 ? parse(b, from, to) : INVALID;
        return us == INVALID ? INVALID : Math.floorDiv(us, US_PER_DAY);
    }

    /** Microseconds since midnight, or {@link #INVALID}: {@code 00:30}, {@code 00:30:15.25}. */
    static long parseTime(byte[] b, int from, int to) {
        boolean isShort = to - from < 5 || b[from + 2] != ':';
        int hour = isShort ? -1 : digits(b, from, 2);
        int minute = isShort ? -1 : digits(b, from + 3, 2);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return INVALID;
        }
        boolean hasZone = hasZone(b, from + 5, to);
        return hasZone ? INVALID : rest(b, from + 5, to, (hour * 60L + minute) * 60_000_000L);
    }

    /** True when there is a sign or a letter. */
    private static boolean hasZone(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (b[i] == '+' || b[i] == '-' || b[i] > '9' && b[i] != ':') {
                return true;
            }
        }
        return false;
    }

    /** Microseconds, or {@link #INVALID}. */
    static long parse(byte[] b, int from, int to) {
        int length = to - from;
        if (length < 10 || b[from + 4] != '-' || b[from + 7] != '-') {
            return INVALID;
        }
        int year = digits(b, from, 4);
        int month = digits(b, from + 5, 2);
        int day = digits(b, from + 8, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
            return INVALID;
        }
        long midnight = epochDay(year, month, day) * US_PER_DAY;
        if (length == 10) {
            return midnight;
        }
        int separator = b[from + 10] | 0x20;
        if (separator != 't' && b[from + 10] != ' ' || length < 16 || b[from + 13] != ':') {
            return INVALID;
        }
        int hour = digits(b, from + 11, 2);
        int minute = digits(b, from + 14, 2);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return INVALID;
        }
        return rest(b, from + 16, to, midnight + (hour * 60L + minute) * 60_000_000L);
    }

    /** Seconds, fraction and offset, all optional. */
    private static long rest(byte[] b, int from, int to, long minuteUs) {
        int i = from;
        long us = minuteUs;
        if (i < to && b[i] == ':') {
            int second = i + 3 <= to ? digits(b, i + 1, 2) : -1;
            if (second < 0 || second > 59) {
                return INVALID;
            }
            us += second * 1_000_000L;
            i += 3;
            if (i < to && (b[i] == '.' || b[i] == ',')) {
                int first = ++i;
                for (long weight = 100_000; i < to && b[i] >= '0' && b[i] <= '9'; weight /= 10) {
                    us += (b[i++] - '0') * weight;
                }
                if (i == first || i - first > 9) {
                    return INVALID;
                }
            }
        }
        if (i == to || i + 1 == to && (b[i] | 0x20) == 'z') {
            return us;
        }
        long offset = offsetMinutes(b, i, to);
        return offset == INVALID ? INVALID : us - offset * 60_000_000L;
    }

    /** {@code +02}, {@code +0200}, {@code +02:00}. */
    private static long offsetMinutes(byte[] b, int from, int to) {
        int length = to - from;
        boolean colon = length == 6 && b[from + 3] == ':';
        if (length != 3 && length != 5 && !colon || b[from] != '+' && b[from] != '-') {
            return INVALID;
        }
        int hours = digits(b, from + 1, 2);
        int minutes = length == 3 ? 0 : digits(b, to - 2, 2);
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return INVALID;
        }
        int total = hours * 60 + minutes;
        return b[from] == '-' ? -total : total;
    }

    /**
     * ISO 8601 with Z, as many fraction digits as needed (0, 3 or 6): {@code 1996-05-07T00:30:00Z}.
     */
    static void write(long us, TextBuffer out) {
        long day = Math.floorDiv(us, US_PER_DAY);
        long rest = Math.floorMod(us, US_PER_DAY);
        writeDate(day, out);
        out.put('T');
        writeTime(rest, out);
        out.put('Z');
    }

    /** {@code 00:30:00}, as many fraction digits as needed (0, 3 or 6). */
    static void writeTime(long us, TextBuffer out) {
        out.putPadded(us / 3_600_000_000L, 2);
        out.put(':');
        out.putPadded(us / 60_000_000 % 60, 2);
        out.put(':');
        out.putPadded(us / 1_000_000 % 60, 2);
        long fraction = us % 1_000_000;
        if (fraction != 0) {
            out.put('.');
            boolean ms = fraction % 1_000 == 0;
            out.putPadded(ms ? fraction / 1_000 : fraction, ms ? 3 : 6);
        }
    }

    /** {@code 1996-05-07}. */
    static void writeDate(long epochDay, TextBuffer out) {
        long z = epochDay + 719_468;
        long era = Math.floorDiv(z, 146_097L);
        long dayOfEra = z - era * 146_097;
        long yearOfEra =
                (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long shifted = (5 * dayOfYear + 2) / 153;
        long month = shifted < 10 ? shifted + 3 : shifted - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        if (year < 0) {
            out.put('-');
        } else if (year > 9_999) {
            out.put('+');
        }
        out.putPadded(Math.abs(year), 4);
        out.put('-');
        out.putPadded(month, 2);
        out.put('-');
        out.putPadded(dayOfYear - (153 * shifted + 2) / 5 + 1, 2);
    }

    private static long epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static int daysIn(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    private static int digits(byte[] b, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
