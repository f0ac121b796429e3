package galois.bench;

import java.util.Arrays;

/**
 * The baseline of hopping windows as a person would write it in Java for speed: each group has a
 * ring of panes beside its key, a row goes into one pane, and a window is put together of the panes
 * of a group, which stand one after the other in memory.
 */
public final class HoppingPanes {
    private static final int PANES = SensorRows.PANES;
    private static final int PANE = 3; // rows, total, peak
    private static final int GROUP = 2 + PANES * PANE; // key, is used, panes
    private static final int PLACES = 1 << 15;

    private final long[] keys;
    private final long[] times;
    private final double[] values;
    private final long[] table = new long[PLACES * GROUP];
    private final int[] order = new int[PLACES];
    private final WindowResults results = new WindowResults();
    private int groups;

    public HoppingPanes(SensorRows rows) {
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
        final long slide = SensorRows.SLIDE_US;
        long pane = Math.floorDiv(times[0], slide);
        for (int i = 0; i < keys.length; i++) {
            while (times[i] >= (pane + 1) * slide) {
                fire(pane++);
            }
            add(keys[i], (int) (pane % PANES), values[i]);
        }
        for (int i = 0; i < PANES; i++) {
            fire(pane++);
        }
        for (int i = 0; i < groups; i++) {
            table[order[i] + 1] = 0;
        }
        groups = 0;
        return results.count();
    }

    private void add(long key, int pane, double value) {
        final long[] t = table;
        int place = (int) (key * 0x9E3779B97F4A7C15L >>> 49);
        int at = place * GROUP;
        while (t[at + 1] != 0 && t[at] != key) {
            place = place + 1 & PLACES - 1;
            at = place * GROUP;
        }
        if (t[at + 1] == 0) {
            t[at] = key;
            t[at + 1] = 1;
            order[groups++] = at;
        }
        int cell = at + 2 + pane * PANE;
        if (t[cell]++ == 0) {
            t[cell + 1] = Double.doubleToRawLongBits(value);
            t[cell + 2] = Double.doubleToRawLongBits(value);
            return;
        }
        t[cell + 1] = Double.doubleToRawLongBits(Double.longBitsToDouble(t[cell + 1]) + value);
        if (value > Double.longBitsToDouble(t[cell + 2])) {
            t[cell + 2] = Double.doubleToRawLongBits(value);
        }
    }

    /** Emits the window that ends with that pane and clears the pane that leaves. */
    private void fire(long pane) {
        int leaves = (int) ((pane + 1) % PANES);
        for (int i = 0; i < groups; i++) {
            int at = order[i] + 2;
            long rows = 0;
            double total = 0;
            double peak = Double.NEGATIVE_INFINITY;
            for (int cell = at; cell < at + PANES * PANE; cell += PANE) {
                if (table[cell] != 0) {
                    rows += table[cell];
                    total += Double.longBitsToDouble(table[cell + 1]);
                    peak = Math.max(peak, Double.longBitsToDouble(table[cell + 2]));
                }
            }
            if (rows > 0) {
                long start = (pane + 1 - PANES) * SensorRows.SLIDE_US;
                results.add(table[order[i]], start, rows, total, peak);
            }
            table[at + leaves * PANE] = 0;
        }
    }
}
