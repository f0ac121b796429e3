package galois.compiler;

import static galois.compiler.ir.Value.i32;

import galois.api.plan.Expr;
import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.runtime.Strings;

import java.util.List;

/** Conditions as jumps: three-valued logic without flags, later operands only when they matter. */
final class ConditionCode {
    private final ExpressionCode expressions;
    private final Code code;

    ConditionCode(ExpressionCode expressions) {
        this.expressions = expressions;
        this.code = expressions.scope().code();
    }

    void branch(Expr condition, Label whenTrue, Label whenFalse, Label whenNull) {
        if (expressions.outlines().contains(condition)) {
            expressions.outlines().branch(expressions, condition, whenTrue, whenFalse, whenNull);
            return;
        }
        if (!(condition instanceof Expr.Call call) || call.function().isScalar()) {
            Operand operand = expressions.value(condition, whenNull);
            leaf(operand.value().ne(0), whenTrue, whenFalse);
            return;
        }
        Expr first = call.operands().get(0);
        switch (call.function()) {
            case AND -> all(call.operands(), whenTrue, whenFalse, whenNull);
            case OR -> any(call.operands(), whenTrue, whenFalse, whenNull);
            case NOT -> branch(first, whenFalse, whenTrue, whenNull);
            case IS_NULL -> isNull(first, whenTrue, whenFalse);
            case IS_NOT_NULL -> isNull(first, whenFalse, whenTrue);
            case IS_TRUE -> branch(first, whenTrue, whenFalse, whenFalse);
            case IS_FALSE -> branch(first, whenFalse, whenTrue, whenFalse);
            case IS_NOT_TRUE -> branch(first, whenFalse, whenTrue, whenTrue);
            case IS_NOT_FALSE -> branch(first, whenTrue, whenFalse, whenTrue);
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    compare(call, whenTrue, whenFalse, whenNull);
            default -> {
                Operand operand = expressions.value(condition, whenNull);
                leaf(operand.value().ne(0), whenTrue, whenFalse);
            }
        }
    }

    private void leaf(Value condition, Label whenTrue, Label whenFalse) {
        if (code.fallsTo(whenTrue)) {
            code.jumpIf(condition.not(), whenFalse);
            code.jump(whenTrue);
        } else {
            code.jumpIf(condition, whenTrue);
            code.jump(whenFalse);
        }
    }

    private void all(List<Expr> operands, Label whenTrue, Label whenFalse, Label whenNull) {
        if (whenNull == whenFalse || operands.stream().noneMatch(this::canBeNull)) {
            int last = operands.size() - 1;
            for (Expr operand : operands.subList(0, last)) {
                code.block(next -> branch(operand, next, whenFalse, whenFalse));
            }
            branch(operands.get(last), whenTrue, whenFalse, whenFalse);
            return;
        }
        Local sawNull = code.var(i32(0));
        for (Expr operand : operands) {
            code.block(
                    next -> {
                        code.block(isNull -> branch(operand, next, whenFalse, isNull));
                        code.set(sawNull, i32(1));
                    });
        }
        code.jumpIf(sawNull.get(), whenNull);
        code.jump(whenTrue);
    }

    private void any(List<Expr> operands, Label whenTrue, Label whenFalse, Label whenNull) {
        if (whenNull == whenFalse || operands.stream().noneMatch(this::canBeNull)) {
            int last = operands.size() - 1;
            for (Expr operand : operands.subList(0, last)) {
                code.block(next -> branch(operand, whenTrue, next, next));
            }
            branch(operands.get(last), whenTrue, whenFalse, whenFalse);
            return;
        }
        Local sawNull = code.var(i32(0));
        for (Expr operand : operands) {
            code.block(
                    next -> {
                        code.block(isNull -> branch(operand, whenTrue, next, isNull));
                        code.set(sawNull, i32(1));
                    });
        }
        code.jumpIf(sawNull.get(), whenNull);
        code.jump(whenFalse);
    }

    private boolean canBeNull(Expr operand) {
        return Expressions.canBeNull(operand, expressions.scope().notNull());
    }

