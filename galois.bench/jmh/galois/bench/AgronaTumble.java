package galois.bench;

import org.agrona.collections.Long2ObjectHashMap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** As {@link KeyedTumble} on the primitive map of Agrona: what the baseline must beat. */
final class AgronaTumble {
    private static final class Group {
        private long key;
        private long rows;
        private double total;
        private double peak;
    }

    private final long[] keys;
    private final long[] times;
    private final double[] values;
    private final Long2ObjectHashMap<Group> groups = new Long2ObjectHashMap<>(1 << 15, 0.65f);
    private final List<Group> order = new ArrayList<>();
    private final WindowResults results = new WindowResults();

    AgronaTumble(SensorRows rows) {
        keys = new long[rows.count()];
        Arrays.setAll(keys, i -> SensorRows.number(rows.sensor()[i]));
        times = rows.timeUs();
        values = rows.value();
    }

    WindowResults results() {
        return results;
    }

    int run() {
        results.clear();
        long start = Math.floorDiv(times[0], SensorRows.WINDOW_US) * SensorRows.WINDOW_US;
        for (int i = 0; i < keys.length; i++) {
            if (times[i] >= start + SensorRows.WINDOW_US) {
                fire(start);
                start = Math.floorDiv(times[i], SensorRows.WINDOW_US) * SensorRows.WINDOW_US;
            }
            Group group = groups.get(keys[i]);
            if (group == null) {
                group = new Group();
                group.key = keys[i];
                group.peak = values[i];
                groups.put(keys[i], group);
                order.add(group);
            }
            group.rows++;
            group.total += values[i];
            if (values[i] > group.peak) {
                group.peak = values[i];
            }
        }
        fire(start);
        return results.count();
    }

    private void fire(long start) {
        for (Group group : order) {
            results.add(group.key, start, group.rows, group.total, group.peak);
        }
        groups.clear();
        order.clear();
    }
}
