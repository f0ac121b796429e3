package galois.sql;

import galois.api.plan.LogicalPlan;
import galois.api.query.LogicalOptimizer;
import galois.api.query.StreamEstimates;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import java.util.function.LongSupplier;

/**
 * What {@code heuristic} does, and beyond it a choice of order by estimates: joins that leave few
 * rows come first, and so do conditions that are cheap and drop many. Estimates know shapes and the
 * rates that streams declare, not data, and look at the template only, so equal templates stay
 * equal. Has the deadline of {@code heuristic}.
 */
@Component(property = "name=cost")
public final class CostOptimizer implements LogicalOptimizer {
    private final HeuristicOptimizer rules;

    @Activate
    public CostOptimizer() {
        this(new HeuristicOptimizer());
    }

    private CostOptimizer(HeuristicOptimizer rules) {
        this.rules = rules;
    }

    CostOptimizer(LongSupplier nowNs) {
        this(new HeuristicOptimizer(nowNs));
    }

    @Override
    public LogicalPlan optimize(LogicalPlan plan) {
        return optimize(plan, StreamEstimates.UNKNOWN);
    }

    @Override
    public LogicalPlan optimize(LogicalPlan plan, StreamEstimates estimates) {
        return order(rules.optimizeWith(op -> JoinOrder.order(op, estimates), plan));
    }

    /** As {@link #optimize}, but a defect shows. */
    LogicalPlan rewrite(LogicalPlan plan, StreamEstimates estimates) {
        return order(rules.rewrite(plan, op -> JoinOrder.order(op, estimates)));
    }

    private static LogicalPlan order(LogicalPlan plan) {
        return new LogicalPlan(FilterOrder.order(plan.root()), plan.parameters());
    }
}
