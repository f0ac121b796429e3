package galois.formats;

import java.util.Arrays;

/**
 * Cuts a byte stream into lines (LF or CRLF). Pieces may be cut anywhere. A line above the limit is
 * reported and skipped. One owner; no allocation per line.
 */
final class LineSplitter {
    /** Takes lines; the array is valid until return. */
    interface Handler {
        /**
         * @param line number, from 1
         */
        void onLine(byte[] bytes, int offset, int length, long line);

        /** The line is above the limit. */
        void onTooLong(long line);
    }

    private final int lineMax;
    private final Handler handler;
    private byte[] carry = new byte[256];
    private int carried;
    private boolean skipping;
    private long line = 1;

    /**
     * @param lineMax bytes of a line without its end
     */
    LineSplitter(int lineMax, Handler handler) {
        this.lineMax = lineMax;
        this.handler = handler;
    }

    void feed(byte[] b, int offset, int length) {
        int end = offset + length;
        int from = offset;
        for (int i = offset; i < end; i++) {
            if (b[i] == '\n') {
                endLine(b, from, i);
                from = i + 1;
            }
        }
        keep(b, from, end);
    }

    /** A last line without line end is a line. */
    void end() {
        if (carried > 0) {
            emit(carry, 0, carried);
        }
        carried = 0;
        skipping = false;
        line = 1;
    }

    private void endLine(byte[] b, int from, int end) {
        if (carried > 0 || skipping) {
            keep(b, from, end);
        }
        if (!skipping) {
            if (carried > 0) {
                emit(carry, 0, carried);
            } else {
                emit(b, from, end - from);
            }
        }
        carried = 0;
        skipping = false;
        line++;
    }

    private void emit(byte[] b, int from, int length) {
        int content = length > 0 && b[from + length - 1] == '\r' ? length - 1 : length;
        if (content > lineMax) {
            handler.onTooLong(line);
        } else {
            handler.onLine(b, from, content, line);
        }
    }

    private void keep(byte[] b, int from, int end) {
        int needed = carried + end - from;
        if (skipping || end == from) {
            return;
        }
        if (needed > lineMax + 1) {
            handler.onTooLong(line);
            skipping = true;
            carried = 0;
            return;
        }
        if (needed > carry.length) {
            carry = Arrays.copyOf(carry, Math.max(needed, carry.length * 2));
        }
        System.arraycopy(b, from, carry, carried, end - from);
        carried = needed;
    }
}
