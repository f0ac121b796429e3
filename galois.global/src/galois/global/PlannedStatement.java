package galois.global;

import galois.api.control.Message.SourceBinding;
import galois.api.plan.LogicalPlan;
import galois.api.query.Statement;

import java.util.List;

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
     * @param sources what each source of {@code optimized} reads, from left to right
     */
    public record Query(LogicalPlan plan, LogicalPlan optimized, List<SourceBinding> sources) {
        /** True when the query ends by itself. */
        boolean bounded() {
            return sources.stream().allMatch(SourceBinding::bounded);
        }
    }
}
