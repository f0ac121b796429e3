package galois.formats;

import com.fasterxml.jackson.core.io.NumberInput;

/**
 * Numbers in text. Decimal grammar of SQL: sign, digits, fraction, exponent; at most {@link
 * #LENGTH_MAX} characters. Doubles are correctly rounded. One owner: keeps a scratch array.
 */
final class NumberText {
    /** Longer numbers are refused before any work is done on them. */
    static final int LENGTH_MAX = 100;

    private static final double LONG_EXACT_MAX = 0x1p53;

    private final char[] scratch = new char[LENGTH_MAX];
    private long longValue;
    private double doubleValue;

    /** The value that {@link #parseLong} or {@link #parseScaled} read. */
    long longValue() {
        return longValue;
    }

    /** The value that {@link #parseDouble} read. */
    double doubleValue() {
        return doubleValue;
    }

    /**
     * Reads an integer; also {@code 2.0} and {@code 1e3}, when their value is one.
     *
     * @return false when the text is no number, has a fraction or does not fit 64 bits
     */
    boolean parseLong(byte[] b, int from, int to) {
        int i = from < to && (b[from] == '-' || b[from] == '+') ? from + 1 : from;
        if (i == to || to - from > LENGTH_MAX) {
            return false;
        }
        long value = 0; // counts down: the negative range is one larger
        for (; i < to; i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9) {
                return parseIntegral(b, from, to);
            }
            if (value < (Long.MIN_VALUE + digit) / 10) {
                return false;
            }
            value = value * 10 - digit;
        }
        if (b[from] != '-') {
            if (value == Long.MIN_VALUE) {
                return false;
            }
            value = -value;
        }
        longValue = value;
        return true;
    }

    private boolean parseIntegral(byte[] b, int from, int to) {
        if (!isDecimal(b, from, to) || !parseDouble(b, from, to)) {
            return false;
        }
        longValue = (long) doubleValue;
        return longValue == doubleValue && Math.abs(doubleValue) < LONG_EXACT_MAX;
    }

    /**
     * Reads a decimal number or NaN, Infinity, Inf with a sign, in any case.
     *
     * @return false when the text is no number, or one beyond the largest double
     */
    boolean parseDouble(byte[] b, int from, int to) {
        if (!isDecimal(b, from, to)) {
            return parseSpecial(b, from, to);
        }
        int length = to - from;
        for (int i = 0; i < length; i++) {
            scratch[i] = (char) b[from + i];
        }
        doubleValue = NumberInput.parseDouble(scratch, 0, length, true);
        return !Double.isInfinite(doubleValue);
    }

    /** A number times {@code scale}, exact, fraction cut off; for time stamps in seconds or ms. */
    boolean parseScaled(byte[] b, int from, int to, long scale) {
        int dot = from;
        while (dot < to && b[dot] != '.') {
            dot++;
        }
        if (!parseLong(b, from, dot)) {
            return false;
        }
        long value = longValue;
        long weight = scale;
        long fraction = 0;
        for (int i = dot + 1; i < to; i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9 || to - from > LENGTH_MAX) {
                return false;
            }
            weight /= 10;
            fraction += digit * weight;
        }
        long high = Math.multiplyHigh(value, scale);
        long low = value * scale;
        if (high != low >> 63 || dot + 1 == to) {
            return false;
        }
        longValue = b[from] == '-' ? low - fraction : low + fraction;
        return (longValue ^ low) >= 0 || low == 0;
    }

    private static boolean isDecimal(byte[] b, int from, int to) {
        int i = from < to && (b[from] == '-' || b[from] == '+') ? from + 1 : from;
        if (to - from > LENGTH_MAX) {
            return false;
        }
        int digits = 0;
        for (; i < to && isDigit(b[i]); i++) {
            digits++;
        }
        if (i < to && b[i] == '.') {
            for (i++; i < to && isDigit(b[i]); i++) {
                digits++;
            }
        }
        if (digits > 0 && i < to && (b[i] | 0x20) == 'e') {
            i++;
            if (i < to && (b[i] == '-' || b[i] == '+')) {
                i++;
            }
            int first = i;
            while (i < to && isDigit(b[i])) {
                i++;
            }
            digits = i - first;
        }
        return digits > 0 && i == to;
    }

    private boolean parseSpecial(byte[] b, int from, int to) {
        boolean negative = from < to && b[from] == '-';
        int start = from < to && (negative || b[from] == '+') ? from + 1 : from;
        if (Keyword.matches("nan", b, start, to)) {
            doubleValue = Double.NaN;
            return true;
        }
        doubleValue = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        return Keyword.matches("infinity", b, start, to) || Keyword.matches("inf", b, start, to);
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
