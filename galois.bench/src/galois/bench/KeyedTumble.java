package galois.bench;

import java.util.Arrays;

/**
 * The baseline of keyed tumbling windows as a person would write it in Java for speed: open
 * addressing in one array of longs, so that a group is one cache line, and the groups in the order
 * in which they came.
 */
public final class KeyedTumble {
    private static final int GROUP = 4; // key, rows, total, peak; no rows: a free place
    private static final int PLACES = 1 << 15;

    private final long[] keys;
    private final long[] times;
    private final double[] values;
    private final long[] table = new long[PLACES * GROUP];
    private final int[] order = new int[PLACES];
    private final WindowResults results = new WindowResults();
    private int groups;

    public KeyedTumble(SensorRows rows) {
        keys = new long[rows.count()];
        Arrays.setAll(keys, i -> SensorRows.number(rows.sensor()[i]));
        times = rows.timeUs();
        values = rows.value();
    }

    /** Of the last {@link #run}. */
    public WindowResults results() {
        return results;
    }

    /** All rows; returns how many result rows there are. */
    public int run() {
        results.clear();
        long start = Math.floorDiv(times[0], SensorRows.WINDOW_US) * SensorRows.WINDOW_US;
        long end = start + SensorRows.WINDOW_US;
        for (int i = 0; i < keys.length; i++) {
            if (times[i] >= end) {
                fire(start);
                start = Math.floorDiv(times[i], SensorRows.WINDOW_US) * SensorRows.WINDOW_US;
                end = start + SensorRows.WINDOW_US;
            }
            add(keys[i], values[i]);
        }
        fire(start);
        return results.count();
    }

    private void add(long key, double value) {
        final long[] t = table;
        long hash = key * 0x9E3779B97F4A7C15L;
        int at = (int) (hash >>> 49) * GROUP;
        while (t[at + 1] != 0) {
            if (t[at] == key) {
                t[at + 1]++;
                t[at + 2] = Double.doubleToRawLongBits(Double.longBitsToDouble(t[at + 2]) + value);
                if (value > Double.longBitsToDouble(t[at + 3])) {
                    t[at + 3] = Double.doubleToRawLongBits(value);
                }
                return;
            }
            at = at + GROUP & PLACES * GROUP - 1;
        }
        t[at] = key;
        t[at + 1] = 1;
        t[at + 2] = Double.doubleToRawLongBits(value);
        t[at + 3] = Double.doubleToRawLongBits(value);
        order[groups++] = at;
    }

    private void fire(long start) {
        for (int i = 0; i < groups; i++) {
            int at = order[i];
            results.add(
                    table[at],
                    start,
                    table[at + 1],
                    Double.longBitsToDouble(table[at + 2]),
                    Double.longBitsToDouble(table[at + 3]));
            table[at + 1] = 0;
        }
        groups = 0;
    }
}
