package galois.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.batch.BatchCursor;

import org.junit.jupiter.api.Test;

/** What the bench compares gives the same rows. */
class SqlKernelTest {
    private final SensorRows rows = SensorRows.uniform();

    @Test
    void baselinesOfBothKindsOfKeysAgree() {
        KeyedTumble keyed = new KeyedTumble(rows);
        NamedTumble named = new NamedTumble(rows);
        assertEquals(keyed.run(), named.run());
    }

    @Test
    void tumblingWindowsAreThoseOfHandWrittenJava() {
        KeyedTumble java = new KeyedTumble(rows);
        java.run();
        try (SqlKernel kernel =
                SqlKernel.of(
                        SensorQuery.TUMBLE,
                        SensorRows.NUMBERED,
                        rows.batches(SensorRows.NUMBERED))) {
            same(java.results(), kernel);
            same(java.results(), kernel);
        }
    }

    @Test
    void hoppingWindowsAreThoseOfHandWrittenJava() {
        HoppingPanes java = new HoppingPanes(rows);
        java.run();
        try (SqlKernel kernel =
                SqlKernel.of(
                        SensorQuery.HOP, SensorRows.NUMBERED, rows.batches(SensorRows.NUMBERED))) {
            same(java.results(), kernel);
        }
    }

    @Test
    void pairsAreThoseOfHandWrittenJava() {
        SensorRows rounded = rows.inMilliseconds();
        IntervalPairs java = new IntervalPairs(rounded);
        java.run();
        try (SqlKernel kernel =
                SqlKernel.ofTwo(
                        SensorQuery.JOIN,
                        SensorRows.NUMBERED,
                        rounded.halves(SensorRows.NUMBERED))) {
            same(java.results(), kernel);
        }
    }

    @Test
    void topRowsAreThoseOfHandWrittenJava() {
        TopReadings java = new TopReadings(rows);
        java.run();
        WindowResults results = new WindowResults();
        try (SqlKernel kernel =
                SqlKernel.of(
                        SensorQuery.TOP, SensorRows.NUMBERED, rows.batches(SensorRows.NUMBERED))) {
            kernel.results(
                    row ->
                            results.add(
                                    row.getLong(0),
                                    row.getLong(1),
                                    row.getLong(2),
                                    row.getDouble(3),
                                    row.getDouble(3)));
        }
        same(java.results(), results);
    }

    private static void same(WindowResults expected, SqlKernel kernel) {
        WindowResults results = new WindowResults();
        kernel.results(row -> add(results, row));
        same(expected, results);
    }

    private static void same(WindowResults expected, WindowResults actual) {
        assertEquals(expected.count(), actual.count());
        assertEquals(expected.digest(), actual.digest());
    }

    private static void add(WindowResults results, BatchCursor row) {
        results.add(
                row.getLong(0), row.getLong(1), row.getLong(2), row.getDouble(3), row.getDouble(4));
    }
}
