package galois.node.producer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Knows which numbers of a sequence column have come: exactly for the newest {@link #WINDOW}, and
 * takes every older one as seen.
 */
final class SequenceCheck {
    /** How far out of order a number may come and still be told from a duplicate. */
    static final int WINDOW = 1 << 16;

    private final long[] seen = new long[WINDOW / Long.SIZE];
    private long newest = Long.MIN_VALUE;
    private long missing;

    /**
     * Takes a number.
     *
     * @return false when it was there before
     */
    boolean accept(long n) {
        if (newest == Long.MIN_VALUE) {
            newest = n;
            mark(n);
            return true;
        }
        if (n > newest) {
            advance(n);
            return true;
        }
        if (newest - n >= WINDOW || newest - n < 0 || isMarked(n)) {
            return false;
        }
        mark(n);
        missing--;
        return true;
    }

    /** Numbers between the first and the newest that have not come. */
    long missing() {
        return missing;
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(newest);
        out.writeLong(missing);
        for (long word : seen) {
            out.writeLong(word);
        }
    }

    void restore(DataInput in) throws IOException {
        newest = in.readLong();
        missing = in.readLong();
        for (int i = 0; i < seen.length; i++) {
            seen[i] = in.readLong();
        }
    }

    private void advance(long n) {
        long skipped = n - newest - 1;
        missing += skipped;
        if (skipped >= WINDOW || skipped < 0) {
            Arrays.fill(seen, 0);
        } else {
            for (long between = newest + 1; between < n; between++) {
                unmark(between);
            }
        }
        newest = n;
        mark(n);
    }

    private boolean isMarked(long n) {
        return (seen[word(n)] & 1L << n) != 0;
    }

    private void mark(long n) {
        seen[word(n)] |= 1L << n;
    }

    private void unmark(long n) {
        seen[word(n)] &= ~(1L << n);
    }

    private static int word(long n) {
        return (int) (n & WINDOW - 1) / Long.SIZE;
    }
}
