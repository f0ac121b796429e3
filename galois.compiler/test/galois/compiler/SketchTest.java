package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Approximate aggregates stay within the error that they promise. */
class SketchTest {
    private static final Schema SCHEMA =
            Schema.of(
                    new Field("n", FieldType.BIGINT),
                    new Field("x", FieldType.DOUBLE),
                    new Field("s", FieldType.VARCHAR),
                    new Field("ts", FieldType.TIMESTAMP));

    /** Four standard errors of 2.3 %: a fixed seed either passes for ever or never. */
    private static final double DISTINCT_ERROR = 4 * 0.023;

    private static final double QUANTILE_ERROR = 1.0 / 128;

    private static Object run(
            AggregateFunction function, int field, String option, List<TestRow> rows) {
        return run(function, field, option, rows, Window.NONE, Harness.Manner.COMPILED);
    }

    private static Object run(
            AggregateFunction function,
            int field,
            String option,
            List<TestRow> rows,
            Window window,
            Harness.Manner manner) {
        FieldType type =
                function == AggregateFunction.APPROX_QUANTILE ? FieldType.DOUBLE : FieldType.BIGINT;
        LogicalOp plan =
                LogicalOp.WindowAggregate.of(
                        new LogicalOp.Source("in", SCHEMA, 3),
                        window,
                        List.of(),
                        List.of(new AggregateCall(function, field, -1, false, -1, option, type)),
                        List.of("a"));
        List<Harness.Step> steps =
                List.of(
                        new Harness.Step.Rows(rows),
                        new Harness.Step.Time(Long.MAX_VALUE),
                        new Harness.Step.Time(Long.MAX_VALUE));
        List<TestRow> results = Harness.run(new LogicalPlan(plan, List.of()), steps, manner);
        List<Object> values = results.get(results.size() / 2).values();
        return values.get(values.size() - 1);
    }

    private static TestRow row(long n) {
        return TestRow.of(n, n, n * 0.25, "text " + n, n);
    }

    @Test
    void countsDistinctValuesWithinItsError() {
        for (int distinct : new int[] {0, 1, 2, 10, 100, 1_000, 5_000, 50_000}) {
            List<TestRow> rows = new ArrayList<>();
            for (int i = 0; i < distinct; i++) {
                rows.add(row(i));
                rows.add(row(i / 2));
            }
            for (int field = 0; field < 3; field++) {
                long count = (Long) run(AggregateFunction.APPROX_COUNT_DISTINCT, field, "", rows);
                double error = Math.abs(count - distinct) / Math.max(1.0, distinct);
                assertTrue(error <= DISTINCT_ERROR, count + " of " + distinct + ", field " + field);
                assertTrue(distinct > 10 || count == distinct, "few are counted exactly");
            }
        }
    }

    @Test
    void findsQuantilesWithinItsError() {
        Random random = new Random(7);
        List<Double> values = new ArrayList<>();
        List<TestRow> rows = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            double value = Math.exp(random.nextGaussian()) * (random.nextInt(3) == 0 ? -10 : 10);
            values.add(value);
            rows.add(TestRow.of(i, 0L, value, "", (long) i));
        }
        values.sort(Double::compare);
        for (String fraction : List.of("0.0", "0.01", "0.25", "0.5", "0.9", "0.99", "1.0")) {
            int rank = (int) Math.ceil(Double.parseDouble(fraction) * values.size());
            double exact = values.get(Math.max(0, rank - 1));
            double found = (Double) run(AggregateFunction.APPROX_QUANTILE, 1, fraction, rows);
            assertTrue(
                    Math.abs(found - exact) <= Math.abs(exact) * QUANTILE_ERROR,
                    fraction + ": " + found + " for " + exact);
        }
    }

    @Test
    void findsQuantilesOfSmallWholeNumbersExactly() {
        List<TestRow> rows = new ArrayList<>();
        for (long i = -100; i <= 100; i++) {
            rows.add(row(i));
        }
        assertEquals(0.0, run(AggregateFunction.APPROX_QUANTILE, 0, "0.5", rows));
        assertEquals(50.0, run(AggregateFunction.APPROX_QUANTILE, 0, "0.75", rows));
        assertEquals(-100.0, run(AggregateFunction.APPROX_QUANTILE, 0, "0.0", rows));
        assertEquals(100.0, run(AggregateFunction.APPROX_QUANTILE, 0, "1.0", rows));
    }

    @Test
    void mergesAndSavesWhatItKnows() {
        List<TestRow> rows = new ArrayList<>();
        for (long i = 0; i < 60; i++) {
            rows.add(row(i));
        }
        Window window = Window.hop(3, 1_000, 10, 0);
        for (Harness.Manner manner : Harness.Manner.values()) {
            for (int field = 0; field < 3; field++) {
                Object count =
                        run(
                                AggregateFunction.APPROX_COUNT_DISTINCT,
                                field,
                                "",
                                rows,
                                window,
                                manner);
                assertTrue(Math.abs((Long) count - 60) <= 3, manner + " " + count);
            }
            for (int field = 0; field < 2; field++) {
                Object found =
                        run(AggregateFunction.APPROX_QUANTILE, field, "0.5", rows, window, manner);
                assertEquals(field == 0 ? 29.0 : 7.25, found, manner.toString());
            }
        }
    }
}
