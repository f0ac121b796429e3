package galois.itest;

import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.query.LogicalOptimizer;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;

/** A strategy from outside, in a bundle of its own: asks every condition twice. */
public final class TwiceOptimizer implements LogicalOptimizer, BundleActivator {
    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> name = new Hashtable<>(Map.of("name", "twice"));
        context.registerService(LogicalOptimizer.class, this, name);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework withdraws the service
    }

    @Override
    public LogicalPlan optimize(LogicalPlan plan) {
        return new LogicalPlan(twice(plan.root()), plan.parameters());
    }

    private static LogicalOp twice(LogicalOp op) {
        if (op instanceof LogicalOp.Project project) {
            LogicalOp input = twice(project.input());
            return new LogicalOp.Project(input, project.expressions(), project.schema());
        }
        if (op instanceof LogicalOp.Filter filter) {
            LogicalOp once = new LogicalOp.Filter(twice(filter.input()), filter.condition());
            return new LogicalOp.Filter(once, filter.condition());
        }
        return op;
    }
}
