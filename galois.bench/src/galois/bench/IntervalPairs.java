package galois.bench;

import java.util.Arrays;

/**
 * The baseline of joins within a bound of time as a person would write it in Java for speed: each
 * key has two rings of its latest rows beside it, one for each side, in the order of time; a row
 * lets go what is too old in the other ring, pairs with all that is left there, and goes into its
 * own. Rows at even places are of the left side.
 */
public final class IntervalPairs {
    /** Rows of a pair are that near to each other. */
    public static final long REACH_US = 100_000;

    private static final int PLACES = 1 << 15;
    private static final int HEAD = 4; // key, is used; first and end of the left ring, of the right
    private static final int ROW = 2; // time, value

    private final long[] keys;
    private final long[] times;
    private final double[] values;
    private final int[] order = new int[PLACES];
    private final WindowResults results = new WindowResults();
    private int ring = 4; // rows of a ring, a power of two
    private long[] table = new long[PLACES * group(ring)];
    private int groups;

    public IntervalPairs(SensorRows rows) {
        keys = new long[rows.count()];
        Arrays.setAll(keys, i -> SensorRows.number(rows.sensor()[i]));
        times = rows.timeUs();
        values = rows.value();
    }

    private static int group(int ring) {
        return HEAD + 2 * ring * ROW;
    }

    /** Of the last {@link #run}: key, left time, right time, left value, right value. */
    public WindowResults results() {
        return results;
    }

    /** All rows; returns how many pairs there are. */
    public int run() {
        results.clear();
        for (int i = 0; i < keys.length; i++) {
            int side = i & 1;
            int at = place(keys[i]);
            probe(at, side, times[i], values[i]);
            keep(at, side, times[i], values[i]);
        }
        for (int i = 0; i < groups; i++) {
            table[order[i] * group(ring) + 1] = 0;
        }
        groups = 0;
        return results.count();
    }

    private int place(long key) {
        final long[] t = table;
        int group = group(ring);
        int place = (int) (key * 0x9E3779B97F4A7C15L >>> 49);
        int at = place * group;
        while (t[at + 1] != 0) {
            if (t[at] == key) {
                return at;
            }
            place = place + 1 & PLACES - 1;
            at = place * group;
        }
        t[at] = key;
        t[at + 1] = 1;
        t[at + 2] = 0;
        t[at + 3] = 0;
        order[groups++] = place;
        return at;
    }

    private void probe(int at, int side, long time, double value) {
        final long[] t = table;
        int other = 1 - side;
        int first = (int) (t[at + 2 + other] >>> 32);
        int end = (int) t[at + 2 + other];
        int rows = at + HEAD + other * ring * ROW;
        while (first != end && t[rows + (first & ring - 1) * ROW] < time - REACH_US) {
            first++;
        }
        t[at + 2 + other] = (long) first << 32 | end;
        for (int i = first; i != end; i++) {
            int row = rows + (i & ring - 1) * ROW;
            double match = Double.longBitsToDouble(t[row + 1]);
            if (side == 0) {
                results.add(t[at], time, t[row], value, match);
            } else {
                results.add(t[at], t[row], time, match, value);
            }
        }
    }

    private void keep(int at, int side, long time, double value) {
        final long[] t = table;
        int first = (int) (t[at + 2 + side] >>> 32);
        int end = (int) t[at + 2 + side];
        int rows = at + HEAD + side * ring * ROW;
        while (end - first == ring) {
            if (t[rows + (first & ring - 1) * ROW] >= time - REACH_US) {
                int place = at / group(ring);
                grow();
                keep(place * group(ring), side, time, value);
                return;
            }
            first++;
        }
        int row = rows + (end & ring - 1) * ROW;
        t[row] = time;
        t[row + 1] = Double.doubleToRawLongBits(value);
        t[at + 2 + side] = (long) first << 32 | end + 1;
    }

    private void grow() {
        long[] old = table;
        int was = ring;
        ring = 2 * was;
        table = new long[PLACES * group(ring)];
        for (int i = 0; i < groups; i++) {
            int from = order[i] * group(was);
            int to = order[i] * group(ring);
            System.arraycopy(old, from, table, to, HEAD);
            for (int side = 0; side < 2; side++) {
                int rows = from + HEAD + side * was * ROW;
                int copies = to + HEAD + side * ring * ROW;
                int end = (int) old[from + 2 + side];
                for (int at = (int) (old[from + 2 + side] >>> 32); at != end; at++) {
                    int copy = copies + (at & ring - 1) * ROW;
                    System.arraycopy(old, rows + (at & was - 1) * ROW, table, copy, ROW);
                }
            }
        }
    }
}
