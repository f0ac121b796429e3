package galois.formats;

/**
 * Checks that bytes are well-formed UTF-8 (Unicode 15, table 3-7): no overlong form, no surrogate.
 */
final class Utf8 {
    private Utf8() {}

    static boolean isValid(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        while (i < to) {
            int lead = bytes[i] & 0xFF;
            if (lead < 0x80) {
                i++;
                continue;
            }
            int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
            if (lead < 0xC2 || lead > 0xF4 || i + length > to) {
                return false;
            }
            int second = bytes[i + 1] & 0xFF;
            int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
            int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
            if (second < low || second > high) {
                return false;
            }
            for (int k = i + 2; k < i + length; k++) {
                if ((bytes[k] & 0xC0) != 0x80) {
                    return false;
                }
            }
            i += length;
        }
        return true;
    }

    /**
     * Writes characters as UTF-8 into {@code target}, which has room for 3 bytes per character.
     *
     * @return the index after the last byte; -1 when a surrogate stands alone
     */
    static int encode(char[] source, int offset, int length, byte[] target, int start) {
        int out = start;
        for (int i = offset; i < offset + length; i++) {
            int c = source[i];
            if (c < 0x80) {
                target[out++] = (byte) c;
            } else if (c < 0x800) {
                target[out++] = (byte) (0xC0 | c >> 6);
                target[out++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate((char) c)) {
                target[out++] = (byte) (0xE0 | c >> 12);
                target[out++] = (byte) (0x80 | c >> 6 & 0x3F);
                target[out++] = (byte) (0x80 | c & 0x3F);
            } else if (i + 1 < offset + length
                    && Character.isSurrogatePair((char) c, source[i + 1])) {
                int point = Character.toCodePoint((char) c, source[++i]);
                target[out++] = (byte) (0xF0 | point >> 18);
                target[out++] = (byte) (0x80 | point >> 12 & 0x3F);
                target[out++] = (byte) (0x80 | point >> 6 & 0x3F);
                target[out++] = (byte) (0x80 | point & 0x3F);
            } else {
                return -1;
            }
        }
        return out;
    }
}
