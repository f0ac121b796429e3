package galois.api.query;

import galois.api.plan.LogicalPlan;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A strategy of logical optimisation; a service with property {@code name} ({@code none}, {@code
 * heuristic}). Thread safe and pure.
 */
@ConsumerType
public interface LogicalOptimizer {
    /** A plan that gives the same rows, with the same output schema; never null. */
    LogicalPlan optimize(LogicalPlan plan);

    /** The same, with a look at what is known of the streams; most strategies need none. */
    default LogicalPlan optimize(LogicalPlan plan, StreamEstimates estimates) {
        return optimize(plan);
    }
}