    private void isNull(Expr operand, Label whenNull, Label otherwise) {
        boolean plain = operand instanceof Expr.Column || operand instanceof Expr.Parameter;
        if (plain || Expressions.canFail(operand) || canBeNull(operand)) {
            expressions.value(operand, whenNull);
        }
        code.jump(otherwise);
    }

    private void compare(Expr.Call call, Label whenTrue, Label whenFalse, Label whenNull) {
        Operand a = expressions.let(expressions.value(call.operands().get(0), whenNull));
        Operand b = expressions.let(expressions.value(call.operands().get(1), whenNull));
        if (a.type().cell() == FieldType.Cell.STRING) {
            text(call, a, b, whenTrue, whenFalse);
        } else if (a.type().isFloating() || b.type().isFloating()) {
            doubles(call, asReal(a), asReal(b), whenTrue, whenFalse);
        } else if (a.type().scale() != b.type().scale()) {
            Value order = code.let(new DecimalCode(expressions).compare(a, b));
            leaf(integers(call, order, i32(0)), whenTrue, whenFalse);
        } else {
            leaf(integers(call, a.value(), b.value()), whenTrue, whenFalse);
        }
    }

    private Operand asReal(Operand operand) {
        return operand.type().isFloating()
                ? operand
                : Operand.number(code.let(expressions.real(operand)));
    }

    private static Value integers(Expr.Call call, Value a, Value b) {
        return switch (call.function()) {
            case EQUAL -> a.eq(b);
            case NOT_EQUAL -> a.ne(b);
            case LESS -> a.lt(b);
            case LESS_OR_EQUAL -> a.le(b);
            case GREATER -> a.gt(b);
            default -> a.ge(b);
        };
    }

    private void text(Expr.Call call, Operand a, Operand b, Label whenTrue, Label whenFalse) {
        Strings strings = expressions.outlines().library().part(Strings.class, Strings::new);
        Value[] arguments = {a.value(), a.length(), b.value(), b.length()};
        Value zero = i32(0);
        Value result =
                switch (call.function()) {
                    case EQUAL -> strings.equal().call(arguments);
                    case NOT_EQUAL -> strings.equal().call(arguments).not();
                    default -> integers(call, strings.compare().call(arguments), zero);
                };
        leaf(result, whenTrue, whenFalse);
    }

    /**
     * NaN equals itself and is greater than every number. The common answer comes from the first
     * comparison; only when that fails is NaN looked for.
     */
    private void doubles(Expr.Call call, Operand a, Operand b, Label whenTrue, Label whenFalse) {
        switch (call.function()) {
            case EQUAL -> equal(a, b, whenTrue, whenFalse);
            case NOT_EQUAL -> equal(a, b, whenFalse, whenTrue);
            case LESS -> less(a, b, whenTrue, whenFalse);
            case GREATER -> less(b, a, whenTrue, whenFalse);
            case LESS_OR_EQUAL -> lessOrEqual(a, b, whenTrue, whenFalse);
            default -> lessOrEqual(b, a, whenTrue, whenFalse);
        }
    }

    private void equal(Operand a, Operand b, Label whenTrue, Label whenFalse) {
        Value x = a.value();
        Value y = b.value();
        if (a.mayBeNan() && b.mayBeNan()) {
            code.jumpIf(x.eq(y), whenTrue);
            code.jumpIf(x.eq(x), whenFalse);
            leaf(y.ne(y), whenTrue, whenFalse);
        } else {
            leaf(x.eq(y), whenTrue, whenFalse);
        }
    }

    private void less(Operand a, Operand b, Label whenTrue, Label whenFalse) {
        Value x = a.value();
        Value y = b.value();
        if (b.mayBeNan()) {
            code.jumpIf(x.lt(y), whenTrue);
            code.jumpIf(y.eq(y), whenFalse);
            leaf(x.eq(x), whenTrue, whenFalse);
        } else {
            leaf(x.lt(y), whenTrue, whenFalse);
        }
    }

    private void lessOrEqual(Operand a, Operand b, Label whenTrue, Label whenFalse) {
        Value x = a.value();
        Value y = b.value();
        if (b.mayBeNan()) {
            code.jumpIf(x.le(y), whenTrue);
            leaf(y.ne(y), whenTrue, whenFalse);
        } else {
            leaf(x.le(y), whenTrue, whenFalse);
        }
    }
}
