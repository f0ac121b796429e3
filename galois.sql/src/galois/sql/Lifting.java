package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the constants of a query into parameters, so that queries that differ only in them share
 * one template. A constant in a call that has a column in it is lifted; NULL, TRUE and FALSE stay,
 * and so do constants that stand alone, patterns and units of time. Numbered from the sources to
 * the root, left to right.
 */
final class Lifting {
    private final List<Expr.Literal> parameters = new ArrayList<>();
    private final Map<Expr, Expr> costly = new HashMap<>();

    private Lifting() {}

    static LogicalPlan lift(LogicalOp root) {
        Lifting lifting = new Lifting();
        LogicalOp lifted = lifting.op(root);
        return new LogicalPlan(lifted, lifting.parameters);
    }

    private LogicalOp op(LogicalOp op) {
        List<LogicalOp> inputs = new ArrayList<>();
        op.inputs().forEach(input -> inputs.add(op(input)));
        if (op instanceof LogicalOp.Filter filter) {
            return new LogicalOp.Filter(inputs.get(0), expr(filter.condition()));
        }
        if (op instanceof LogicalOp.Project project) {
            List<Expr> lifted = new ArrayList<>();
            project.expressions().forEach(expression -> lifted.add(expr(expression)));
            return new LogicalOp.Project(inputs.get(0), lifted, project.schema());
        }
        if (op instanceof LogicalOp.Join join) {
            return join.over(inputs, expr(join.condition()));
        }
        return Plans.withInputs(op, inputs);
    }

    private Expr expr(Expr expr) {
        return expr(expr, false);
    }

    /**
     * @param inside a call that has a column somewhere
     */
    private Expr expr(Expr expr, boolean inside) {
        if (expr instanceof Expr.Literal literal) {
            return normal(literal);
        }
        if (!(expr instanceof Expr.Call call)) {
            return expr;
        }
        boolean hasColumn = inside || Exprs.containsColumn(call);
        Expr known = costly.get(call);
        if (known != null) {
            return known;
        }
        List<Expr> operands = new ArrayList<>();
        for (int i = 0; i < call.operands().size(); i++) {
            Expr operand = call.operands().get(i);
            boolean isConstant =
                    operand instanceof Expr.Literal literal
                            && !literal.isNull()
                            && literal.type() != FieldType.BOOLEAN
                            && !call.function().isStructural(i);
            operands.add(
                    isConstant && hasColumn
                            ? parameter((Expr.Literal) operand)
                            : expr(operand, hasColumn));
        }
        Expr lifted = new Expr.Call(call.function(), operands, call.type());
        if (Estimate.cost(call) >= Estimate.LIBRARY_FUNCTION) {
            costly.put(call, lifted);
        }
        return lifted;
    }

    private Expr parameter(Expr.Literal literal) {
        parameters.add(normal(literal));
        return new Expr.Parameter(parameters.size() - 1, literal.type());
    }

    /** One text for one double: until here the digits of the query were kept. */
    private static Expr.Literal normal(Expr.Literal literal) {
        return literal.type() == FieldType.DOUBLE && !literal.isNull()
                ? new Expr.Literal(literal.type(), Double.toString(literal.asDouble()))
                : literal;
    }
}
