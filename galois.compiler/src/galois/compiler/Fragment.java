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
 * A chain in the shape that a kernel has: stages, at most one operator with state, stages.
 *
 * @param before ahead of the operator with state, or everything
 * @param stateful an aggregate or a sort; may be {@code null}
 * @param after behind it; empty without one
 * @param name for people: the operators from the source upwards
 */
record Fragment(
        Schema input,
        Schema output,
        Schema parameters,
        List<LogicalOp> before,
        LogicalOp stateful,
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
        LogicalOp stateful = null;
        for (LogicalOp op : chain.subList(1, chain.size())) {
            if (Plans.isStateful(op)) {
                if (stateful != null) {
                    throw new GaloisException(
                            ErrorCode.UNSUPPORTED,
                            "a kernel holds one aggregate or sort: cut the plan between them");
                }
                stateful = op;
            } else {
                (stateful == null ? before : after).add(op);
            }
            names.add(kind(op));
        }
        String name = names.isEmpty() ? "copy" : String.join("-", names);
        return new Fragment(
                source.schema(),
                plan.root().schema(),
                parameters(plan.parameters()),
                before,
                stateful,
                after,
                name);
    }

    private static String kind(LogicalOp op) {
        if (op instanceof LogicalOp.Filter) {
            return "filter";
        }
        if (op instanceof LogicalOp.Project) {
            return "project";
        }
        return op instanceof LogicalOp.WindowAggregate ? "aggregate" : "sort";
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
