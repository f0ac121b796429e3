package galois.sql;

import galois.api.GaloisException;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.query.LogicalOptimizer;
import galois.batch.Schema;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.rel.RelNode;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Rewrites that always pay: conditions as early as possible, neighbours merged, expressions
 * simplified, unused columns gone. Looks at the template only, never at the value of a parameter,
 * so equal templates stay equal. Gives up with GLS-2008 after {@link Limits#PLANNING_NS_MAX}.
 */
@Component(immediate = true, property = "name=heuristic")
public final class HeuristicOptimizer implements LogicalOptimizer {
    private static final Logger LOG = LoggerFactory.getLogger(HeuristicOptimizer.class);

    private final LongSupplier nowNs;
    private final Warmup warmup;

    @Activate
    public HeuristicOptimizer() {
        // Of this thread, not of the clock: a busy machine must not refuse a simple query.
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        nowNs = threads::getCurrentThreadCpuTime;
        warmup = Warmup.calcite();
    }

    HeuristicOptimizer(LongSupplier nowNs) {
        this.nowNs = nowNs;
        warmup = Warmup.NONE;
    }

    @Override
    public LogicalPlan optimize(LogicalPlan plan) {
        return optimizeWith(UnaryOperator.identity(), plan);
    }

    /**
     * @param choice made once conditions are where they belong and before columns are taken out;
     *     its result gives the same rows
     */
    LogicalPlan optimizeWith(UnaryOperator<LogicalOp> choice, LogicalPlan plan) {
        warmup.await();
        try {
            return rewrite(plan, choice);
        } catch (GaloisException refused) {
            throw refused;
        } catch (RuntimeException | AssertionError bug) {
            // A defect in a rule must not keep a correct query from running.
            LOG.warn("the optimiser failed, the plan runs as it was written", bug);
            return plan;
        }
    }

    /** As {@link #optimize}, but a defect shows. */
    LogicalPlan rewrite(LogicalPlan plan) {
        return rewrite(plan, UnaryOperator.identity());
    }

    LogicalPlan rewrite(LogicalPlan plan, UnaryOperator<LogicalOp> choice) {
        long startNs = nowNs.getAsLong();
        HepPlanner planner =
                Clusters.planner(
                        HeuristicRules.PROGRAM,
                        () -> Limits.checkPlanningTime(nowNs.getAsLong() - startNs));
        RelOptCluster cluster = Clusters.cluster(planner);
        planner.setRoot(new PlanToRel(cluster).write(plan.root()));
        RelNode best = planner.findBestExp();
        LogicalOp root = new RelToPlan(cluster.getRexBuilder()).read(best);
        LogicalOp pruned = ColumnPruning.prune(choice.apply(root));
        return new LogicalPlan(named(pruned, plan.root().schema()), plan.parameters());
    }

    /** Rules care for types and order of the columns; their names are put back here. */
    private static LogicalOp named(LogicalOp root, Schema schema) {
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(new Expr.Column(i, schema.type(i)));
        }
        return Projections.project(root, columns, schema);
    }
}
