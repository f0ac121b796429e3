package galois.compiler;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;
import galois.batch.RowError;

import java.math.BigInteger;
import java.util.List;

/** Expressions in plain Java: what the kernels must agree with. */
final class Reference {
    /** A row error. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;
        final int code;

        Failure(int code) {
            super(RowError.text(code), null, false, false);
            this.code = code;
        }
    }

    private final List<Object> row;
    private final List<Expr.Literal> parameters;

    Reference(List<Object> row, List<Expr.Literal> parameters) {
        this.row = row;
        this.parameters = parameters;
    }

    static Object constant(Expr.Literal literal) {
        if (literal.isNull()) {
            return null;
        }
        return switch (literal.type().cell()) {
            case I64 -> (Object) literal.asLong();
            case F64 -> literal.asDouble();
            case STRING -> literal.text();
        };
    }

    /** True when the row passes: a conjunction stops at the first condition that is not true. */
    boolean passes(List<Expr> conditions) {
        for (Expr condition : Expressions.conjuncts(conditions)) {
            Object value = condition(condition);
            if (value == null || (Long) value == 0) {
                return false;
            }
        }
        return true;
    }

    /** A condition whose NULL counts as false, so that OR and AND inside may stop early. */
    private Object condition(Expr expr) {
        if (expr instanceof Expr.Call call
                && (call.function() == Function.AND || call.function() == Function.OR)) {
            boolean and = call.function() == Function.AND;
            for (Expr operand : call.operands()) {
                Object value = condition(operand);
                boolean isTrue = value != null && (Long) value != 0;
                if (isTrue != and) {
                    return isTrue ? 1L : 0L;
                }
            }
            return and ? 1L : 0L;
        }
        return value(expr);
    }

    Object value(Expr expr) {
        if (expr instanceof Expr.Column column) {
            return row.get(column.index());
        }
        if (expr instanceof Expr.Parameter parameter) {
            return constant(parameters.get(parameter.index()));
        }
        if (expr instanceof Expr.Literal literal) {
            return constant(literal);
        }
        Expr.Call call = (Expr.Call) expr;
        return switch (call.function()) {
            case AND, OR -> logic(call);
            case NOT -> {
                Object value = value(call.operands().get(0));
                yield value == null ? null : (Object) (1L - (Long) value);
            }
            case IS_NULL -> truth(value(call.operands().get(0)) == null);
            case IS_NOT_NULL -> truth(value(call.operands().get(0)) != null);
            case IS_TRUE -> truth(Long.valueOf(1).equals(condition(call.operands().get(0))));
            case IS_NOT_TRUE -> truth(!Long.valueOf(1).equals(condition(call.operands().get(0))));
            case IS_FALSE -> truth(Long.valueOf(0).equals(value(call.operands().get(0))));
            case IS_NOT_FALSE -> truth(!Long.valueOf(0).equals(value(call.operands().get(0))));
            case CASE -> choice(call);
            case COALESCE -> {
                Object result = null;
                for (Expr operand : call.operands()) {
                    result = result == null ? widened(value(operand), call.type()) : result;
                }
                yield result;
            }
            case CAST -> {
                Object value = value(call.operands().get(0));
                FieldType from = call.operands().get(0).type();
                yield value == null ? null : ReferenceCast.cast(value, from, call.type());
            }
            case WINDOW_START, WINDOW_END, WINDOW_TIME -> window(call);
            default -> strict(call);
        };
    }

    /** Windows are looked for one by one, from before the first one that the time can be in. */
    private Object window(Expr.Call call) {
        Long time = (Long) value(call.operands().get(0));
        if (time == null && call.function() == Function.WINDOW_TIME) {
            return null;
        }
        if (time == null) {
            throw new Failure(RowError.NO_TIME);
        }
        if (time > 1L << 61 || time < -(1L << 61)) {
            throw new Failure(RowError.OVERFLOW);
        }
        if (call.function() == Function.WINDOW_TIME) {
            return time - 1000;
        }
        long size = (Long) value(call.operands().get(1));
        long slide = (Long) value(call.operands().get(2));
        long offset = (Long) value(call.operands().get(3));
        long copy = call.operands().size() > 4 ? (Long) value(call.operands().get(4)) : 0;
        long start = offset + (time / slide - size / slide - 3) * slide;
        while (start + slide * ((size + slide - 1) / slide) <= time) {
            start += slide;
        }
        start += copy * slide;
        return call.function() == Function.WINDOW_END ? start + size : start;
    }

