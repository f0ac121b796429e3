package galois.global;

import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.api.query.Statement;

/**
 * A valid statement.
 *
 * @param query null when the statement neither is nor explains a query
 */
public record PlannedStatement(Statement statement, Query query) {
    /**
     * The query in a statement.
     *
     * @param plan as written
     * @param optimized equal in meaning
     * @param source the stream it reads
     * @param bounded true when the stream ends by itself
     */
    public record Query(
            LogicalPlan plan, LogicalPlan optimized, StreamDefinition source, boolean bounded) {}
}
