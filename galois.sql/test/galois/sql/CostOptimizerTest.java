package galois.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.LogicalPlan;
import galois.api.query.PlanText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
                new CostOptimizer(() -> 0).rewrite(plan("SELECT i FROM s WHERE " + written));
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
            LogicalPlan ordered = new CostOptimizer(() -> 0).rewrite(plan);
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
                optimizer.rewrite(plan("SELECT i FROM s WHERE k = 'a' AND d > 1 AND l > 2")).root(),
                optimizer
                        .rewrite(plan("SELECT i FROM s WHERE k = 'b' AND d > 9 AND l > 0"))
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

    private LogicalPlan plan(String query) {
        return streams.plan(query);
    }

    private static Map<List<Object>, Integer> counted(List<List<Object>> rows) {
        Map<List<Object>, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        return counts;
    }
}
