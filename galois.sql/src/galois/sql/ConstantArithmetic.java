package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import java.util.List;

/** Arithmetic on constants as a kernel does it; null where the kernel would report the row. */
final class ConstantArithmetic {
    private ConstantArithmetic() {}

    static Expr evaluate(Expr.Call call, List<Expr.Literal> operands) {
        if (operands.stream().anyMatch(Expr.Literal::isNull)) {
            return new Expr.Literal(call.type(), null);
        }
        return call.type() == FieldType.DOUBLE
                ? doubles(call.function(), operands)
                : integers(call, operands);
    }

    private static Expr doubles(Function function, List<Expr.Literal> operands) {
        double a = operands.get(0).asDouble();
        double b = operands.get(operands.size() - 1).asDouble();
        double value =
                switch (function) {
                    case PLUS -> a + b;
                    case MINUS -> a - b;
                    case TIMES -> a * b;
                    case DIVIDE -> a / b;
                    case MOD -> a % b;
                    default -> -a;
                };
        return new Expr.Literal(FieldType.DOUBLE, Double.toString(value));
    }

    private static Expr integers(Expr.Call call, List<Expr.Literal> operands) {
        long a = operands.get(0).asLong();
        long b = operands.get(operands.size() - 1).asLong();
        try {
            return switch (call.function()) {
                case PLUS -> integer(Math.addExact(a, b), call.type());
                case MINUS -> integer(Math.subtractExact(a, b), call.type());
                case TIMES -> integer(Math.multiplyExact(a, b), call.type());
                case DIVIDE -> isDivisible(a, b) ? integer(a / b, call.type()) : null;
                case MOD -> b == 0 ? null : integer(a % b, call.type());
                default -> integer(Math.negateExact(a), call.type());
            };
        } catch (ArithmeticException overflow) {
            return null;
        }
    }

    private static boolean isDivisible(long a, long b) {
        return b != 0 && !(a == Long.MIN_VALUE && b == -1);
    }

    /** Null when the value does not fit the type. */
    static Expr integer(long value, FieldType type) {
        boolean fits = type == FieldType.BIGINT || value == (int) value;
        return fits ? new Expr.Literal(type, Long.toString(value)) : null;
    }
}
