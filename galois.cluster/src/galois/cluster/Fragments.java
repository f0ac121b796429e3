package galois.cluster;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cuts a placed chain into the parts that become kernels. */
final class Fragments {
    /** Every kernel reads this; the stream's own name must not change the code's identity. */
    private static final String INPUT = "input";

    private Fragments() {}

    /**
     * A part of the chain on one node.
     *
     * @param plan over a source {@code input}, its parameters numbered from 0
     */
    record Fragment(String nodeId, List<String> operators, LogicalPlan plan) {}

    /** Neighbours on one node go together; a kernel holds at most one aggregate or sort. */
    static List<Fragment> cut(
            Operators operators, List<Expr.Literal> parameters, Map<String, String> placement) {
        List<Fragment> fragments = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<LogicalOp> ops = new ArrayList<>();
        Schema input = operators.source().schema();
        String node = null;
        boolean stateful = false;
        for (Map.Entry<String, LogicalOp> entry : operators.byName().entrySet()) {
            LogicalOp op = entry.getValue();
            String opNode = placement.get(entry.getKey());
            boolean second = stateful && Plans.isStateful(op);
            if (!ops.isEmpty() && (second || !opNode.equals(node))) {
                fragments.add(new Fragment(node, List.copyOf(names), plan(input, ops, parameters)));
                input = ops.get(ops.size() - 1).schema();
                names.clear();
                ops.clear();
                stateful = false;
            }
            node = opNode;
            names.add(entry.getKey());
            ops.add(op);
            stateful |= Plans.isStateful(op);
        }
        if (!ops.isEmpty()) {
            fragments.add(new Fragment(node, List.copyOf(names), plan(input, ops, parameters)));
        }
        return fragments;
    }

    private static LogicalPlan plan(
            Schema input, List<LogicalOp> ops, List<Expr.Literal> parameters) {
        LogicalOp root = new LogicalOp.Source(INPUT, input, -1);
        for (LogicalOp op : ops) {
            root = Plans.withInput(op, root);
        }
        return ParameterNumbering.fromZero(root, parameters);
    }
}
