package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;

/** Projections without superfluous ones. */
final class Projections {
    private Projections() {}

    /**
     * An operator that emits {@code schema}: the input itself when nothing changes; one projection
     * instead of two when the upper one only picks, renames and casts columns.
     */
    static LogicalOp project(LogicalOp input, List<Expr> expressions, Schema schema) {
        boolean isIdentity = schema.equals(input.schema()) && isIdentity(expressions, input);
        if (isIdentity) {
            return input;
        }
        boolean isPick = expressions.stream().allMatch(Projections::isPick);
        if (isPick && input instanceof LogicalOp.Project lower) {
            List<Expr> picked = new ArrayList<>();
            expressions.forEach(expression -> picked.add(pick(expression, lower)));
            return project(lower.input(), picked, schema);
        }
        return new LogicalOp.Project(input, expressions, schema);
    }

    /** A column, the cast of a column, or a constant: cheap to compute from another projection. */
    private static boolean isPick(Expr expr) {
        return !(expr instanceof Expr.Call call)
                || call.function() == Function.CAST
                        && call.operands().get(0) instanceof Expr.Column;
    }

    private static Expr pick(Expr expr, LogicalOp.Project lower) {
        if (expr instanceof Expr.Column column) {
            return lower.expressions().get(column.index());
        }
        return expr instanceof Expr.Call cast
                ? TextCalls.cast(cast.function(), pick(cast.operands().get(0), lower), cast.type())
                : expr;
    }

    /** A field with that name, or with a number behind it when there is such a field. */
    static Field unique(List<Field> fields, String name, FieldType type) {
        String free = name;
        for (int i = 2; ; i++) {
            String tried = free;
            if (fields.stream().noneMatch(field -> field.name().equalsIgnoreCase(tried))) {
                return new Field(free, type);
            }
            free = name + i;
        }
    }

    /** All columns of the input, then more. */
    static LogicalOp more(LogicalOp input, List<Expr> expressions) {
        if (expressions.isEmpty()) {
            return input;
        }
        List<Expr> all = new ArrayList<>();
        List<Field> fields = new ArrayList<>(input.schema().fields());
        for (int i = 0; i < input.schema().size(); i++) {
            all.add(new Expr.Column(i, input.schema().type(i)));
        }
        for (Expr expression : expressions) {
            fields.add(new Field("expr" + all.size(), expression.type()));
            all.add(expression);
        }
        return new LogicalOp.Project(input, all, new Schema(fields));
    }

    /** What is below the projections at the top of {@code op}. */
    static LogicalOp below(LogicalOp op) {
        return op instanceof LogicalOp.Project project ? below(project.input()) : op;
    }

    /** True when the expressions are all columns of the input, in order. */
    static boolean isIdentity(List<Expr> expressions, LogicalOp input) {
        if (expressions.size() != input.schema().size()) {
            return false;
        }
        for (int i = 0; i < expressions.size(); i++) {
            boolean isSame = expressions.get(i) instanceof Expr.Column c && c.index() == i;
            if (!isSame) {
                return false;
            }
        }
        return true;
    }
}
