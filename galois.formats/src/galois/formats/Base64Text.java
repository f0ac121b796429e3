package galois.formats;

/** Bytes as base64 text (RFC 4648, with padding; read also without). No allocation. */
final class Base64Text {
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static final byte[] VALUES = values();

    private Base64Text() {}

    private static byte[] values() {
        byte[] values = new byte[128];
        java.util.Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = (byte) i;
        }
        return values;
    }

    /** More bytes than a text of so many characters can hold. */
    static int bytesMax(int characters) {
        return characters / 4 * 3 + 3;
    }

    /**
     * Decodes text.
     *
     * @return how many bytes were written, or -1 if the text is not base64
     */
    static int decode(byte[] b, int from, int to, byte[] target, int offset) {
        int end = to;
        while (end > from && b[end - 1] == '=' && to - end < 2) {
            end--;
        }
        int rest = (end - from) % 4;
        boolean isPadded = end < to;
        if (rest == 1 || isPadded && (to - from) % 4 != 0) {
            return -1;
        }
        int at = offset;
        int bits = 0;
        int count = 0;
        for (int i = from; i < end; i++) {
            int value = b[i] < 0 ? -1 : VALUES[b[i]];
            if (value < 0) {
                return -1;
            }
            bits = bits << 6 | value;
            count += 6;
            if (count >= 8) {
                count -= 8;
                target[at++] = (byte) (bits >> count);
            }
        }
        return at - offset;
    }

    static void encode(byte[] b, int from, int length, TextBuffer out) {
        for (int i = 0; i < length; i += 3) {
            int left = length - i;
            int bits = (b[from + i] & 0xFF) << 16;
            bits |= left > 1 ? (b[from + i + 1] & 0xFF) << 8 : 0;
            bits |= left > 2 ? b[from + i + 2] & 0xFF : 0;
            out.put(ALPHABET.charAt(bits >> 18));
            out.put(ALPHABET.charAt(bits >> 12 & 63));
            out.put(left > 1 ? ALPHABET.charAt(bits >> 6 & 63) : '=');
            out.put(left > 2 ? ALPHABET.charAt(bits & 63) : '=');
        }
    }
}
