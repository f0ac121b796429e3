package galois.sql;

import galois.api.plan.Expr;
import galois.batch.FieldType;

import java.util.List;

/**
 * What is expected of an expression without knowing the data: which share of the rows makes it
 * true, and how much work it is, in units of one comparison of numbers.
 */
final class Estimate {
    private static final double EQUAL = 0.1;
    private static final double BOUND = 1 / 3.0;
    private static final double NULL = 0.05;
    private static final double UNKNOWN = 0.5;

    /** Groups, or the first of an order, for each row. */
    static final double GROUPED = 0.1;

    private static final double TEXT_COMPARISON = 6;
    private static final double DIVISION = 4;
    private static final double CONVERSION_OF_TEXT = 40;

    /** What a library function costs at least. */
    static final double LIBRARY_FUNCTION = 20;

    private Estimate() {}

    /** The share of rows, 0 to 1, for which the condition is true; conditions are independent. */
    static double selectivity(Expr condition) {
        if (condition instanceof Expr.Literal literal) {
            return "true".equals(literal.text()) ? 1 : 0;
        }
        if (!(condition instanceof Expr.Call call)) {
            return UNKNOWN;
        }
        List<Expr> operands = call.operands();
        return switch (call.function()) {
            case EQUAL -> EQUAL;
            case NOT_EQUAL -> 1 - EQUAL;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> BOUND;
            case IS_NULL -> NULL;
            case IS_NOT_NULL -> 1 - NULL;
            case AND -> product(operands);
            case OR ->
                    1
                            - operands.stream()
                                    .mapToDouble(operand -> 1 - selectivity(operand))
                                    .reduce(1, (a, b) -> a * b);
            case IS_TRUE, IS_NOT_FALSE -> selectivity(operands.get(0));
            case NOT, IS_FALSE, IS_NOT_TRUE -> 1 - selectivity(operands.get(0));
            default -> UNKNOWN;
        };
    }

    private static double product(List<Expr> conditions) {
        return conditions.stream().mapToDouble(Estimate::selectivity).reduce(1, (a, b) -> a * b);
    }

    /** Work for one row; AND and OR stop early, on the average in the middle. */
    static double cost(Expr expr) {
        if (!(expr instanceof Expr.Call call)) {
            return 0.25;
        }
        double operands = call.operands().stream().mapToDouble(Estimate::cost).sum();
        return switch (call.function()) {
            case AND, OR, CASE, COALESCE -> operands * 0.6;
            default -> own(call) + operands;
        };
    }

    private static double own(Expr.Call call) {
        boolean isText =
                call.type().cell() == FieldType.Cell.STRING
                        || call.operands().stream()
                                .anyMatch(o -> o.type().cell() == FieldType.Cell.STRING);
        return switch (call.function()) {
            case PLUS, MINUS, TIMES, NEGATE -> 1;
            case DIVIDE, MOD -> DIVISION;
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    isText ? TEXT_COMPARISON : 1;
            case NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE -> 0.5;
            case CAST -> isText ? CONVERSION_OF_TEXT : 1;
            default -> LIBRARY_FUNCTION;
        };
    }
}
