package galois.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What the bench compares gives the same rows. */
class SqlKernelTest {
    private static final String TUMBLE =
            "SELECT sensor, window_start, COUNT(*) AS n, SUM(reading) AS total,"
                    + " MAX(reading) AS peak FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(ts),"
                    + " INTERVAL '1' SECOND)) GROUP BY sensor, window_start, window_end";

    private final SensorRows rows = SensorRows.uniform();

    @Test
    void baselinesOfBothKindsOfKeysAgree() {
        KeyedTumble keyed = new KeyedTumble(rows);
        NamedTumble named = new NamedTumble(rows);
        assertEquals(keyed.run(), named.run());
    }

    @Test
    void kernelGivesTheRowsOfHandWrittenJava() {
        KeyedTumble java = new KeyedTumble(rows);
        java.run();
        try (SqlKernel kernel =
                new SqlKernel(TUMBLE, SensorRows.NUMBERED, rows.batches(SensorRows.NUMBERED))) {
            for (int pass = 0; pass < 2; pass++) {
                WindowResults results = new WindowResults();
                kernel.results(
                        row ->
                                results.add(
                                        row.getLong(0),
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getDouble(3),
                                        row.getDouble(4)));
                assertEquals(java.results().digest(), results.digest());
            }
        }
    }
}
