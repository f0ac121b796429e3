package galois.bench;

/** The queries over {@link SensorRows} that GALOIS, hand-written Java and Flink answer. */
public final class SensorQuery {
    /** Per sensor and second. */
    public static final String TUMBLE =
            "SELECT sensor, window_start, COUNT(*) AS n, SUM(reading) AS total,"
                    + " MAX(reading) AS peak FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(ts),"
                    + " INTERVAL '1' SECOND)) GROUP BY sensor, window_start, window_end";

    /** Per sensor, each second over the last ten: {@link SensorRows#PANES} panes. */
    public static final String HOP =
            "SELECT sensor, window_start, COUNT(*) AS n, SUM(reading) AS total,"
                    + " MAX(reading) AS peak FROM TABLE(HOP(TABLE readings, DESCRIPTOR(ts),"
                    + " INTERVAL '1' SECOND, INTERVAL '10' SECOND))"
                    + " GROUP BY sensor, window_start, window_end";

    /** Pairs of the two halves of the rows, {@link IntervalPairs#REACH_US} or less apart. */
    public static final String JOIN =
            "SELECT l.sensor, l.ts AS left_ts, CAST(r.ts AS TIMESTAMP) AS right_ts, l.reading AS"
                    + " left_reading, r.reading AS right_reading FROM lefts AS l JOIN rights AS r ON"
                    + " l.sensor = r.sensor AND r.ts BETWEEN l.ts - INTERVAL '0.1' SECOND AND l.ts +"
                    + " INTERVAL '0.1' SECOND";

    /** The {@link TopReadings#ROWS} greatest readings of each sensor and second. */
    public static final String TOP =
            "SELECT sensor, window_start, place, reading FROM (SELECT sensor, window_start,"
                    + " reading, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, sensor"
                    + " ORDER BY reading DESC) AS place FROM TABLE(TUMBLE(TABLE readings,"
                    + " DESCRIPTOR(ts), INTERVAL '1' SECOND))) WHERE place <= 3";

    private SensorQuery() {}
}
