package galois.bench.flink;

import galois.bench.HoppingPanes;
import galois.bench.IntervalPairs;
import galois.bench.KeyedTumble;
import galois.bench.NamedTumble;
import galois.bench.SensorRows;
import galois.bench.TopReadings;
import galois.bench.WindowResults;

import org.apache.flink.table.data.RowData;

/** What a query reads, and the rows that hand-written Java gives for it. */
enum FlinkCase {
    TUMBLE_KEYS,
    TUMBLE_NAMES,
    HOP_KEYS,
    JOIN_KEYS,
    TOP_KEYS;

    static FlinkCase of(String data) {
        return valueOf(data.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    boolean isNamed() {
        return this == TUMBLE_NAMES;
    }

    /** False: what comes out of a pass depends on the next one too. */
    boolean isPassAlone() {
        return this != HOP_KEYS && this != JOIN_KEYS;
    }

    SensorRows rows() {
        SensorRows rows = SensorRows.uniform();
        return this == JOIN_KEYS ? rows.inMilliseconds() : rows;
    }

    WindowResults expected() {
        SensorRows rows = rows();
        switch (this) {
            case TUMBLE_KEYS -> {
                KeyedTumble java = new KeyedTumble(rows);
                java.run();
                return java.results();
            }
            case TUMBLE_NAMES -> {
                NamedTumble java = new NamedTumble(rows);
                java.run();
                return java.results();
            }
            case HOP_KEYS -> {
                HoppingPanes java = new HoppingPanes(rows);
                java.run();
                return java.results();
            }
            case JOIN_KEYS -> {
                IntervalPairs java = new IntervalPairs(rows);
                java.run();
                return java.results();
            }
            case TOP_KEYS -> {
                TopReadings java = new TopReadings(rows);
                java.run();
                return java.results();
            }
        }
        throw new AssertionError(this);
    }

    /**
     * The results that no row of a later pass can change.
     *
     * @param endUs where the first pass ends
     */
    WindowResults decided(WindowResults results, long endUs) {
        return switch (this) {
            case HOP_KEYS ->
                    results.before(
                            endUs - (SensorRows.PANES - 1) * SensorRows.SLIDE_US, Long.MAX_VALUE);
            case JOIN_KEYS -> results.before(endUs, endUs);
            default -> results.before(endUs, Long.MAX_VALUE);
        };
    }

    void add(WindowResults results, RowData row) {
        long startUs = row.getTimestamp(1, 3).getMillisecond() * 1_000;
        long key = isNamed() ? NamedTumble.digest(row.getString(0).toBytes()) : row.getLong(0);
        switch (this) {
            case JOIN_KEYS ->
                    results.add(
                            key,
                            startUs,
                            row.getTimestamp(2, 6).getMillisecond() * 1_000,
                            row.getDouble(3),
                            row.getDouble(4));
            case TOP_KEYS ->
                    results.add(key, startUs, row.getLong(2), row.getDouble(3), row.getDouble(3));
            default ->
                    results.add(key, startUs, row.getLong(2), row.getDouble(3), row.getDouble(4));
        }
    }
}
