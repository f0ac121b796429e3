package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * Evaluates calls whose operands are all constants, with the meaning they have in a kernel. What
 * would be a row error (overflow, division by zero, a bad cast), and conversions between text and
 * other types, stay for the kernel.
 */
final class ConstantFolder {
    private ConstantFolder() {}

    /** The value of {@code call}, or the call itself. */
    static Expr fold(Expr.Call call) {
        boolean isConstant =
                !call.operands().isEmpty()
                        && call.operands().stream().allMatch(o -> o instanceof Expr.Literal);
        if (!isConstant) {
            return call;
        }
        List<Expr.Literal> operands = call.operands().stream().map(o -> (Expr.Literal) o).toList();
        Expr folded =
                switch (call.function()) {
                    case PLUS, MINUS, TIMES, DIVIDE, MOD, NEGATE ->
                            ConstantArithmetic.evaluate(call, operands);
                    case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                            compare(call.function(), operands.get(0), operands.get(1));
                    case AND, OR -> connect(call.function(), operands);
                    case NOT -> {
                        Boolean value = bool(operands.get(0));
                        yield bool(value == null ? null : !value);
                    }
                    case IS_NULL -> bool(operands.get(0).isNull());
                    case IS_NOT_NULL -> bool(!operands.get(0).isNull());
                    case IS_TRUE -> bool(Boolean.TRUE.equals(bool(operands.get(0))));
                    case IS_FALSE -> bool(Boolean.FALSE.equals(bool(operands.get(0))));
                    case IS_NOT_TRUE -> bool(!Boolean.TRUE.equals(bool(operands.get(0))));
                    case IS_NOT_FALSE -> bool(!Boolean.FALSE.equals(bool(operands.get(0))));
                    case TRY -> operands.get(0);
                    case CASE -> choose(operands);
                    case COALESCE -> coalesce(call, operands);
                    case CAST, TRY_CAST -> cast(operands.get(0), call.type());
                    default -> null;
                };
        return folded == null ? call : folded;
    }

    private static Boolean bool(Expr.Literal literal) {
        return literal.isNull() ? null : Boolean.valueOf(literal.text());
    }

    private static Expr.Literal bool(Boolean value) {
        return new Expr.Literal(FieldType.BOOLEAN, value == null ? null : value.toString());
    }

    private static Expr connect(Function function, List<Expr.Literal> operands) {
        Boolean decides = function == Function.OR;
        boolean sawNull = false;
        for (Expr.Literal operand : operands) {
            Boolean value = bool(operand);
            if (decides.equals(value)) {
                return bool(decides);
            }
            sawNull |= value == null;
        }
        return bool(sawNull ? null : !decides);
    }

    private static Expr compare(Function function, Expr.Literal a, Expr.Literal b) {
        if (a.isNull() || b.isNull()) {
            return bool((Boolean) null);
        }
        Integer order = order(a, b);
        if (order == null) {
            return null;
        }
        return bool(
                switch (function) {
                    case EQUAL -> order == 0;
                    case NOT_EQUAL -> order != 0;
                    case LESS -> order < 0;
                    case LESS_OR_EQUAL -> order <= 0;
                    case GREATER -> order > 0;
                    default -> order >= 0;
                });
    }

    /** Negative, zero or positive; null for texts, whose order is that of their bytes. */
    static Integer order(Expr.Literal a, Expr.Literal b) {
        if (a.type().cell() == FieldType.Cell.STRING) {
            return a.text().equals(b.text()) ? 0 : null;
        }
        if (a.type().isDecimal() || b.type().isDecimal()) {
            return new BigDecimal(a.text()).compareTo(new BigDecimal(b.text()));
        }
        if (a.type().isFloating()) {
            double x = a.asDouble();
            double y = b.asDouble();
            return x == y ? 0 : Double.compare(x, y);
        }
        return Long.compare(a.asLong(), b.asLong());
    }

    private static Expr choose(List<Expr.Literal> operands) {
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            if (Boolean.TRUE.equals(bool(operands.get(i)))) {
                return operands.get(i + 1);
            }
        }
        return operands.get(operands.size() - 1);
    }

    private static Expr coalesce(Expr.Call call, List<Expr.Literal> operands) {
        return operands.stream()
                .filter(operand -> !operand.isNull())
                .findFirst()
                .orElse(new Expr.Literal(call.type(), null));
    }

    private static Expr cast(Expr.Literal value, FieldType type) {
        if (value.isNull()) {
            return new Expr.Literal(type, null);
        }
        if (!value.type().isNumeric() || !type.isNumeric()) {
            return null;
        }
        return switch (type.kind()) {
            case DOUBLE ->
                    value.type() == FieldType.REAL
                            ? new Expr.Literal(type, Double.toString(value.asDouble()))
                            : new Expr.Literal(type, value.text());
            case REAL -> real(value.asDouble());
            case DECIMAL -> {
                // The digits of the text are exact, whatever type they have had until here.
                BigDecimal number = value.type() == FieldType.REAL ? null : number(value);
                yield number == null ? null : Decimals.of(number, type);
            }
            default ->
                    value.type().isInteger()
                            ? ConstantArithmetic.integer(value.asLong(), type)
                            : wholeNumber(value, type);
        };
    }

    /** The nearest REAL. */
    static Expr.Literal real(double value) {
        return new Expr.Literal(FieldType.REAL, Float.toString((float) value));
    }

    /** Rounding is left to the kernel: only a double that is a whole number is converted here. */
    private static Expr wholeNumber(Expr.Literal value, FieldType type) {
        double number = value.asDouble();
        boolean isWhole = number == Math.rint(number) && Math.abs(number) < 0x1p53;
        return isWhole ? ConstantArithmetic.integer((long) number, type) : null;
    }

    /** The exact value of a numeric constant; null for NaN and infinities. */
    static BigDecimal number(Expr.Literal literal) {
        String text = Objects.requireNonNull(literal.text(), "text");
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException notFinite) {
            return null;
        }
    }
}
