package galois.bench.flink;

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
        FlinkCase wanted = FlinkCase.of(args[0]);
        SensorRows rows = SensorSource.rows = wanted.rows();
        Meter meter = new Meter(seconds(args[1]), seconds(args[2]));
        SensorSource.meter = meter;
        Seen seen = new Seen(wanted);
        ResultSink.consumer = seen::add;

        StreamTableEnvironment flink = environment();
        flink.executeSql(
                "CREATE TABLE readings (sensor "
                        + (wanted.isNamed() ? "STRING" : "BIGINT")
                        + ", ts TIMESTAMP(3), reading DOUBLE, side BIGINT, WATERMARK FOR ts AS ts -"
                        + " INTERVAL '0.001' SECOND) WITH ('connector' = 'sensor-rows')");
        flink.executeSql(
                "CREATE VIEW lefts AS SELECT sensor, ts, reading FROM readings WHERE side = 0");
        flink.executeSql(
                "CREATE VIEW rights AS SELECT sensor, ts, reading FROM readings WHERE side = 1");
        Table query = flink.sqlQuery(args[3]);
        System.out.println(query.explain());
        query.executeInsert(TableDescriptor.forConnector("results").build()).await();

        seen.check();
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

    /** The rows that the first pass alone decides, and how many there are in all. */
    private static final class Seen {
        private final FlinkCase wanted;
        private final WindowResults all = new WindowResults();
        private final long endUs;
        private long count;

        Seen(FlinkCase wanted) {
            this.wanted = wanted;
            this.endUs = wanted.rows().timeUs()[0] + SensorSource.PASS_US;
        }

        void add(RowData row) {
            count++;
            // Those of later passes are only counted.
            if (row.getTimestamp(1, 3).getMillisecond() * 1_000 < endUs) {
                wanted.add(all, row);
            }
        }

        void check() {
            WindowResults expected = wanted.decided(wanted.expected(), endUs);
            WindowResults first = wanted.decided(all, endUs);
            long atLeast = (long) SensorSource.passes * expected.count();
            if (!first.isAlike(expected)
                    || count < atLeast
                    || wanted.isPassAlone() && count != atLeast) {
                throw new IllegalStateException(
                        "Flink's rows differ: "
                                + first.count()
                                + " in the first of "
                                + SensorSource.passes
                                + " passes and "
                                + count
                                + " in all, hand-written Java has "
                                + expected.count()
                                + " a pass");
            }
        }
    }
}
