package galois.sql;

import galois.api.plan.Expr;
import galois.batch.FieldType;

/** Which expressions may give a row error: these keep their place among others. */
final class RowErrors {
    private RowErrors() {}

    /** False when no row whatever makes the expression fail; in doubt true. */
    static boolean isPossible(Expr expr) {
        if (!(expr instanceof Expr.Call call)) {
            return false;
        }
        return !isSafe(call) || call.operands().stream().anyMatch(RowErrors::isPossible);
    }

    private static boolean isSafe(Expr.Call call) {
        return switch (call.function()) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
            case AND, OR, NOT, CASE, COALESCE -> true;
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE -> true;
            case PLUS, MINUS, TIMES, DIVIDE, MOD, NEGATE -> call.type().isFloating();
            case TRY, TRY_CAST -> true;
            case CAST -> isWidening(call.operands().get(0).type(), call.type());
            default -> false;
        };
    }

    /** From a narrower integer, or any number to REAL or DOUBLE. */
    private static boolean isWidening(FieldType from, FieldType to) {
        return from.isNumeric() && to.isFloating()
                || from.isInteger() && to.isInteger() && from.kind().compareTo(to.kind()) <= 0;
    }
}
