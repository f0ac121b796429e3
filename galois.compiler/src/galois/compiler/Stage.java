package galois.compiler;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Filters and projections that run as one: the conditions first, then, for a row that passes, the
 * projection. Both read the stage's input row.
 *
 * @param input fields of the input row
 * @param conditions all must be true, in this order
 * @param projection one expression for each output field
 * @param output fields of the output row
 */
record Stage(Schema input, List<Expr> conditions, List<Expr> projection, Schema output) {
    /** An expression heavier than this is computed once and kept, not repeated where it is used. */
    static final int REPEAT_WEIGHT_MAX = 80;

    Stage {
        conditions = List.copyOf(conditions);
        projection = List.copyOf(projection);
    }

    static Stage identity(Schema schema) {
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(new Expr.Column(i, schema.type(i)));
        }
        return new Stage(schema, List.of(), columns, schema);
    }

    /** Filters and projections as stages: as few as possible without repeating costly work. */
    static List<Stage> of(Schema input, List<LogicalOp> operators) {
        List<Stage> stages = new ArrayList<>();
        Stage current = identity(input);
        for (LogicalOp op : operators) {
            List<Expr> used =
                    op instanceof LogicalOp.Filter filter
                            ? List.of(filter.condition())
                            : ((LogicalOp.Project) op).expressions();
            if (!current.accepts(used)) {
                stages.add(current);
                current = identity(current.output());
            }
            current = current.then(op);
        }
        stages.add(current);
        return stages.stream().flatMap(stage -> CommonExpressions.split(stage).stream()).toList();
    }

    /**
     * What the last stage gives in terms of the first one's input, whatever it costs; {@code null}
     * when a later stage than the first has a condition.
     */
    static Stage together(List<Stage> stages) {
        Stage all = stages.get(0);
        for (Stage next : stages.subList(1, stages.size())) {
            if (!next.conditions.isEmpty()) {
                return null;
            }
            all = all.project(next.projection, next.output);
        }
        return all;
    }

    /** The conditions as one; {@code null} when every row passes. */
    Expr condition() {
        List<Expr> all = Expressions.conjuncts(conditions);
        return all.isEmpty()
                ? null
                : all.size() == 1
                        ? all.get(0)
                        : new Expr.Call(Function.AND, all, FieldType.BOOLEAN);
    }

    /** The stage with another projection, over its present output. */
    Stage project(List<Expr> expressions, Schema schema) {
        List<Expr> replaced = expressions.stream().map(this::inTermsOfInput).toList();
        return new Stage(input, conditions, replaced, schema);
    }

    private Stage then(LogicalOp op) {
        if (op instanceof LogicalOp.Filter filter) {
            List<Expr> more = new ArrayList<>(conditions);
            more.add(inTermsOfInput(filter.condition()));
            return new Stage(input, more, projection, output);
        }
        return project(((LogicalOp.Project) op).expressions(), op.schema());
    }

    private Expr inTermsOfInput(Expr expr) {
        return Expressions.substitute(
                expr, column -> projection.get(((Expr.Column) column).index()));
    }

    boolean accepts(List<Expr> used) {
        Map<Expr, Integer> uses = new HashMap<>();
        used.stream().flatMap(Expressions::leaves).forEach(e -> uses.merge(e, 1, Integer::sum));
        for (Map.Entry<Expr, Integer> use : uses.entrySet()) {
            if (use.getKey() instanceof Expr.Column column) {
                Expr replacement = projection.get(column.index());
                boolean heavy = Weight.of(replacement, Set.of()) > REPEAT_WEIGHT_MAX;
                if (heavy && (use.getValue() > 1 || Expressions.canFail(replacement))) {
                    return false;
                }
            }
        }
        return true;
    }
}
