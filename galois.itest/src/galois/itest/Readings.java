package galois.itest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a device measures once a second, and what the two queries must make of it. */
final class Readings {
    /** A filter and a projection, for two nodes. */
    static final String FILTERED = "SELECT n, v * 2 AS w FROM %s WHERE v >= 0.25 AND v < 0.75";

    /** A row for each minute. */
    static final String WINDOWS =
            "SELECT TUMBLE_START(ts, INTERVAL '1' MINUTE) AS m, COUNT(*) AS c, SUM(n) AS s,"
                    + " MAX(v) AS top FROM %s GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE)";

    private static final long SEED = 20231127;
    private static final Instant START = Instant.parse("2023-11-27T00:00:00Z");
    private static final int MINUTE = 60;

    private final double[] values;

    Readings(int rows) {
        values = new Random(SEED).doubles(rows).toArray();
    }

    String json(long n) {
        return "{\"n\":"
                + n
                + ",\"ts\":\""
                + START.plusSeconds(n)
                + "\",\"v\":"
                + values[(int) n]
                + "}";
    }

    List<String> filtered() {
        List<String> rows = new ArrayList<>();
        for (int n = 0; n < values.length; n++) {
            if (values[n] >= 0.25 && values[n] < 0.75) {
                rows.add(n + " " + values[n] * 2);
            }
        }
        return rows;
    }

    List<String> windows() {
        List<String> rows = new ArrayList<>();
        for (int from = 0; from < values.length; from += MINUTE) {
            int to = Math.min(values.length, from + MINUTE);
            long sum = 0;
            double top = values[from];
            for (int n = from; n < to; n++) {
                sum += n;
                top = Math.max(top, values[n]);
            }
            long startUs = START.plusSeconds(from).getEpochSecond() * 1_000_000;
            rows.add(startUs + " " + (to - from) + " " + sum + " " + top);
        }
        return rows;
    }
}
