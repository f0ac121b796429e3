package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import java.util.List;

/** The value of an expression for one row, by the book. */
record Values(List<Expr.Literal> parameters, Object[] row) {
    Object of(Expr expr) {
        if (expr instanceof Expr.Column column) {
            return row[column.index()];
        }
        if (expr instanceof Expr.Parameter parameter) {
            return literal(parameters.get(parameter.index()));
        }
        if (expr instanceof Expr.Literal literal) {
            return literal(literal);
        }
        Expr.Call call = (Expr.Call) expr;
        List<Expr> operands = call.operands();
        return switch (call.function()) {
            case AND, OR -> connect(call.function(), operands);
            case NOT -> of(operands.get(0)) instanceof Boolean b ? (Object) !b : null;
            case IS_NULL -> of(operands.get(0)) == null;
            case IS_NOT_NULL -> of(operands.get(0)) != null;
            case IS_TRUE -> Boolean.TRUE.equals(of(operands.get(0)));
            case IS_FALSE -> Boolean.FALSE.equals(of(operands.get(0)));
            case IS_NOT_TRUE -> !Boolean.TRUE.equals(of(operands.get(0)));
            case IS_NOT_FALSE -> !Boolean.FALSE.equals(of(operands.get(0)));
            case CASE -> choose(operands);
            case COALESCE -> coalesce(operands);
            case CAST -> cast(of(operands.get(0)), call.type());
            default -> strict(call);
        };
    }

    private static Object literal(Expr.Literal literal) {
        if (literal.isNull()) {
            return null;
        }
        return switch (literal.type().kind()) {
            case BOOLEAN -> Boolean.valueOf(literal.text());
            case DOUBLE -> literal.asDouble();
            case VARCHAR -> literal.text();
            default -> literal.asLong();
        };
    }

    private Object connect(Function function, List<Expr> operands) {
        Boolean decides = function == Function.OR;
        Object result = !decides;
        for (Expr operand : operands) {
            Object value = of(operand);
            if (decides.equals(value)) {
                return decides;
            }
            result = value == null ? null : result;
        }
        return result;
    }

    private Object choose(List<Expr> operands) {
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            if (Boolean.TRUE.equals(of(operands.get(i)))) {
                return of(operands.get(i + 1));
            }
        }
        return of(operands.get(operands.size() - 1));
    }

    private Object coalesce(List<Expr> operands) {
        for (Expr operand : operands) {
            Object value = of(operand);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static Object cast(Object value, FieldType type) {
        return value instanceof Long number && type == FieldType.DOUBLE
                ? (Object) number.doubleValue()
                : value;
    }

    private Object strict(Expr.Call call) {
        Object a = of(call.operands().get(0));
        Object b = of(call.operands().get(call.operands().size() - 1));
        if (a == null || b == null) {
            return null;
        }
        boolean isDouble = a instanceof Double;
        return switch (call.function()) {
            case PLUS ->
                    isDouble ? (Object) (number(a) + number(b)) : (Object) ((Long) a + (Long) b);
            case MINUS ->
                    isDouble ? (Object) (number(a) - number(b)) : (Object) ((Long) a - (Long) b);
            case TIMES ->
                    isDouble ? (Object) (number(a) * number(b)) : (Object) ((Long) a * (Long) b);
            case DIVIDE ->
                    isDouble ? (Object) (number(a) / number(b)) : (Object) ((Long) a / (Long) b);
            case MOD ->
                    isDouble ? (Object) (number(a) % number(b)) : (Object) ((Long) a % (Long) b);
            case NEGATE -> isDouble ? (Object) (-number(a)) : (Object) (-(Long) a);
            case EQUAL -> compare(a, b) == 0;
            case NOT_EQUAL -> compare(a, b) != 0;
            case LESS -> compare(a, b) < 0;
            case LESS_OR_EQUAL -> compare(a, b) <= 0;
            case GREATER -> compare(a, b) > 0;
            case GREATER_OR_EQUAL -> compare(a, b) >= 0;
            default -> throw new IllegalArgumentException(call.function().name());
        };
    }

    static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    /** NaN is the greatest number; the zeros are equal. */
    static int compare(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return x.doubleValue() == y.doubleValue() ? 0 : Double.compare(x, y);
        }
        if (a instanceof Long x && b instanceof Long y) {
            return x.compareTo(y);
        }
        return a instanceof Boolean x
                ? x.compareTo((Boolean) b)
                : a.toString().compareTo(b.toString());
    }
}
