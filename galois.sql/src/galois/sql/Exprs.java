package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds calls with the types of our algebra: operands of arithmetic, comparison, CASE and COALESCE
 * are brought to one type by CASTs (INTEGER to BIGINT to DOUBLE), AND and OR are flat.
 */
final class Exprs {
    private Exprs() {}

    static Expr call(Function function, List<Expr> operands) {
        return switch (function) {
            case PLUS, MINUS, TIMES, DIVIDE, MOD -> {
                FieldType type = commonType(operands);
                yield new Expr.Call(function, castAll(operands, type), type);
            }
            case NEGATE -> new Expr.Call(function, operands, operands.get(0).type());
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    new Expr.Call(
                            function, castAll(operands, commonType(operands)), FieldType.BOOLEAN);
            case AND, OR -> new Expr.Call(function, flat(function, operands), FieldType.BOOLEAN);
            case NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE ->
                    new Expr.Call(function, operands, FieldType.BOOLEAN);
            case CASE -> choice(operands);
            case COALESCE -> {
                FieldType type = commonType(operands);
                yield new Expr.Call(function, castAll(operands, type), type);
            }
            case CAST -> throw new IllegalArgumentException("CAST needs a type");
            default -> scalar(function, operands);
        };
    }

    private static Expr scalar(Function function, List<Expr> operands) {
        List<FieldType> given = new ArrayList<>();
        for (Expr operand : operands) {
            boolean isNull = operand instanceof Expr.Literal literal && literal.isNull();
            given.add(isNull ? null : operand.type());
        }
        Signature.Types types = FunctionTable.of(function).resolve(given);
        List<Expr> cast = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            cast.add(cast(operands.get(i), types.parameters().get(i)));
        }
        return new Expr.Call(function, cast, types.result());
    }

    /** The type that all of these can be cast to for a comparison; null when there is none. */
    static FieldType commonOf(List<FieldType> types) {
        FieldType common = types.get(0);
        for (FieldType type : types) {
            if (type != common && !(type.isNumeric() && common.isNumeric())) {
                return null;
            }
            boolean exact = type.isInteger() && common.isInteger() || type == common;
            common = exact ? (isWider(type, common) ? type : common) : FieldType.DOUBLE;
        }
        return common;
    }

    /** The expression as {@code type}; itself when it has that type. NULL takes any type. */
    static Expr cast(Expr expr, FieldType type) {
        if (expr.type() == type) {
            return expr;
        }
        if (expr instanceof Expr.Literal literal && literal.isNull()) {
            return new Expr.Literal(type, null);
        }
        return new Expr.Call(Function.CAST, List.of(expr), type);
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

    /** The widest numeric type, or the one type there is; NULL counts as a number among numbers. */
    private static FieldType commonType(List<Expr> operands) {
        FieldType common = null;
        for (Expr operand : operands) {
            boolean isNull = operand instanceof Expr.Literal literal && literal.isNull();
            if (!isNull && (common == null || isWider(operand.type(), common))) {
                common = operand.type();
            }
        }
        FieldType widest = common == null ? operands.get(0).type() : common;
        for (Expr operand : operands) {
            // CAST(NULL AS DOUBLE) makes its neighbours DOUBLE like any other DOUBLE.
            widest = isWider(operand.type(), widest) ? operand.type() : widest;
        }
        return widest;
    }

    /** Kinds are declared in the order in which arithmetic widens. */
    private static boolean isWider(FieldType type, FieldType than) {
        return type.isNumeric() && than.isNumeric() && type.kind().compareTo(than.kind()) > 0;
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
                                || call.operands().stream().anyMatch(Exprs::containsColumn));
    }
}
