package galois.global;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;

import java.util.List;

/**
 * {@code SET 'row_errors' = 'null'}: an expression that gives a row error gives NULL instead, where
 * it stands: each call that may fail gets a {@link Function#TRY} around it.
 */
final class ErrorsAsNull {
    private ErrorsAsNull() {}

    /** The plan whose filters, projections and join conditions give no row errors. */
    static LogicalPlan of(LogicalPlan plan) {
        return new LogicalPlan(of(plan.root()), plan.parameters());
    }

    private static LogicalOp of(LogicalOp op) {
        List<LogicalOp> inputs = op.inputs().stream().map(ErrorsAsNull::of).toList();
        LogicalOp over = inputs.equals(op.inputs()) ? op : Plans.withInputs(op, inputs);
        if (over instanceof LogicalOp.Filter filter) {
            return new LogicalOp.Filter(filter.input(), of(filter.condition()));
        }
        if (over instanceof LogicalOp.Project project) {
            List<Expr> expressions = project.expressions().stream().map(ErrorsAsNull::of).toList();
            return new LogicalOp.Project(project.input(), expressions, project.schema());
        }
        return over instanceof LogicalOp.Join join
                ? join.over(join.inputs(), of(join.condition()))
                : over;
    }

    private static Expr of(Expr expr) {
        if (!(expr instanceof Expr.Call call) || call.function() == Function.TRY) {
            return expr;
        }
        List<Expr> operands = call.operands().stream().map(ErrorsAsNull::of).toList();
        Expr same = new Expr.Call(call.function(), operands, call.type());
        return mayFail(call) ? new Expr.Call(Function.TRY, List.of(same), call.type()) : same;
    }

    /** Too often rather than not: around what cannot fail TRY costs nothing. */
    private static boolean mayFail(Expr.Call call) {
        return switch (call.function()) {
            case PLUS, MINUS, TIMES, DIVIDE, MOD, NEGATE -> !call.type().isFloating();
            case CAST -> true;
            default -> call.function().isScalar();
        };
    }
}
