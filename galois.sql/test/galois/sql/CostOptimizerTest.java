package galois.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.query.PlanText;
import galois.api.query.StreamEstimates;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class CostOptimizerTest {
    private static final int PLANS = 400;
    private static final int ROWS = 40;

    private final Streams streams =
            Streams.of(
                    "CREATE STREAM s (i INTEGER, l BIGINT, d DOUBLE, k VARCHAR, b BOOLEAN)"
                            + Streams.WITH);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "k > 'a' AND d > 1           | (d > :1=1.0) AND (k > :0='a')",
                "d > 1 AND d < 5 AND l = 7   | (l = :2=7) AND (d > :0=1.0) AND (d < :1=5.0)",
                "d IS NOT NULL AND d > 1     | (d > :0=1.0)",
                "k <> 'x' AND k = 'y'        | (k = :1='y') AND (k <> :0='x')",
                // What may fail stays where it is, and nothing moves across it.
                "k = 'y' AND l + 1 > 2 AND d > 1 AND l = 7"
                        + "| (k = :0='y') AND ((l + :1=1) > :2=2) AND (l = :4=7) AND (d > :3=1.0)",
            })
    void cheapAndSelectiveConditionsComeFirst(String written, String ordered) {
        LogicalPlan plan =
                new CostOptimizer(() -> 0)
                        .rewrite(plan("SELECT i FROM s WHERE " + written), StreamEstimates.UNKNOWN);
        String filter =
                PlanText.of(plan)
                        .lines()
                        .filter(l -> l.contains("Filter"))
                        .findFirst()
                        .orElseThrow();
        String expected = ordered.contains(" AND ") ? ordered : ordered.replaceAll("[()]", "");
        assertEquals("Filter " + expected, filter.strip());
    }

    @Test
    void givesTheSameRowsWithTheSameSchema() {
        for (long seed = 1; seed <= PLANS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            LogicalPlan plan = random.plan();
            LogicalPlan ordered = new CostOptimizer(() -> 0).rewrite(plan, StreamEstimates.UNKNOWN);
            List<Object[]> rows = random.rows(ROWS);
            String what = "seed " + seed + "\n" + PlanText.of(plan) + "\n" + PlanText.of(ordered);
            assertEquals(plan.root().schema(), ordered.root().schema(), what);
            assertEquals(counted(Rows.run(plan, rows)), counted(Rows.run(ordered, rows)), what);
        }
    }

    @Test
    void equalTemplatesStayEqual() {
        CostOptimizer optimizer = new CostOptimizer(() -> 0);
        assertEquals(
                optimizer
                        .optimize(plan("SELECT i FROM s WHERE k = 'a' AND d > 1 AND l > 2"))
                        .root(),
                optimizer
                        .optimize(plan("SELECT i FROM s WHERE k = 'b' AND d > 9 AND l > 0"))
                        .root());
    }

    @Test
    void hasTheDeadlineOfTheOtherStrategy() {
        long[] nowNs = new long[1];
        CostOptimizer slow = new CostOptimizer(() -> nowNs[0] += Limits.PLANNING_NS_MAX * 2);
        GaloisException error =
                assertThrows(
                        GaloisException.class,
                        () -> slow.optimize(plan("SELECT i + 1 FROM s WHERE d > 1 AND d < 5")));
        assertEquals(ErrorCode.QUERY_LIMIT, error.code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // As written, when nothing speaks for another order.
                "a JOIN b ON a.k = b.k JOIN c ON c.k = b.k | 9, 9, 9 | a b c",
                "a JOIN b ON a.k = b.k JOIN c ON c.k = b.k | 900, 900, 1 | b c a",
                "a JOIN b ON a.k = b.k JOIN c ON c.k = b.k | 1, 900, 20 | b a c",
                // No product of streams that no condition joins.
                "a JOIN b ON a.k = b.k JOIN c ON c.l = b.l | 1, 900, 1 | b a c",
                // The larger of two comes first: what is on the right is kept.
                "a JOIN b ON a.k = b.k | 5, 900 | b a",
                // A filter makes a stream small.
                "(SELECT * FROM a WHERE l = 7) x JOIN b ON x.k = b.k JOIN c ON c.k = x.k"
                        + " | 100, 100, 100 | b a c",
                // With times, each must be bounded by one before it.
                "a JOIN b ON a.ts = b.ts AND a.k = b.k JOIN c ON c.k = a.k AND c.ts >= b.ts AND"
                        + " c.ts < b.ts + INTERVAL '1' SECOND | 900, 90, 1 | b c a",
                // Only one of two joins is bounded in time: that one stays the first.
                "a JOIN b ON a.ts = b.ts AND a.k = b.k JOIN c ON c.k = a.k | 90, 9, 1 | a b c",
                // Other kinds of joins stay where they are.
                "a LEFT JOIN b ON a.k = b.k JOIN c ON c.k = a.k | 900, 900, 1 | a b c",
                // What may fail is not asked of other rows.
                "a JOIN b ON a.k = b.k JOIN c ON c.l + 1 = b.l | 900, 900, 1 | a b c",
            })
    void joinsThatLeaveFewRowsComeFirst(String from, String rates, String order) {
        Streams abc =
                Streams.of(
                        "CREATE STREAM a (k VARCHAR, l BIGINT, ts TIMESTAMP)" + Streams.WITH,
                        "CREATE STREAM b (k VARCHAR, l BIGINT, ts TIMESTAMP)" + Streams.WITH,
                        "CREATE STREAM c (k VARCHAR, l BIGINT, ts TIMESTAMP)" + Streams.WITH);
        List<Integer> each = Stream.of(rates.split(", ")).map(Integer::valueOf).toList();
        LogicalPlan plan = abc.plan("SELECT 1 FROM " + from);
        LogicalPlan best =
                new CostOptimizer(() -> 0).rewrite(plan, name -> each.get(name.charAt(0) - 'a'));
        List<String> found =
                Plans.sources(best.root()).stream().map(LogicalOp.Source::stream).toList();
        assertEquals(order, String.join(" ", found), () -> PlanText.of(best));
    }

    private LogicalPlan plan(String query) {
        return streams.plan(query);
    }

    private static Map<List<Object>, Integer> counted(List<List<Object>> rows) {
        Map<List<Object>, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        return counts;
    }
}
