package galois.sql;

import galois.api.plan.LogicalPlan;
import galois.api.query.LogicalOptimizer;

import org.osgi.service.component.annotations.Component;

/** Leaves plans as they were written: to compare the other strategies against. */
@Component(property = "name=none")
public final class NoOptimizer implements LogicalOptimizer {
    @Override
    public LogicalPlan optimize(LogicalPlan plan) {
        return plan;
    }
}
