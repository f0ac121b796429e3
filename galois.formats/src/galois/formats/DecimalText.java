package galois.formats;

import galois.batch.FieldType;

/**
 * DECIMAL values as text: written with all digits of the scale; read with any number of digits and
 * an exponent, rounded half away from zero to the scale. No allocation.
 */
final class DecimalText {
    /** No value: the text is no number, or one with too many digits. */
    static final long INVALID = Long.MIN_VALUE;

    /** Nineteen digits decide how eighteen are rounded. */
    private static final long KEPT_MAX = 1_000_000_000_000_000_000L;

    private static final int EXPONENT_MAX = 9_999;

    private static final long[] POWERS = new long[FieldType.DECIMAL_PRECISION_MAX + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private DecimalText() {}

    static void write(long value, FieldType type, TextBuffer out) {
        long magnitude = Math.abs(value);
        long power = POWERS[type.scale()];
        if (value < 0) {
            out.put('-');
        }
        out.putLong(magnitude / power);
        if (type.scale() > 0) {
            out.put('.');
            out.putPadded(magnitude % power, type.scale());
        }
    }

    /** The cell, or {@link #INVALID}. */
    static long parse(byte[] b, int from, int to, FieldType type) {
        if (to - from > NumberText.LENGTH_MAX) {
            return INVALID;
        }
        int i = from < to && (b[from] == '-' || b[from] == '+') ? from + 1 : from;
        long value = 0;
        int digits = 0;
        int power = type.scale();
        boolean fraction = false;
        for (; i < to; i++) {
            int digit = b[i] - '0';
            if (digit >= 0 && digit <= 9) {
                digits++;
                boolean isKept = Long.compareUnsigned(value, KEPT_MAX) < 0;
                value = isKept ? value * 10 + digit : value;
                power += (isKept ? 0 : 1) - (fraction ? 1 : 0);
            } else if (b[i] == '.' && !fraction) {
                fraction = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return INVALID;
        }
        if (i < to) {
            int exponent = (b[i] | 0x20) == 'e' ? exponent(b, i + 1, to) : EXPONENT_MAX + 1;
            if (exponent > EXPONENT_MAX) {
                return INVALID;
            }
            power += exponent;
        }
        long scaled = scaled(value, power);
        if (Long.compareUnsigned(scaled, POWERS[type.precision()]) >= 0) {
            return INVALID;
        }
        return b[from] == '-' ? -scaled : scaled;
    }

    private static int exponent(byte[] b, int from, int to) {
        int i = from < to && (b[from] == '-' || b[from] == '+') ? from + 1 : from;
        if (i == to) {
            return EXPONENT_MAX + 1;
        }
        int value = 0;
        for (; i < to; i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9) {
                return EXPONENT_MAX + 1;
            }
            value = Math.min(value * 10 + digit, EXPONENT_MAX);
        }
        return b[from] == '-' ? -value : value;
    }

    /** The value times ten to the power, unsigned and rounded; all bits set when too large. */
    private static long scaled(long value, int power) {
        if (value == 0) {
            return 0;
        }
        long scaled = value;
        for (int i = 0; i < power; i++) {
            if (Long.compareUnsigned(scaled, KEPT_MAX) >= 0) {
                return -1;
            }
            scaled *= 10;
        }
        if (power >= 0) {
            return scaled;
        }
        for (int i = power; i < -1 && scaled != 0; i++) {
            scaled = Long.divideUnsigned(scaled, 10);
        }
        return Long.divideUnsigned(scaled + 5, 10);
    }
}
