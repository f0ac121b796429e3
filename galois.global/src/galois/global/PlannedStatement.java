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
     * @param notes what people should know of how it runs in parallel, a line each
     * @param lateness the same of its late rows
     */
    public record Query(
            LogicalPlan plan,
            LogicalPlan optimized,
            List<SourceBinding> sources,
            List<String> notes,
            List<String> lateness) {
        public Query {
            sources = List.copyOf(sources);
            notes = List.copyOf(notes);
            lateness = List.copyOf(lateness);
        }

        /** One of which nothing is to be said. */
        public Query(LogicalPlan plan, LogicalPlan optimized, List<SourceBinding> sources) {
            this(plan, optimized, sources, List.of(), List.of());
        }

        /** True when the query ends by itself. */
        boolean bounded() {
            return sources.stream().allMatch(SourceBinding::bounded);
        }
    }
}
