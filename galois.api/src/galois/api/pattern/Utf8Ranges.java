package galois.api.pattern;

import java.util.List;

/** Ranges of code points as sequences of ranges of bytes. */
final class Utf8Ranges {
    private static final int[] LAST_OF_WIDTH = {0x7F, 0x7FF, 0xFFFF, 0x10FFFF};

    private Utf8Ranges() {}

    /** Adds sequences {@code low, high, low, high ...}, one pair for each byte. */
    static void of(int first, int last, List<int[]> sequences) {
        int from = first;
        for (int width = 1; width <= LAST_OF_WIDTH.length && from <= last; width++) {
            int to = Math.min(last, LAST_OF_WIDTH[width - 1]);
            if (from <= to) {
                split(from, to, width, sequences);
                from = to + 1;
            }
        }
    }

    private static void split(int from, int to, int width, List<int[]> sequences) {
        for (int i = 1; i < width; i++) {
            int mask = (1 << 6 * i) - 1;
            if ((from & ~mask) != (to & ~mask)) {
                if ((from & mask) != 0) {
                    split(from, from | mask, width, sequences);
                    split((from | mask) + 1, to, width, sequences);
                    return;
                }
                if ((to & mask) != mask) {
                    split(from, (to & ~mask) - 1, width, sequences);
                    split(to & ~mask, to, width, sequences);
                    return;
                }
            }
        }
        int[] low = bytes(from, width);
        int[] high = bytes(to, width);
        int[] pairs = new int[2 * width];
        for (int i = 0; i < width; i++) {
            pairs[2 * i] = low[i];
            pairs[2 * i + 1] = high[i];
        }
        sequences.add(pairs);
    }

    private static int[] bytes(int point, int width) {
        int[] bytes = new int[width];
        if (width == 1) {
            bytes[0] = point;
            return bytes;
        }
        for (int i = width - 1; i > 0; i--) {
            bytes[i] = 0x80 | point >> 6 * (width - 1 - i) & 0x3F;
        }
        int[] leads = {0, 0, 0xC0, 0xE0, 0xF0};
        bytes[0] = leads[width] | point >> 6 * (width - 1);
        return bytes;
    }
}
