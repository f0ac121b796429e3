package galois.api.plan;

import java.util.List;
import java.util.Objects;

/**
 * A query as a plan with its literals lifted out: {@code root} alone is the template, equal for
 * queries that differ only in constants.
 *
 * @param root what the query computes
 * @param parameters values of {@link Expr.Parameter}, by index; their types are part of the
 *     template
 */
public record LogicalPlan(LogicalOp root, List<Expr.Literal> parameters) {
    public LogicalPlan {
        Objects.requireNonNull(root, "root");
        parameters = List.copyOf(parameters);
    }
}
