package galois.sql;

import galois.api.plan.Expr;
import galois.batch.FieldType;

import java.util.List;

/** Arithmetic on constants as a kernel does it; null where the kernel would report the row. */
final class ConstantArithmetic {
    private static final long DAY_US = 86_400_000_000L;

    private ConstantArithmetic() {}

    static Expr evaluate(Expr.Call call, List<Expr.Literal> operands) {
        if (operands.stream().anyMatch(Expr.Literal::isNull)) {
            return new Expr.Literal(call.type(), null);
        }
        return switch (call.type().kind()) {
            case REAL, DOUBLE -> doubles(call, operands);
            case DECIMAL -> Decimals.evaluate(call, operands);
            default -> isWhole(operands) ? integers(call, operands) : null;
        };
    }

    /** False for what is left to the kernel: calendars, and intervals times a fraction. */
    private static boolean isWhole(List<Expr.Literal> operands) {
        boolean addsMonths =
                operands.get(operands.size() - 1).type() == FieldType.INTERVAL_MONTH
                        && operands.get(0).type() == FieldType.TIMESTAMP;
        return !addsMonths && operands.stream().noneMatch(o -> o.type().isFloating());
    }

    private static Expr doubles(Expr.Call call, List<Expr.Literal> operands) {
        double a = operands.get(0).asDouble();
        double b = operands.get(operands.size() - 1).asDouble();
        double value =
                switch (call.function()) {
                    case PLUS -> a + b;
                    case MINUS -> a - b;
                    case TIMES -> a * b;
                    case DIVIDE -> a / b;
                    case MOD -> a % b;
                    default -> -a;
                };
        return call.type() == FieldType.REAL
                ? ConstantFolder.real(value)
                : new Expr.Literal(FieldType.DOUBLE, Double.toString(value));
    }

    private static Expr integers(Expr.Call call, List<Expr.Literal> operands) {
        long a = operands.get(0).asLong();
        long b = operands.get(operands.size() - 1).asLong();
        try {
            long value =
                    switch (call.function()) {
                        case PLUS -> Math.addExact(a, b);
                        case MINUS -> Math.subtractExact(a, b);
                        case TIMES -> Math.multiplyExact(a, b);
                        case DIVIDE -> isMinimum(a, b) ? Math.negateExact(a) : a / b;
                        case MOD -> a % b;
                        default -> Math.negateExact(a);
                    };
            return integer(
                    call.type() == FieldType.TIME ? Math.floorMod(value, DAY_US) : value,
                    call.type());
        } catch (ArithmeticException overflowOrDivisionByZero) {
            return null;
        }
    }

    private static boolean isMinimum(long a, long b) {
        return a == Long.MIN_VALUE && b == -1;
    }

    /** Null when the value does not fit the type. */
    static Expr integer(long value, FieldType type) {
        boolean fits =
                switch (type.kind()) {
                    case TINYINT -> value == (byte) value;
                    case SMALLINT -> value == (short) value;
                    case INTEGER -> value == (int) value;
                    default -> true;
                };
        return fits ? new Expr.Literal(type, Long.toString(value)) : null;
    }
}
