package galois.compiler;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.batch.Field;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;

/**
 * A chain in the shape that a kernel has: stages, at most one aggregate, stages.
 *
 * @param before ahead of the aggregate, or everything
 * @param aggregate may be {@code null}
 * @param after behind the aggregate; empty without one
 * @param name for people: the operators from the source upwards
 */
record Fragment(
        Schema input,
        Schema output,
        Schema parameters,
        List<LogicalOp> before,
        LogicalOp.WindowAggregate aggregate,
        List<LogicalOp> after,
        String name) {
    static Fragment of(LogicalPlan plan) {
        List<LogicalOp> chain = Plans.chain(plan.root());
        if (!(chain.get(0) instanceof LogicalOp.Source source)) {
            throw new IllegalArgumentException("a fragment begins with a source");
        }
        List<LogicalOp> before = new ArrayList<>();
        List<LogicalOp> after = new ArrayList<>();
        List<String> names = new ArrayList<>();
        LogicalOp.WindowAggregate aggregate = null;
        for (LogicalOp op : chain.subList(1, chain.size())) {
            if (op instanceof LogicalOp.WindowAggregate found) {
                if (aggregate != null) {
                    throw new GaloisException(
                            ErrorCode.UNSUPPORTED,
                            "a kernel holds one aggregate: cut the plan between aggregates");
                }
                aggregate = found;
                names.add("aggregate");
            } else {
                (aggregate == null ? before : after).add(op);
                names.add(op instanceof LogicalOp.Filter ? "filter" : "project");
            }
        }
        String name = names.isEmpty() ? "copy" : String.join("-", names);
        return new Fragment(
                source.schema(),
                plan.root().schema(),
                parameters(plan.parameters()),
                before,
                aggregate,
                after,
                name);
    }

    private static Schema parameters(List<Expr.Literal> literals) {
        if (literals.size() > Schema.FIELDS_MAX) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT,
                    "the query has "
                            + literals.size()
                            + " constants, the limit is "
                            + Schema.FIELDS_MAX
                            + ": split it");
        }
        List<Field> fields = new ArrayList<>();
        for (Expr.Literal literal : literals) {
            fields.add(new Field("p" + fields.size(), literal.type()));
        }
        return new Schema(fields);
    }
}
