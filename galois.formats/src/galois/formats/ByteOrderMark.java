package galois.formats;

/**
 * Drops the UTF-8 byte order mark at the start of a byte stream that comes in pieces. One owner.
 */
final class ByteOrderMark {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private int seen;
    private boolean over;

    /** Takes bytes; what is not part of a mark. */
    interface Rest {
        void feed(byte[] bytes, int offset, int length);
    }

    void feed(byte[] b, int offset, int length, Rest rest) {
        int i = offset;
        while (!over && i < offset + length) {
            if (b[i] != MARK[seen]) {
                over = true;
                rest.feed(MARK, 0, seen);
            } else {
                i++;
                over = ++seen == MARK.length;
            }
        }
        rest.feed(b, i, offset + length - i);
    }

    /** The stream is over; the next byte starts a new one. */
    void end(Rest rest) {
        if (!over) {
            rest.feed(MARK, 0, seen);
        }
        seen = 0;
        over = false;
    }
}
