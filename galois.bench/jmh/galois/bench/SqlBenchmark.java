package galois.bench;

import galois.batch.BatchCursor;
import galois.batch.Schema;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;

/** One query over all {@link SensorRows}: one invocation, and one sample, is one pass. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SqlBenchmark {
    static final String TUMBLE =
            "SELECT sensor, window_start, COUNT(*) AS n, SUM(reading) AS total,"
                    + " MAX(reading) AS peak FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(ts),"
                    + " INTERVAL '1' SECOND)) GROUP BY sensor, window_start, window_end";

    @Param({"tumble-keys", "tumble-names"})
    public String data;

    private IntSupplier java;
    private IntSupplier agrona;
    private SqlKernel kernel;

    /** Nothing is measured before all sides gave the same rows in the same order. */
    @Setup
    public void prepare() {
        SensorRows rows = SensorRows.uniform();
        if (data.equals("tumble-keys")) {
            KeyedTumble baseline = new KeyedTumble(rows);
            AgronaTumble map = new AgronaTumble(rows);
            open(rows, SensorRows.NUMBERED);
            java = baseline::run;
            agrona = map::run;
            java.getAsInt();
            agrona.getAsInt();
            same(baseline.results(), map.results());
            same(baseline.results(), kernelResults(row -> row.getLong(0)));
        } else {
            NamedTumble baseline = new NamedTumble(rows);
            ToLongFunction<BatchCursor> key =
                    row -> {
                        int from = row.stringOffset(0);
                        return NamedTumble.digest(row.array(), from, from + row.stringLength(0));
                    };
            open(rows, SensorRows.NAMED);
            java = baseline::run;
            java.getAsInt();
            same(baseline.results(), kernelResults(key));
        }
    }

    private void open(SensorRows rows, Schema schema) {
        kernel = new SqlKernel(TUMBLE, schema, rows.batches(schema));
    }

    private WindowResults kernelResults(ToLongFunction<BatchCursor> key) {
        WindowResults results = new WindowResults();
        kernel.results(
                row ->
                        results.add(
                                key.applyAsLong(row),
                                row.getLong(1),
                                row.getLong(2),
                                row.getDouble(3),
                                row.getDouble(4)));
        return results;
    }

    private void same(WindowResults expected, WindowResults actual) {
        if (expected.count() != actual.count() || expected.digest() != actual.digest()) {
            throw new IllegalStateException(
                    data + ": " + expected.count() + " and " + actual.count() + " rows differ");
        }
    }

    @Benchmark
    public int handWritten() {
        return java.getAsInt();
    }

    @Benchmark
    public int agrona() {
        return agrona.getAsInt();
    }

    @Benchmark
    public int kernel() {
        return kernel.run();
    }
}
