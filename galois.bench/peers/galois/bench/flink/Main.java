package galois.bench.flink;

import galois.bench.KeyedTumble;
import galois.bench.NamedTumble;
import galois.bench.SensorRows;
import galois.bench.WindowResults;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.RowData;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One query in a Flink of one JVM, end to end, parallelism 1: {@code Main DATA WARMUP-SECONDS
 * MEASURED-SECONDS QUERY}. Prints the plan and, when its rows were those of hand-written Java, a
 * line {@code cpu wall} in ns a row.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        SensorRows rows = SensorRows.uniform();
        boolean named = args[0].endsWith("-names");
        Meter meter = new Meter(seconds(args[1]), seconds(args[2]));
        SensorSource.meter = meter;
        FirstPass results = new FirstPass(rows.timeUs()[0] / 1_000, named);
        ResultSink.consumer = results::add;

        StreamTableEnvironment flink = environment();
        flink.executeSql(
                "CREATE TABLE readings (sensor "
                        + (named ? "STRING" : "BIGINT")
                        + ", ts TIMESTAMP(3), reading DOUBLE, WATERMARK FOR ts AS ts - INTERVAL"
                        + " '0.001' SECOND) WITH ('connector' = 'sensor-rows')");
        Table query = flink.sqlQuery(args[3]);
        System.out.println(query.explain());
        query.executeInsert(TableDescriptor.forConnector("results").build()).await();

        WindowResults expected = expected(rows, named);
        if (!results.first.isAlike(expected)
                || results.count != (long) SensorSource.passes * expected.count()) {
            throw new IllegalStateException(
                    "Flink's rows differ: "
                            + results.first.count()
                            + " in the first of "
                            + SensorSource.passes
                            + " passes and "
                            + results.count
                            + " in all, hand-written Java has "
                            + expected.count()
                            + " a pass");
        }
        System.out.printf(
                "RESULT %.3f %.3f %d%n",
                (double) meter.passCpuNs() / rows.count(),
                (double) meter.passWallNs() / rows.count(),
                meter.passes());
        System.exit(0);
    }

    private static long seconds(String text) {
        return TimeUnit.SECONDS.toNanos(Long.parseLong(text));
    }

    /** Operators chained and objects reused: the fastest that Flink can be told to be. */
    private static StreamTableEnvironment environment() {
        Configuration configuration =
                Configuration.fromMap(
                        Map.of(
                                "pipeline.object-reuse", "true",
                                "pipeline.operator-chaining.enabled", "true",
                                "pipeline.generic-types", "false",
                                "state.backend.type", "hashmap",
                                "taskmanager.memory.managed.size", "256m",
                                "table.local-time-zone", "UTC"));
        return StreamTableEnvironment.create(
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration));
    }

    private static WindowResults expected(SensorRows rows, boolean named) {
        if (named) {
            NamedTumble java = new NamedTumble(rows);
            java.run();
            return java.results();
        }
        KeyedTumble java = new KeyedTumble(rows);
        java.run();
        return java.results();
    }

    /** Every row of the first pass, and how many there are in all. */
    private static final class FirstPass {
        private final WindowResults first = new WindowResults();
        private final long endMs;
        private final boolean named;
        private long count;

        FirstPass(long startMs, boolean named) {
            this.endMs = startMs + SensorSource.PASS_US / 1_000;
            this.named = named;
        }

        void add(RowData row) {
            count++;
            long startMs = row.getTimestamp(1, 3).getMillisecond();
            if (startMs < endMs) {
                long key = named ? NamedTumble.digest(row.getString(0).toBytes()) : row.getLong(0);
                first.add(key, startMs * 1_000, row.getLong(2), row.getDouble(3), row.getDouble(4));
            }
        }
    }
}
