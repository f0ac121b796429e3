package galois.bench;

import galois.batch.BatchCursor;
import galois.batch.Schema;

import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * One query over all {@link SensorRows}, by hand-written Java and by its kernel: passes of each.
 */
final class SqlSides {
    private final String data;
    private IntSupplier java;
    private IntSupplier agrona;
    private SqlKernel kernel;

    /**
     * Nothing is measured before all sides gave the same rows.
     *
     * @param data name of the query and its rows
     */
    SqlSides(String data) {
        this.data = data;
        SensorRows rows = SensorRows.uniform();
        switch (data) {
            case "tumble-keys" -> {
                KeyedTumble baseline = new KeyedTumble(rows);
                AgronaTumble map = new AgronaTumble(rows);
                map.run();
                agrona = map::run;
                kernel = of(SensorQuery.TUMBLE, rows, SensorRows.NUMBERED);
                against(baseline::run, baseline::results, SqlSides::number);
                same(baseline.results(), map.results());
            }
            case "tumble-names" -> {
                NamedTumble baseline = new NamedTumble(rows);
                kernel = of(SensorQuery.TUMBLE, rows, SensorRows.NAMED);
                against(baseline::run, baseline::results, SqlSides::name);
            }
            case "hop-keys" -> {
                HoppingPanes baseline = new HoppingPanes(rows);
                kernel = of(SensorQuery.HOP, rows, SensorRows.NUMBERED);
                against(baseline::run, baseline::results, SqlSides::number);
            }
            case "join-keys" -> {
                SensorRows rounded = rows.inMilliseconds();
                IntervalPairs baseline = new IntervalPairs(rounded);
                Schema schema = SensorRows.NUMBERED;
                kernel = SqlKernel.ofTwo(SensorQuery.JOIN, schema, rounded.halves(schema));
                against(baseline::run, baseline::results, SqlSides::number);
            }
            case "top-keys" -> {
                TopReadings baseline = new TopReadings(rows);
                Schema schema = SensorRows.NUMBERED;
                kernel = of(SensorQuery.TOP, rows, schema);
                against(baseline::run, baseline::results, SqlSides::number);
            }
            default -> throw new IllegalArgumentException(data);
        }
    }

    private static SqlKernel of(String sql, SensorRows rows, Schema schema) {
        return SqlKernel.of(sql, schema, rows.batches(schema));
    }

    private static long number(BatchCursor row) {
        return row.getLong(0);
    }

    private static long name(BatchCursor row) {
        int from = row.stringOffset(0);
        return NamedTumble.digest(row.array(), from, from + row.stringLength(0));
    }

    private void against(
            IntSupplier baseline,
            Supplier<WindowResults> expected,
            ToLongFunction<BatchCursor> key) {
        java = baseline;
        java.getAsInt();
        int last = data.equals("top-keys") ? 3 : 4;
        WindowResults results = new WindowResults();
        kernel.results(
                row ->
                        results.add(
                                key.applyAsLong(row),
                                row.getLong(1),
                                row.getLong(2),
                                row.getDouble(3),
                                row.getDouble(last)));
        same(expected.get(), results);
    }

    private void same(WindowResults expected, WindowResults actual) {
        if (expected.count() != actual.count() || expected.digest() != actual.digest()) {
            throw new IllegalStateException(
                    data + ": " + expected.count() + " and " + actual.count() + " rows differ");
        }
    }

    IntSupplier handWritten() {
        return java;
    }

    /** The same with Agrona's map; {@code null}: there is none. */
    IntSupplier agrona() {
        return agrona;
    }

    IntSupplier kernel() {
        return kernel::run;
    }
}
