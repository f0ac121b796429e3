package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls as a query text means them: constants are folded before they are lifted, and a constant
 * takes the type of what it stands beside. A number such as 1.5 is a DOUBLE beside integers and
 * DOUBLEs, a REAL beside a REAL, and an exact DECIMAL beside a DECIMAL.
 */
final class TextCalls {
    private TextCalls() {}

    static Expr call(Function function, List<Expr> operands) {
        return switch (function) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    comparison(function, operands.get(0), operands.get(1));
            case PLUS, MINUS, TIMES, DIVIDE, MOD, COALESCE ->
                    folded(Exprs.call(function, alike(operands)));
            case CASE -> folded(Exprs.call(function, choice(operands)));
            default -> folded(Exprs.call(function, operands));
        };
    }

    static Expr cast(Expr operand, FieldType type) {
        return cast(Function.CAST, operand, type);
    }

    static Expr cast(Function function, Expr operand, FieldType type) {
        return folded(Exprs.cast(function, operand, type));
    }

    private static Expr comparison(Function function, Expr a, Expr b) {
        if (a instanceof Expr.Literal && !(b instanceof Expr.Literal)) {
            return comparison(flipped(function), b, a);
        }
        boolean isNumber = isNumber(b) && !(a instanceof Expr.Literal);
        if (isNumber && ResultTypes.isExact(a.type())) {
            BigDecimal number = ConstantFolder.number((Expr.Literal) b);
            if (number != null) {
                return ExactComparison.of(function, a, number);
            }
        }
        return folded(Exprs.call(function, alike(List.of(a, b))));
    }

    private static boolean isNumber(Expr expr) {
        return expr instanceof Expr.Literal literal
                && !literal.isNull()
                && literal.type().isNumeric();
    }

    /** The values of a CASE brought to one kind, its conditions as they are. */
    private static List<Expr> choice(List<Expr> operands) {
        List<Integer> places = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            if (i % 2 == 1 || i == operands.size() - 1) {
                places.add(i);
                values.add(operands.get(i));
            }
        }
        List<Expr> result = new ArrayList<>(operands);
        List<Expr> alike = alike(values);
        for (int i = 0; i < places.size(); i++) {
            result.set(places.get(i), alike.get(i));
        }
        return result;
    }

    /** Numeric constants take the kind of the widest operand that is none. */
    private static List<Expr> alike(List<Expr> operands) {
        FieldType beside = null;
        for (Expr operand : operands) {
            FieldType type = operand.type();
            if (!isNumber(operand) && type.isNumeric()) {
                beside = beside == null ? type : ResultTypes.common(beside, type);
            }
        }
        if (beside == null || beside.kind() == FieldType.Kind.DOUBLE || beside.isInteger()) {
            return operands;
        }
        List<Expr> alike = new ArrayList<>();
        for (Expr operand : operands) {
            alike.add(isNumber(operand) ? constant((Expr.Literal) operand, beside) : operand);
        }
        return alike;
    }

    private static Expr constant(Expr.Literal number, FieldType beside) {
        if (beside == FieldType.REAL) {
            return ConstantFolder.real(number.asDouble());
        }
        BigDecimal exact = ConstantFolder.number(number);
        return exact == null || !number.type().isInteger() && isScientific(number)
                ? number
                : Decimals.literal(exact, number);
    }

    private static boolean isScientific(Expr.Literal number) {
        return number.text().indexOf('E') >= 0 || number.text().indexOf('e') >= 0;
    }

    private static Function flipped(Function function) {
        return switch (function) {
            case LESS -> Function.GREATER;
            case LESS_OR_EQUAL -> Function.GREATER_OR_EQUAL;
            case GREATER -> Function.LESS;
            case GREATER_OR_EQUAL -> Function.LESS_OR_EQUAL;
            default -> function;
        };
    }

    /** The expression with the casts of its constants and itself folded. */
    private static Expr folded(Expr expr) {
        if (!(expr instanceof Expr.Call call)) {
            return expr;
        }
        List<Expr> operands =
                call.operands().stream()
                        .map(o -> o instanceof Expr.Call inner ? ConstantFolder.fold(inner) : o)
                        .toList();
        return ConstantFolder.fold(new Expr.Call(call.function(), operands, call.type()));
    }
}
