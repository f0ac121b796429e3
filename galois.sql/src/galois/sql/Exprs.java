package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Builds calls with the types of our algebra ({@link ResultTypes}): operands of comparison, CASE
 * and COALESCE are brought to one type by CASTs, and so are those of arithmetic unless the result
 * is a DECIMAL; AND and OR are flat. A call built again from its own operands is the same call.
 */
final class Exprs {
    private static final long DAY_US = 86_400_000_000L;

    private Exprs() {}

    static Expr call(Function function, List<Expr> operands) {
        return switch (function) {
            case PLUS, MINUS, TIMES, DIVIDE, MOD -> arithmetic(function, typed(operands));
            case NEGATE, TRY -> new Expr.Call(function, operands, operands.get(0).type());
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    comparison(function, typed(operands));
            case AND, OR -> new Expr.Call(function, flat(function, operands), FieldType.BOOLEAN);
            case NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE ->
                    new Expr.Call(function, operands, FieldType.BOOLEAN);
            case CASE -> choice(operands);
            case COALESCE -> {
                FieldType type = commonType(operands);
                yield new Expr.Call(function, castAll(operands, type), type);
            }
            case CAST, TRY_CAST -> throw new IllegalArgumentException("CAST needs a type");
            default -> scalar(function, operands);
        };
    }

