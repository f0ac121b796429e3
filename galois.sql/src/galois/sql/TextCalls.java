package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import java.math.BigDecimal;
import java.util.List;

/**
 * Calls as a query text means them: constants are folded before they are lifted, and a constant
 * takes the type of what it is compared with.
 */
final class TextCalls {
    private TextCalls() {}

    static Expr call(Function function, List<Expr> operands) {
        return switch (function) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    comparison(function, operands.get(0), operands.get(1));
            default -> folded(Exprs.call(function, operands));
        };
    }

    static Expr cast(Expr operand, FieldType type) {
        return folded(Exprs.cast(operand, type));
    }

    private static Expr comparison(Function function, Expr a, Expr b) {
        if (a instanceof Expr.Literal && !(b instanceof Expr.Literal)) {
            return comparison(flipped(function), b, a);
        }
        boolean isInteger = a.type() == FieldType.INTEGER || a.type() == FieldType.BIGINT;
        boolean isNumber =
                b instanceof Expr.Literal literal
                        && !literal.isNull()
                        && literal.type().isNumeric();
        if (isInteger && isNumber && !(a instanceof Expr.Literal)) {
            BigDecimal number = ConstantFolder.number((Expr.Literal) b);
            if (number != null) {
                return IntegerComparison.of(function, a, number);
            }
        }
        return folded(Exprs.call(function, List.of(a, b)));
    }

    private static Function flipped(Function function) {
        return switch (function) {
            case LESS -> Function.GREATER;
            case LESS_OR_EQUAL -> Function.GREATER_OR_EQUAL;
            case GREATER -> Function.LESS;
            case GREATER_OR_EQUAL -> Function.LESS_OR_EQUAL;
            default -> function;
        };
    }

    /** The expression with the casts of its constants and itself folded. */
    private static Expr folded(Expr expr) {
        if (!(expr instanceof Expr.Call call)) {
            return expr;
        }
        List<Expr> operands =
                call.operands().stream()
                        .map(o -> o instanceof Expr.Call inner ? ConstantFolder.fold(inner) : o)
                        .toList();
        return ConstantFolder.fold(new Expr.Call(call.function(), operands, call.type()));
    }
}
