package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;

import java.math.BigDecimal;
import java.util.List;

/**
 * Translates our expressions to Calcite's; {@link ExprBuilder#ofPlan} is the way back.
 *
 * @param input the operator whose fields the columns are
 */
record RexWriter(RexBuilder builder, RelNode input) {
    RexNode write(Expr expr) {
        if (expr instanceof Expr.Column column) {
            return builder.makeInputRef(input, column.index());
        }
        if (expr instanceof Expr.Parameter parameter) {
            return builder.makeDynamicParam(
                    SqlTypes.of(parameter.type(), false), parameter.index());
        }
        if (expr instanceof Expr.Literal literal) {
            return literal(literal);
        }
        Expr.Call call = (Expr.Call) expr;
        List<RexNode> operands = call.operands().stream().map(this::write).toList();
        RelDataType type = SqlTypes.of(call.type(), isNullable(call, operands));
        boolean isTry = call.function() == Function.TRY_CAST;
        return isTry || call.function() == Function.CAST
                ? builder.makeAbstractCast(type, operands.get(0), isTry)
                : builder.makeCall(type, Operators.of(call.function()), operands);
    }

    private RexNode literal(Expr.Literal literal) {
        if (literal.isNull()) {
            return builder.makeNullLiteral(SqlTypes.of(literal.type(), true));
        }
        if (literal.type() == FieldType.BOOLEAN) {
            return builder.makeLiteral(Boolean.parseBoolean(literal.text()));
        }
        SqlFunction constant = Operators.constant(literal.type());
        return constant == null
                ? builder.makeExactLiteral(
                        BigDecimal.valueOf(literal.asLong()), SqlTypes.of(literal.type(), false))
                : builder.makeCall(constant, builder.makeLiteral(literal.text()));
    }

    private static boolean isNullable(Expr.Call call, List<RexNode> operands) {
        return switch (call.function()) {
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE -> false;
            case REGEXP_EXTRACT -> true;
            case COALESCE -> operands.stream().allMatch(o -> o.getType().isNullable());
            case CASE -> isCaseNullable(operands);
            case TRY, TRY_CAST -> true;
            default -> operands.stream().anyMatch(o -> o.getType().isNullable());
        };
    }

    private static boolean isCaseNullable(List<RexNode> operands) {
        for (int i = 0; i < operands.size(); i++) {
            boolean isValue = i % 2 == 1 || i == operands.size() - 1;
            if (isValue && operands.get(i).getType().isNullable()) {
                return true;
            }
        }
        return false;
    }
}