    private static Expr scalar(Function function, List<Expr> operands) {
        List<FieldType> given = new ArrayList<>();
        for (Expr operand : operands) {
            boolean isNull = operand instanceof Expr.Literal literal && literal.isNull();
            given.add(isNull ? null : operand.type());
        }
        Signature.Types types = null;
        if (operands.stream().allMatch(Exprs::isNull)) {
            // Where nothing else says what is meant, the types count that NULLs were cast to.
            types = FunctionTable.of(function).resolve(operands.stream().map(Expr::type).toList());
        }
        if (types == null) {
            types = FunctionTable.of(function).resolve(given);
        }
        List<Expr> cast = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            cast.add(cast(operands.get(i), types.parameters().get(i)));
        }
        return new Expr.Call(function, cast, types.result());
    }

    /** The expression as {@code type}; itself when it has that type. NULL takes any type. */
    static Expr cast(Expr expr, FieldType type) {
        return cast(Function.CAST, expr, type);
    }

    /**
     * @param function CAST or TRY_CAST
     */
    static Expr cast(Function function, Expr expr, FieldType type) {
        if (expr.type() == type) {
            return expr;
        }
        if (isNull(expr)) {
            return new Expr.Literal(type, null);
        }
        return new Expr.Call(function, List.of(expr), type);
    }

    private static boolean isNull(Expr expr) {
        return expr instanceof Expr.Literal literal && literal.isNull();
    }

    /** A NULL without a type of its own has that of its neighbour. */
    private static List<Expr> typed(List<Expr> operands) {
        FieldType type = null;
        for (Expr operand : operands) {
            type = isNull(operand) ? type : operand.type();
        }
        List<Expr> typed = new ArrayList<>();
        for (Expr operand : operands) {
            boolean isUntyped = isNull(operand) && operand.type() == FieldType.BOOLEAN;
            typed.add(isUntyped && type != null ? new Expr.Literal(type, null) : operand);
        }
        return typed;
    }

    private static Expr arithmetic(Function function, List<Expr> operands) {
        Expr a = operands.get(0);
        Expr b = operands.get(1);
        FieldType type = ResultTypes.arithmetic(function, a.type(), b.type());
        if (type == null) {
            // Nothing but NULLs without a type: what they are added to does not matter.
            type = commonType(operands);
            return new Expr.Call(function, castAll(operands, type), type);
        }
        if (a.type().isNumeric() && b.type().isNumeric()) {
            return new Expr.Call(
                    function, type.isDecimal() ? operands : castAll(operands, type), type);
        }
        if (function == Function.TIMES || function == Function.DIVIDE) {
            return a.type().isInterval()
                    ? new Expr.Call(function, List.of(a, factor(b)), type)
                    : new Expr.Call(function, List.of(b, factor(a)), type);
        }
        if (a.type().isInterval() && !b.type().isInterval()) {
            return arithmetic(function, List.of(b, a));
        }
        boolean hasDate = a.type() == FieldType.DATE || b.type() == FieldType.DATE;
        if (!hasDate) {
            return new Expr.Call(function, operands, type);
        }
        boolean isMoved = b.type().isInterval();
        Expr result =
                new Expr.Call(
                        function,
                        List.of(
                                cast(a, FieldType.TIMESTAMP),
                                isMoved ? b : cast(b, FieldType.TIMESTAMP)),
                        isMoved ? FieldType.TIMESTAMP : type);
        return isMoved && (type == FieldType.DATE || isWholeDays(b))
                ? cast(result, FieldType.DATE)
                : result;
    }

    /** An interval is multiplied by a BIGINT or by a DOUBLE. */
    private static Expr factor(Expr number) {
        return cast(number, number.type().isInteger() ? FieldType.BIGINT : FieldType.DOUBLE);
    }

    static boolean isWholeDays(Expr interval) {
        return interval instanceof Expr.Literal literal
                && !literal.isNull()
                && literal.asLong() % DAY_US == 0;
    }

    private static Expr comparison(Function function, List<Expr> operands) {
        FieldType a = operands.get(0).type();
        FieldType b = operands.get(1).type();
        List<Expr> comparable =
                ResultTypes.isExactDecimal(a, b)
                        ? operands
                        : castAll(operands, commonType(operands));
        return new Expr.Call(function, comparable, FieldType.BOOLEAN);
    }

    private static List<Expr> castAll(List<Expr> operands, FieldType type) {
        return operands.stream().map(operand -> cast(operand, type)).toList();
    }

    private static Expr choice(List<Expr> operands) {
        List<Expr> values = new ArrayList<>();
        for (int i = 1; i < operands.size(); i += 2) {
            values.add(operands.get(i));
        }
        values.add(operands.get(operands.size() - 1));
        FieldType type = commonType(values);
        List<Expr> typed = new ArrayList<>(operands);
        for (int i = 0; i < typed.size(); i++) {
            boolean isValue = i % 2 == 1 || i == typed.size() - 1;
            typed.set(i, isValue ? cast(typed.get(i), type) : typed.get(i));
        }
        return new Expr.Call(Function.CASE, typed, type);
    }

    private static List<Expr> flat(Function function, List<Expr> operands) {
        List<Expr> flat = new ArrayList<>();
        for (Expr operand : operands) {
            if (operand instanceof Expr.Call call && call.function() == function) {
                flat.addAll(flat(function, call.operands()));
            } else {
                flat.add(operand);
            }
        }
        return flat;
    }

    /**
     * The type that all can be brought to, or that of the first; a NULL without a type of its own
     * takes any, but CAST(NULL AS DOUBLE) makes its neighbours DOUBLE like any other DOUBLE.
     */
    private static FieldType commonType(List<Expr> operands) {
        FieldType common = null;
        for (Expr operand : operands) {
            boolean isUntyped = isNull(operand) && operand.type() == FieldType.BOOLEAN;
            if (!isUntyped) {
                FieldType both =
                        common == null
                                ? operand.type()
                                : ResultTypes.common(common, operand.type());
                common = both == null ? common : both;
            }
        }
        return Objects.requireNonNullElse(common, operands.get(0).type());
    }

    /** The conjunction; TRUE of none. */
    static Expr all(List<Expr> conditions) {
        return switch (conditions.size()) {
            case 0 -> new Expr.Literal(FieldType.BOOLEAN, "true");
            case 1 -> conditions.get(0);
            default -> call(Function.AND, conditions);
        };
    }

    static boolean containsColumn(Expr expr) {
        return expr instanceof Expr.Column
                || expr instanceof Expr.Call call
                        && (call.function() == Function.EVENT_TIME
                                || call.function() == Function.ARRIVAL_TIME
                                || call.operands().stream().anyMatch(Exprs::containsColumn));
    }
}
