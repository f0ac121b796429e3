package galois.bench;

import java.util.Arrays;
import java.util.Comparator;

/** Result rows of a keyed window aggregate, as both sides of a bench give them. */
public final class WindowResults {
    private int count;
    private long[] keys = new long[1 << 16];
    private long[] starts = new long[1 << 16];
    private long[] counts = new long[1 << 16];
    private double[] totals = new double[1 << 16];
    private double[] peaks = new double[1 << 16];

    public int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    public void add(long key, long start, long rows, double total, double peak) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
            counts = Arrays.copyOf(counts, 2 * count);
            totals = Arrays.copyOf(totals, 2 * count);
            peaks = Arrays.copyOf(peaks, 2 * count);
        }
        keys[count] = key;
        starts[count] = start;
        counts[count] = rows;
        totals[count] = total;
        peaks[count] = peak;
        count++;
    }

    /**
     * Whether both have the same rows in any order. Totals may differ in their last digits: who
     * adds in two steps rounds in other places.
     */
    public boolean isAlike(WindowResults other) {
        if (count != other.count) {
            return false;
        }
        Integer[] mine = byWindowAndKey();
        Integer[] theirs = other.byWindowAndKey();
        for (int i = 0; i < count; i++) {
            int a = mine[i];
            int b = theirs[i];
            if (keys[a] != other.keys[b]
                    || starts[a] != other.starts[b]
                    || counts[a] != other.counts[b]
                    || peaks[a] != other.peaks[b]
                    || Math.abs(totals[a] - other.totals[b]) > 1e-12 * Math.abs(totals[a])) {
                return false;
            }
        }
        return true;
    }

    private Integer[] byWindowAndKey() {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                Comparator.<Integer>comparingLong(i -> starts[i])
                        .thenComparingLong(i -> keys[i])
                        .thenComparingLong(i -> counts[i])
                        .thenComparingDouble(i -> totals[i])
                        .thenComparingDouble(i -> peaks[i]));
        return order;
    }

    /** The rows whose start and count are below: so far went whoever gave no more. */
    public WindowResults before(long start, long rows) {
        WindowResults some = new WindowResults();
        for (int i = 0; i < count; i++) {
            if (starts[i] < start && counts[i] < rows) {
                some.add(keys[i], starts[i], counts[i], totals[i], peaks[i]);
            }
        }
        return some;
    }

    /** A hash of all rows, whatever their order: equal results, equal hash. */
    public long digest() {
        long digest = count;
        for (int i = 0; i < count; i++) {
            long row = mix(keys[i], starts[i]);
            row = mix(row, counts[i]);
            row = mix(row, Double.doubleToLongBits(totals[i]));
            digest += mix(row, Double.doubleToLongBits(peaks[i]));
        }
        return digest;
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 31;
    }
}
