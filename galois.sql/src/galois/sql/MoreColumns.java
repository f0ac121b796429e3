package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.batch.FieldType;

import org.apache.calcite.rex.RexNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Expressions as columns: those of a relation, and computed ones behind them. */
final class MoreColumns {
    private final Relation input;
    private final BiFunction<RexNode, Relation, Expr> expressions;
    private final List<Expr> computed = new ArrayList<>();

    /**
     * @param expressions translates an expression over a relation
     */
    MoreColumns(Relation input, BiFunction<RexNode, Relation, Expr> expressions) {
        this.input = input;
        this.expressions = expressions;
    }

    /** The column of an expression, computed if there is none. */
    int of(RexNode node) {
        Expr expression = expressions.apply(node, input);
        if (expression instanceof Expr.Column column) {
            return column.index();
        }
        int width = input.op().schema().size();
        int known = computed.indexOf(expression);
        if (known >= 0) {
            return width + known;
        }
        computed.add(expression);
        return width + computed.size() - 1;
    }

    FieldType type(int column) {
        int width = input.op().schema().size();
        return column < width
                ? input.op().schema().type(column)
                : computed.get(column - width).type();
    }

    /** The operator of the relation with all columns asked for so far. */
    LogicalOp op() {
        return Projections.more(input.op(), computed);
    }
}
