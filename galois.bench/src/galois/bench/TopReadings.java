package galois.bench;

import java.util.Arrays;

/**
 * The baseline of top rows as a person would write it in Java for speed: each group has its
 * greatest readings beside its key, greatest first, since so few need no heap. A group is one cache
 * line.
 */
public final class TopReadings {
    /** Rows that a group keeps. */
    public static final int ROWS = 3;

    private static final int GROUP = 8; // key, rows, readings
    private static final int PLACES = 1 << 15;

    private final long[] keys;
    private final long[] times;
    private final double[] values;
    private final long[] table = new long[PLACES * GROUP];
    private final int[] order = new int[PLACES];
    private final WindowResults results = new WindowResults();
    private int groups;

    public TopReadings(SensorRows rows) {
        keys = new long[rows.count()];
        Arrays.setAll(keys, i -> SensorRows.number(rows.sensor()[i]));
        times = rows.timeUs();
        values = rows.value();
    }

    /** Of the last {@link #run}: key, window, place from 1, the reading twice. */
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
        int at = (int) (key * 0x9E3779B97F4A7C15L >>> 49) * GROUP;
        while (t[at + 1] != 0 && t[at] != key) {
            at = at + GROUP & PLACES * GROUP - 1;
        }
        int rows = (int) t[at + 1];
        if (rows == 0) {
            t[at] = key;
            order[groups++] = at;
        }
        int place = at + 2 + rows;
        if (rows < ROWS) {
            t[at + 1] = rows + 1;
        } else if (value <= Double.longBitsToDouble(t[--place])) {
            return;
        }
        while (place > at + 2 && value > Double.longBitsToDouble(t[place - 1])) {
            t[place] = t[place - 1];
            place--;
        }
        t[place] = Double.doubleToRawLongBits(value);
    }

    private void fire(long start) {
        for (int i = 0; i < groups; i++) {
            int at = order[i];
            int rows = (int) table[at + 1];
            for (int row = 0; row < rows; row++) {
                double reading = Double.longBitsToDouble(table[at + 2 + row]);
                results.add(table[at], start, row + 1, reading, reading);
            }
            table[at + 1] = 0;
        }
        groups = 0;
    }
}
