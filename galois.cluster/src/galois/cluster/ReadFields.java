package galois.cluster;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Plans;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which fields of its inputs a kernel reads: what filters, projections and aggregates do not need
 * is never decoded. An operator of another kind counts as reading all of its input; in a plan of
 * SQL a projection to what it needs is below it.
 */
final class ReadFields {
    private final List<List<Integer>> sources = new ArrayList<>();

    private ReadFields() {}

    /** For each source of the plan, from left to right, the fields that are read, ascending. */
    static List<List<Integer>> of(LogicalOp root) {
        ReadFields fields = new ReadFields();
        fields.visit(root, all(root));
        return fields.sources;
    }

    private void visit(LogicalOp op, BitSet used) {
        if (op instanceof LogicalOp.Source) {
            sources.add(used.stream().boxed().toList());
        } else if (op instanceof LogicalOp.Filter filter) {
            BitSet below = (BitSet) used.clone();
            collect(filter.condition(), below);
            visit(filter.input(), below);
        } else if (op instanceof LogicalOp.Project project) {
            BitSet below = new BitSet();
            // An expression that nobody uses is computed all the same: it may fail.
            project.expressions().forEach(expression -> collect(expression, below));
            visit(project.input(), below);
        } else if (op instanceof LogicalOp.WindowAggregate
                || op instanceof LogicalOp.PartialAggregate) {
            LogicalOp.WindowAggregate aggregate = Plans.grouping(op);
            BitSet below = new BitSet();
            aggregate.keys().forEach(below::set);
            aggregate.aggregates().forEach(call -> call.fields().forEach(below::set));
            if (aggregate.window().timeField() >= 0) {
                below.set(aggregate.window().timeField());
            }
            visit(aggregate.input(), below);
        } else if (op instanceof LogicalOp.Repeat repeat) {
            visit(repeat.input(), used.get(0, repeat.copy()));
        } else if (op instanceof LogicalOp.Union union) {
            union.inputs().forEach(input -> visit(input, used));
        } else {
            op.inputs().forEach(input -> visit(input, all(input)));
        }
    }

    private static BitSet all(LogicalOp op) {
        BitSet all = new BitSet();
        all.set(0, op.schema().size());
        return all;
    }

    private static void collect(Expr expr, BitSet columns) {
        if (expr instanceof Expr.Column column) {
            columns.set(column.index());
        } else if (expr instanceof Expr.Call call) {
            call.operands().forEach(operand -> collect(operand, columns));
        }
    }
}
