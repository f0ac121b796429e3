package galois.formats;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Growing text of one row that is being encoded. One owner; keeps its array from row to row. */
final class TextBuffer {
    private byte[] bytes = new byte[256];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    void put(int ascii) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) ascii;
    }

    void put(byte[] source, int from, int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** Text of ASCII characters only. */
    void putAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    void putLong(long value) {
        if (value == Long.MIN_VALUE) {
            putAscii("-9223372036854775808");
            return;
        }
        if (value < 0) {
            put('-');
        }
        putPadded(Math.abs(value), 1);
    }

    /** A number that is not negative, with leading zeros up to {@code width} digits. */
    void putPadded(long value, int width) {
        int digits = 1;
        for (long v = value; v >= 10; v /= 10) {
            digits++;
        }
        for (int i = digits; i < width; i++) {
            put('0');
        }
        int end = length + digits;
        for (int i = 0; i < digits; i++) {
            put('0');
        }
        long rest = value;
        for (int i = end - 1; i >= end - digits; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    void writeTo(ByteArrayOutputStream out) {
        out.write(bytes, 0, length);
    }
}
