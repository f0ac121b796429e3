package galois.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.AggregateHalves;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.query.PlanText;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

class HeuristicOptimizerTest {
    private static final int PLANS = 400;
    private static final int ROWS = 40;

    @Test
    void givesTheSameRowsWithTheSameSchema() {
        for (long seed = 1; seed <= PLANS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            LogicalPlan plan = random.plan();
            LogicalPlan optimised = new HeuristicOptimizer(() -> 0).rewrite(plan);
            List<Object[]> rows = random.rows(ROWS);
            String what = "seed " + seed + "\n" + PlanText.of(plan) + "\n" + PlanText.of(optimised);
            assertEquals(plan.root().schema(), optimised.root().schema(), what);
            assertEquals(counted(Rows.run(plan, rows)), counted(Rows.run(optimised, rows)), what);
        }
    }

    @Test
    void leavesAnOptimisedPlanAsItIs() {
        for (long seed = 1; seed <= PLANS / 4; seed++) {
            LogicalPlan once =
                    new HeuristicOptimizer(() -> 0).rewrite(new RandomPlans(seed).plan());
            LogicalPlan twice = new HeuristicOptimizer(() -> 0).rewrite(once);
            assertEquals(PlanText.of(once), PlanText.of(twice), "seed " + seed);
        }
    }

    @Test
    void planSurvivesTheWayThroughCalcite() {
        for (long seed = 1; seed <= PLANS; seed++) {
            LogicalOp root = new RandomPlans(seed).plan().root();
            RelOptCluster cluster =
                    Clusters.cluster(Clusters.planner(HepProgram.builder().build(), () -> {}));
            LogicalOp back =
                    new RelToPlan(cluster.getRexBuilder()).read(new PlanToRel(cluster).write(root));
            assertEquals(root, back, "seed " + seed);
        }
    }

    @Test
    void soDoesAPlanThatIsCut() {
        int cut = 0;
        for (long seed = 1; seed <= PLANS; seed++) {
            LogicalOp root = new RandomPlans(seed).plan().root();
            LogicalOp parallel = cut(root);
            cut += root.equals(parallel) ? 0 : 1;
            RelOptCluster cluster =
                    Clusters.cluster(Clusters.planner(HepProgram.builder().build(), () -> {}));
            RelNode rel = new PlanToRel(cluster).write(parallel);
            assertEquals(
                    parallel, new RelToPlan(cluster.getRexBuilder()).read(rel), "seed " + seed);
        }
        assertTrue(cut > PLANS / 10, cut + " plans");
    }

    /** Aggregates in halves, and rows dealt out. */
    private static LogicalOp cut(LogicalOp op) {
        if (op.inputs().isEmpty()) {
            return op;
        }
        List<LogicalOp> inputs = op.inputs().stream().map(HeuristicOptimizerTest::cut).toList();
        LogicalOp same = Plans.withInputs(op, inputs);
        if (!(same instanceof LogicalOp.WindowAggregate whole)) {
            return same;
        }
        LogicalOp dealt = new LogicalOp.Exchange(whole.input(), List.of(0), 2);
        return AggregateHalves.obstacle(whole, true) == null
                ? LogicalOp.FinalAggregate.of(LogicalOp.PartialAggregate.of(dealt, whole), whole)
                : Plans.withInput(whole, dealt);
    }

    @Test
    void planningBeyondItsDeadlineIsRefused() {
        AtomicLong nowNs = new AtomicLong();
        HeuristicOptimizer slow =
                new HeuristicOptimizer(() -> nowNs.getAndAdd(Limits.PLANNING_NS_MAX * 2));
        LogicalPlan plan =
                Streams.of("CREATE STREAM s (x DOUBLE)" + Streams.WITH)
                        .plan("SELECT x + 1 AS y FROM (SELECT x FROM s WHERE x > 1) WHERE x > 2");
        GaloisException error = assertThrows(GaloisException.class, () -> slow.rewrite(plan));
        assertEquals(ErrorCode.QUERY_LIMIT, error.code());
    }

    @Test
    void noOptimizerReturnsThePlanItself() {
        LogicalPlan plan = new RandomPlans(7).plan();
        assertEquals(plan, new NoOptimizer().optimize(plan));
    }

    private static Map<List<Object>, Integer> counted(List<List<Object>> rows) {
        Map<List<Object>, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        return counts;
    }
}
