package galois.bench;

import java.util.Arrays;

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

    void add(long key, long start, long rows, double total, double peak) {
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

    /** A hash of all rows in their order: equal results, equal hash. */
    public long digest() {
        long digest = count;
        for (int i = 0; i < count; i++) {
            digest = 31 * digest + keys[i];
            digest = 31 * digest + starts[i];
            digest = 31 * digest + counts[i];
            digest = 31 * digest + Double.doubleToLongBits(totals[i]);
            digest = 31 * digest + Double.doubleToLongBits(peaks[i]);
        }
        return digest;
    }
}