    private Object strict(Expr.Call call) {
        Object a = value(call.operands().get(0));
        if (a == null) {
            return null;
        }
        if (call.function() == Function.NEGATE) {
            return a instanceof Double d ? (Object) (-d) : integer(call, BigInteger.ZERO, big(a));
        }
        Object b = value(call.operands().get(1));
        if (b == null) {
            return null;
        }
        return switch (call.function()) {
            case PLUS, MINUS, TIMES, DIVIDE, MOD ->
                    call.type() == FieldType.DOUBLE
                            ? (Object) doubles(call.function(), real(a), real(b))
                            : integer(call, big(a), big(b));
            case EQUAL -> truth(compare(a, b) == 0);
            case NOT_EQUAL -> truth(compare(a, b) != 0);
            case LESS -> truth(compare(a, b) < 0);
            case LESS_OR_EQUAL -> truth(compare(a, b) <= 0);
            case GREATER -> truth(compare(a, b) > 0);
            default -> truth(compare(a, b) >= 0);
        };
    }

    private static BigInteger big(Object value) {
        return BigInteger.valueOf((Long) value);
    }

    static double real(Object value) {
        return value instanceof Double d ? d : (double) (Long) value;
    }

    private static Object truth(boolean value) {
        return value ? 1L : 0L;
    }

    private static double doubles(Function function, double a, double b) {
        return switch (function) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case TIMES -> a * b;
            case DIVIDE -> a / b;
            default -> a % b;
        };
    }

    private static Object integer(Expr.Call call, BigInteger a, BigInteger b) {
        boolean divides = call.function() == Function.DIVIDE || call.function() == Function.MOD;
        if (divides && b.signum() == 0) {
            throw new Failure(RowError.DIVISION_BY_ZERO);
        }
        BigInteger result =
                switch (call.function()) {
                    case PLUS -> a.add(b);
                    case TIMES -> a.multiply(b);
                    case DIVIDE -> a.divide(b);
                    case MOD -> a.remainder(b);
                    default -> a.subtract(b);
                };
        int bits = call.type() == FieldType.INTEGER ? 31 : 63;
        if (result.bitLength() > bits) {
            throw new Failure(RowError.OVERFLOW);
        }
        return result.longValue();
    }

    /** NaN equals itself and is the greatest; -0.0 equals 0.0. */
    static int compare(Object a, Object b) {
        if (a instanceof String x) {
            return java.util.Arrays.compareUnsigned(
                    x.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    ((String) b).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        if (a instanceof Double || b instanceof Double) {
            return Double.compare(real(a) + 0.0, real(b) + 0.0);
        }
        return Long.compare((Long) a, (Long) b);
    }

    private Object logic(Expr.Call call) {
        boolean and = call.function() == Function.AND;
        boolean sawNull = false;
        for (Expr operand : call.operands()) {
            Object value = value(operand);
            if (value == null) {
                sawNull = true;
            } else if ((Long) value != 0 != and) {
                return truth(!and);
            }
        }
        return sawNull ? null : truth(and);
    }

    private Object choice(Expr.Call call) {
        List<Expr> operands = call.operands();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            Object condition = condition(operands.get(i));
            if (condition != null && (Long) condition != 0) {
                return widened(value(operands.get(i + 1)), call.type());
            }
        }
        return widened(value(operands.get(operands.size() - 1)), call.type());
    }

    static Object widened(Object value, FieldType type) {
        return value instanceof Long l && type == FieldType.DOUBLE ? (Object) (double) l : value;
    }
}
