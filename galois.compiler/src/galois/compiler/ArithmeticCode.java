package galois.compiler;

import static galois.compiler.ir.Value.i64;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.runtime.Arithmetic;

/**
 * Arithmetic: doubles as IEEE 754 says, integers with every overflow and division by zero noticed.
 */
final class ArithmeticCode {
    private final ExpressionCode expressions;
    private final Code code;

    ArithmeticCode(ExpressionCode expressions) {
        this.expressions = expressions;
        this.code = expressions.scope().code();
    }

    Operand value(Expr.Call call, Label onNull) {
        Operand a = expressions.let(expressions.value(call.operands().get(0), onNull));
        if (call.function() == Function.NEGATE) {
            return negate(call.type(), a);
        }
        Operand b = expressions.let(expressions.value(call.operands().get(1), onNull));
        if (call.type() == FieldType.DOUBLE) {
            return Operand.of(
                    FieldType.DOUBLE,
                    doubles(call.function(), expressions.real(a), expressions.real(b)));
        }
        Value result =
                switch (call.function()) {
                    case PLUS -> code.let(a.value().plus(b.value()));
                    case MINUS -> code.let(a.value().minus(b.value()));
                    case TIMES -> code.let(a.value().times(b.value()));
                    case DIVIDE -> divide(call.type(), a.value(), b.value());
                    default -> remainder(a.value(), b.value());
                };
        if (call.type() == FieldType.INTEGER) {
            checkNarrow(result);
        } else {
            checkWide(call.function(), a.value(), b.value(), result);
        }
        return Operand.of(call.type(), result);
    }

    private Operand negate(FieldType type, Operand a) {
        if (type == FieldType.DOUBLE) {
            return new Operand(type, Value.of(Op.F64_NEG, expressions.real(a)), null, a.mayBeNan());
        }
        Value result = code.let(i64(0).minus(a.value()));
        if (type == FieldType.INTEGER) {
            checkNarrow(result);
        } else {
            expressions.failIf(a.value().eq(Long.MIN_VALUE), RowError.OVERFLOW);
        }
        return Operand.of(type, result);
    }

    private Value doubles(Function function, Value a, Value b) {
        return switch (function) {
            case PLUS -> a.plus(b);
            case MINUS -> a.minus(b);
            case TIMES -> a.times(b);
            case DIVIDE -> a.over(b);
            default ->
                    expressions
                            .outlines()
                            .library()
                            .part(Arithmetic.class, Arithmetic::new)
                            .remainder()
                            .call(a, b);
        };
    }

    private Value divide(FieldType type, Value a, Value b) {
        expressions.failIf(b.eq(0), RowError.DIVISION_BY_ZERO);
        if (type != FieldType.INTEGER) {
            Value minimum = a.eq(Long.MIN_VALUE).and(b.eq(-1));
            expressions.failIf(minimum, RowError.OVERFLOW);
        }
        return code.let(a.over(b));
    }

    private Value remainder(Value a, Value b) {
        expressions.failIf(b.eq(0), RowError.DIVISION_BY_ZERO);
        return code.let(a.rem(b));
    }

    /** Operands of 32 bits cannot overflow 64: it is enough to look at the result. */
    private void checkNarrow(Value result) {
        Value same = Value.of(Op.I64_EXTEND32_S, result);
        expressions.failIf(result.ne(same), RowError.OVERFLOW);
    }

    private void checkWide(Function function, Value a, Value b, Value result) {
        switch (function) {
            case PLUS ->
                    expressions.failIf(a.xor(result).and(b.xor(result)).lt(0), RowError.OVERFLOW);
            case MINUS -> expressions.failIf(a.xor(b).and(a.xor(result)).lt(0), RowError.OVERFLOW);
            case TIMES ->
                    expressions.failIf(
                            expressions
                                    .outlines()
                                    .library()
                                    .part(Arithmetic.class, Arithmetic::new)
                                    .timesOverflows()
                                    .call(a, b),
                            RowError.OVERFLOW);
            default -> {
                // A quotient is checked before the instruction, a remainder always fits.
            }
        }
    }
}
