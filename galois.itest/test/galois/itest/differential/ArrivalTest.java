package galois.itest.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.api.query.Statement;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.itest.engine.Input;
import galois.itest.engine.Outcome;
import galois.itest.engine.SqlEngine;
import galois.itest.engine.Table;
import galois.itest.engine.Variant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The same rows whatever the size of batches, the order in which sources come to their turn, and
 * the number of kernels: of one source for any order of its rows, of several when each keeps to its
 * watermark.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ArrivalTest {
    private static final int CASES = 4;

    private static final int RUNS = 4;

    private static final long SECOND_US = 1_000_000;

    private static final long DELAY_US = 5 * SECOND_US;

    private static final long SIZE_US = 10 * SECOND_US;

    private static final Schema SCHEMA =
            Schema.of(
                    new Field("k", FieldType.VARCHAR),
                    new Field("ts", FieldType.TIMESTAMP),
                    new Field("v", FieldType.INTEGER));

    private static final String TUMBLE =
            "SELECT k, window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE s0, DESCRIPTOR(ts),"
                    + " INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end";

    private static final String ALL =
            "(SELECT * FROM s0 WHERE v > 1 UNION ALL SELECT * FROM s1 UNION ALL SELECT * FROM s2)";

    private final SqlEngine engine = SqlEngine.interpreting();

    @ParameterizedTest
    @ValueSource(
            strings = {
                TUMBLE,
                "SELECT k, window_start, SUM(v) AS s, MAX(v) AS m FROM TABLE(HOP(TABLE s0,"
                        + " DESCRIPTOR(ts), INTERVAL '4' SECOND, INTERVAL '12' SECOND))"
                        + " WHERE v > 2 GROUP BY k, window_start, window_end",
                "SELECT window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE s0,"
                        + " DESCRIPTOR(ts), INTERVAL '3' SECOND)) GROUP BY window_start, window_end"
                        + " HAVING COUNT(*) > 1",
                "SELECT k || '!' AS k, v FROM s0 WHERE v > 4",
                "SELECT k, SESSION_START(ts, INTERVAL '2' SECOND) AS w, COUNT(*) AS n FROM s0"
                        + " GROUP BY k, SESSION(ts, INTERVAL '2' SECOND)",
                "SELECT window_start, k, v FROM TABLE(TUMBLE(TABLE s0, DESCRIPTOR(ts),"
                        + " INTERVAL '10' SECOND)) QUALIFY ROW_NUMBER() OVER (PARTITION BY"
                        + " window_start, window_end ORDER BY v DESC, k, ts) <= 2"
            })
    void ofOneSourceLateRowsAreTheSameOnesAlways(String sql) {
        for (int i = 0; i < CASES; i++) {
            check(sql, 1, 60 * SECOND_US, seed(i));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT k, v, ts FROM " + ALL + " AS u WHERE v < 8",
                "SELECT k, TUMBLE_START(ts, INTERVAL '10' SECOND) AS w, COUNT(*) AS n, SUM(v) AS s"
                        + " FROM "
                        + ALL
                        + " AS u GROUP BY k, TUMBLE(ts, INTERVAL '10' SECOND)",
                "SELECT k, HOP_START(ts, INTERVAL '4' SECOND, INTERVAL '12' SECOND) AS w, MIN(v) AS"
                        + " s FROM "
                        + ALL
                        + " AS u GROUP BY k, HOP(ts, INTERVAL '4' SECOND, INTERVAL '12' SECOND)",
                "SELECT k, SESSION_START(ts, INTERVAL '2' SECOND) AS w, COUNT(*) AS n FROM "
                        + ALL
                        + " AS u GROUP BY k, SESSION(ts, INTERVAL '2' SECOND)",
                "SELECT a.k, a.v, b.v AS w FROM s0 AS a JOIN s1 AS b ON a.k = b.k AND a.v = b.v",
                "SELECT a.k, a.v, b.v AS w, a.ts FROM s0 AS a LEFT JOIN s1 AS b ON a.k = b.k AND"
                        + " b.ts BETWEEN a.ts - INTERVAL '3' SECOND AND a.ts + INTERVAL '2' SECOND"
            })
    void ofSeveralSourcesThatKeepToTheirWatermarksNothingDependsOnTheirTurns(String sql) {
        for (int i = 0; i < CASES; i++) {
            check(sql, 3, DELAY_US, seed(i));
        }
    }

    @Test
    void aRowIsLateWhenTheRowsBeforeItHaveClosedItsWindow() {
        for (int i = 0; i < CASES; i++) {
            long seed = seed(i);
            Random random = new Random(seed);
            Input input = input("s0", 60 * SECOND_US, random);
            Map<List<Object>, Integer> counts = new HashMap<>();
            int late = 0;
            long watermarkUs = RowLayout.WATERMARK_NONE;
            for (List<Object> row : input.table().rows()) {
                long timeUs = (Long) row.get(1);
                long startUs = Math.floorDiv(timeUs, SIZE_US) * SIZE_US;
                if (startUs + SIZE_US <= watermarkUs) {
                    late++;
                } else {
                    counts.merge(Arrays.asList(row.get(0), startUs), 1, Integer::sum);
                }
                watermarkUs = Math.max(watermarkUs, timeUs - DELAY_US - 1);
            }
            List<List<Object>> expected = new ArrayList<>();
            counts.forEach(
                    (key, n) -> expected.add(Arrays.asList(key.get(0), key.get(1), (long) n)));
            Outcome outcome =
                    engine.arrive(
                            plan(TUMBLE, List.of(input)),
                            List.of(input),
                            variant(9, false, false),
                            random);
            assertEquals(Outcome.multiset(expected), outcome.multiset(), "seed " + seed);
            assertEquals(late, outcome.errorCount(), "seed " + seed);
            assertTrue(late > 0, "seed " + seed + " has late rows");
        }
    }

    /** The last one is another each time in the long run; the usual run must not depend on luck. */
    private static long seed(int number) {
        boolean another = number == CASES - 1 && Boolean.getBoolean("galois.long");
        return another ? new Random().nextLong() : number;
    }

    private void check(String sql, int sources, long disorderUs, long seed) {
        Random random = new Random(seed);
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < sources; i++) {
            inputs.add(input("s" + i, disorderUs, random));
        }
        LogicalPlan plan = plan(sql, inputs);
        Outcome expected = engine.arrive(plan, inputs, variant(1, false, false), random);
        assertTrue(
                sources == 1 || expected.errorCount() == 0,
                () -> "seed " + seed + ": " + expected.errors());
        for (int i = 0; i < RUNS; i++) {
            boolean saved = i == RUNS - 1; // costs much for each batch
            int batchRows = saved ? 60 : 1 + random.nextInt(40);
            Variant variant = variant(batchRows, i % 2 == 1, saved);
            Outcome outcome = engine.arrive(plan, inputs, variant, random);
            String place = "seed " + seed + ", run " + i + ", " + variant + ", " + sql;
            assertEquals(expected.multiset(), outcome.multiset(), place);
            assertEquals(expected.errors(), outcome.errors(), place);
        }
    }

    private static Variant variant(int batchRows, boolean split, boolean saved) {
        return new Variant("heuristic", split, batchRows, saved, true);
    }

    private LogicalPlan plan(String sql, List<Input> inputs) {
        List<StreamDefinition> streams = inputs.stream().map(Input::stream).toList();
        return ((Statement.Select)
                        engine.language()
                                .parse(
                                        engine.language().split(sql).get(0),
                                        SqlEngine.catalog(streams)))
                .plan();
    }

    /** Rows about half a second apart, each up to {@code disorderUs} before the newest. */
    private static Input input(String name, long disorderUs, Random random) {
        List<List<Object>> rows = new ArrayList<>();
        long newestUs = 1_700_000_000 * SECOND_US + random.nextInt(20) * SECOND_US;
        int count = random.nextInt(150);
        for (int i = 0; i < count + 50; i++) {
            newestUs += random.nextInt((int) SECOND_US);
            long timeUs = newestUs;
            if (random.nextInt(4) == 0) {
                timeUs -= (long) (random.nextDouble() * disorderUs);
            }
            Object key = random.nextInt(8) == 0 ? null : "k" + random.nextInt(3);
            rows.add(Arrays.asList(key, timeUs, (long) random.nextInt(10)));
        }
        StreamDefinition stream =
                new StreamDefinition(
                        name,
                        SCHEMA,
                        Map.of(),
                        1,
                        DELAY_US,
                        Map.of("transport", "file", "path", name + ".csv", "format", "csv"));
        return new Input(stream, new Table(SCHEMA, rows));
    }
}
