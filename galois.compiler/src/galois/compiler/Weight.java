package galois.compiler;

import galois.api.plan.Expr;
import galois.batch.FieldType;

import java.util.Set;

/**
 * How many bytes of JVM code an expression becomes, estimated from above. A method of more than
 * {@link #METHOD_BYTES_MAX} bytes is compiled late or never by the JVM; a test measures that none
 * is.
 */
final class Weight {
    /** Largest JVM method a kernel may have. */
    static final int METHOD_BYTES_MAX = 2000;

    /** Largest weight written into one function; the rest of the method is its frame. */
    static final int FUNCTION = 850;

    /** A call of an outlined expression. */
    static final int CALL = 60;

    private static final int NULL_TEST = 26;

    private Weight() {}

    /** All of it in one function, where {@code notNull} needs no test. */
    static int of(Expr expr, Set<Expr> notNull) {
        int weight = own(expr, notNull);
        for (Expr operand : Expressions.operands(expr)) {
            weight += of(operand, notNull);
        }
        return weight;
    }

    /** Without its operands. */
    static int own(Expr expr, Set<Expr> notNull) {
        if (expr instanceof Expr.Literal) {
            return 8;
        }
        if (!(expr instanceof Expr.Call call)) {
            int test = notNull.contains(expr) ? 0 : NULL_TEST;
            return test + (expr.type().cell() == FieldType.Cell.STRING ? 30 : 12);
        }
        if (call.function().isScalar()) {
            return ScalarCode.weight(call);
        }
        FieldType operand = call.operands().get(0).type();
        int count = call.operands().size();
        return switch (call.function()) {
            case PLUS, MINUS -> call.type().isFloating() ? 8 : isExact(call) ? 130 : 50;
            case TIMES -> call.type().isFloating() ? 8 : 60;
            case DIVIDE, MOD, NEGATE -> call.type().isFloating() ? 20 : isExact(call) ? 130 : 70;
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    operand.isFloating() ? 20 : operand.isDecimal() ? 40 : 24;
            case AND, OR -> 12 + 6 * count;
            case NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE -> 20;
            case TRY -> 8;
            case CASE, COALESCE -> 20 + 16 * count;
            case CAST, TRY_CAST -> 90;
            default -> throw new IllegalArgumentException("no weight of " + call.function());
        };
    }

    private static boolean isExact(Expr.Call call) {
        return call.type().isDecimal();
    }
}
