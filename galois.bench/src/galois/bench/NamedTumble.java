package galois.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * As {@link KeyedTumble} with texts for keys: the bytes of all names stand in one array, as they
 * would in a receive buffer; hash and comparison take eight bytes at a time; a group keeps its hash
 * and where its name is.
 */
public final class NamedTumble {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int GROUP = 5; // hash, name, rows, total, peak; no rows: a free place
    private static final int PLACES = 1 << 15;

    private final byte[] names;
    private final int[] starts; // row i: names[starts[i]] to names[starts[i + 1]]
    private final long[] times;
    private final double[] values;
    private final long[] table = new long[PLACES * GROUP];
    private final int[] order = new int[PLACES];
    private final WindowResults results = new WindowResults();
    private int groups;

    public NamedTumble(SensorRows rows) {
        starts = new int[rows.count() + 1];
        byte[][] texts = new byte[SensorRows.SENSORS][];
        Arrays.setAll(texts, i -> SensorRows.name(i).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < rows.count(); i++) {
            starts[i + 1] = starts[i] + texts[rows.sensor()[i]].length;
        }
        names = new byte[starts[rows.count()]];
        for (int i = 0; i < rows.count(); i++) {
            byte[] text = texts[rows.sensor()[i]];
            System.arraycopy(text, 0, names, starts[i], text.length);
        }
        times = rows.timeUs();
        values = rows.value();
    }

    /** Of the last {@link #run}; the key is {@link #digest} of the name. */
    public WindowResults results() {
        return results;
    }

    /** What stands for a name in the results. */
    public static long digest(byte[] name) {
        return digest(name, 0, name.length);
    }

    static long digest(byte[] bytes, int from, int to) {
        long digest = 0;
        for (int i = from; i < to; i++) {
            digest = 31 * digest + bytes[i];
        }
        return digest;
    }

    /** All rows; returns how many result rows there are. */
    public int run() {
        results.clear();
        long start = Math.floorDiv(times[0], SensorRows.WINDOW_US) * SensorRows.WINDOW_US;
        long end = start + SensorRows.WINDOW_US;
        for (int i = 0; i < times.length; i++) {
            if (times[i] >= end) {
                fire(start);
                start = Math.floorDiv(times[i], SensorRows.WINDOW_US) * SensorRows.WINDOW_US;
                end = start + SensorRows.WINDOW_US;
            }
            add(starts[i], starts[i + 1], values[i]);
        }
        fire(start);
        return results.count();
    }

    private long hash(int from, int to) {
        long hash = to - from;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = mix(hash, (long) LONGS.get(names, at));
        }
        return at == to ? hash : mix(hash, tail(at, to, to - from));
    }

    /** The bytes behind the last whole word: overlapping loads, as wyhash has them. */
    private long tail(int at, int to, int length) {
        if (length >= 8) {
            return (long) LONGS.get(names, to - 8);
        }
        long word = 0;
        for (int i = at; i < to; i++) {
            word = word << 8 | names[i];
        }
        return word;
    }

    private static long mix(long hash, long word) {
        long mixed = (hash ^ word) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }

    private boolean same(int from, int other, int length) {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            if ((long) LONGS.get(names, from + i) != (long) LONGS.get(names, other + i)) {
                return false;
            }
        }
        return i == length
                || tail(from + i, from + length, length) == tail(other + i, other + length, length);
    }

    private void add(int from, int to, double value) {
        final long[] t = table;
        long hash = hash(from, to);
        int at = (int) (hash >>> 49) * GROUP;
        while (t[at + 2] != 0) {
            long name = t[at + 1];
            if (t[at] == hash
                    && (int) name == to - from
                    && same(from, (int) (name >> 32), to - from)) {
                t[at + 2]++;
                t[at + 3] = Double.doubleToRawLongBits(Double.longBitsToDouble(t[at + 3]) + value);
                if (value > Double.longBitsToDouble(t[at + 4])) {
                    t[at + 4] = Double.doubleToRawLongBits(value);
                }
                return;
            }
            at += GROUP;
            if (at == PLACES * GROUP) {
                at = 0;
            }
        }
        t[at] = hash;
        t[at + 1] = (long) from << 32 | to - from;
        t[at + 2] = 1;
        t[at + 3] = Double.doubleToRawLongBits(value);
        t[at + 4] = Double.doubleToRawLongBits(value);
        order[groups++] = at;
    }

    private void fire(long start) {
        for (int i = 0; i < groups; i++) {
            int at = order[i];
            int from = (int) (table[at + 1] >> 32);
            results.add(
                    digest(names, from, from + (int) table[at + 1]),
                    start,
                    table[at + 2],
                    Double.longBitsToDouble(table[at + 3]),
                    Double.longBitsToDouble(table[at + 4]));
            table[at + 2] = 0;
        }
        groups = 0;
    }
}
