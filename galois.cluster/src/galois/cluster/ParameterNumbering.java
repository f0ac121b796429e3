package galois.cluster;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Gives the parameters that a part of a plan uses the numbers 0, 1, 2, ... in their old order. */
final class ParameterNumbering {
    private final TreeMap<Integer, Integer> newByOld = new TreeMap<>();

    private ParameterNumbering() {}

    static LogicalPlan fromZero(LogicalOp root, List<Expr.Literal> parameters) {
        ParameterNumbering numbering = new ParameterNumbering();
        Plans.operators(root).forEach(numbering::collect);
        List<Expr.Literal> kept = new ArrayList<>();
        for (Integer old : numbering.newByOld.keySet()) {
            numbering.newByOld.put(old, kept.size());
            kept.add(parameters.get(old));
        }
        return new LogicalPlan(numbering.renumber(root), kept);
    }

    private void collect(LogicalOp op) {
        if (op instanceof LogicalOp.Filter filter) {
            collect(filter.condition());
        } else if (op instanceof LogicalOp.Project project) {
            project.expressions().forEach(this::collect);
        } else if (op instanceof LogicalOp.Join join) {
            collect(join.condition());
        }
    }

    private void collect(Expr expr) {
        if (expr instanceof Expr.Parameter parameter) {
            newByOld.put(parameter.index(), -1);
        } else if (expr instanceof Expr.Call call) {
            call.operands().forEach(this::collect);
        }
    }

    private LogicalOp renumber(LogicalOp op) {
        List<LogicalOp> inputs = op.inputs().stream().map(this::renumber).toList();
        if (op instanceof LogicalOp.Filter filter) {
            return new LogicalOp.Filter(inputs.get(0), renumber(filter.condition()));
        }
        if (op instanceof LogicalOp.Project project) {
            List<Expr> expressions = project.expressions().stream().map(this::renumber).toList();
            return new LogicalOp.Project(inputs.get(0), expressions, project.schema());
        }
        if (op instanceof LogicalOp.Join join) {
            return join.over(inputs, renumber(join.condition()));
        }
        return Plans.withInputs(op, inputs);
    }

    private Expr renumber(Expr expr) {
        if (expr instanceof Expr.Parameter parameter) {
            return new Expr.Parameter(newByOld.get(parameter.index()), parameter.type());
        }
        if (expr instanceof Expr.Call call) {
            List<Expr> operands = call.operands().stream().map(this::renumber).toList();
            return new Expr.Call(call.function(), operands, call.type());
        }
        return expr;
    }
}
