package galois.compiler;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;

import galois.api.plan.Expr;
import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmType;
import galois.compiler.runtime.FieldView;

import java.util.List;

/**
 * Writes the code of expressions: operands from left to right; NULL leaves by a jump, an error by
 * {@link Scope#fail}, so that what follows sees values only and no null flag is carried about.
 */
final class ExpressionCode {
    private final Outlines outlines;
    private final Scope scope;
    private final Code code;

    ExpressionCode(Outlines outlines, Scope scope) {
        this.outlines = outlines;
        this.scope = scope;
        this.code = scope.code();
    }

    Scope scope() {
        return scope;
    }

    Outlines outlines() {
        return outlines;
    }

    /** The value; control goes to {@code onNull} when it is NULL. */
    Operand value(Expr expr, Label onNull) {
        if (outlines.contains(expr)) {
            return outlines.value(this, expr, onNull);
        }
        if (expr instanceof Expr.Column column) {
            testNull(column, scope.columns(), column.index(), onNull);
            return field(scope.columns(), column.index(), column.type());
        }
        if (expr instanceof Expr.Parameter parameter) {
            testNull(parameter, scope.parameters(), parameter.index(), onNull);
            return field(scope.parameters(), parameter.index(), parameter.type());
        }
        if (expr instanceof Expr.Literal literal) {
            return literal(literal, onNull);
        }
        Expr.Call call = (Expr.Call) expr;
        return switch (call.function()) {
            case PLUS, MINUS, TIMES, DIVIDE, MOD, NEGATE ->
                    new ArithmeticCode(this).value(call, onNull);
            case TRY -> {
                Scope inside = scope.failing(error -> code.jump(onNull));
                yield new ExpressionCode(outlines, inside).value(call.operands().get(0), onNull);
            }
            case CASE -> choice(call, onNull);
            case COALESCE -> coalesce(call, onNull);
            case CAST, TRY_CAST -> new CastCode(this).value(call, onNull);
            default ->
                    call.function().isScalar()
                            ? new ScalarCode(this).value(call, onNull)
                            : truth(call, onNull);
        };
    }

    /** Control goes to one of three places; never on. */
    void branch(Expr condition, Label whenTrue, Label whenFalse, Label whenNull) {
        new ConditionCode(this).branch(condition, whenTrue, whenFalse, whenNull);
    }

    private void testNull(Expr leaf, FieldView view, int index, Label onNull) {
        if (!scope.notNull().contains(leaf)) {
            code.jumpIf(view.isNull(index), onNull);
        }
    }

    static Operand field(FieldView view, int index, FieldType type) {
        return switch (type.cell()) {
            case I64 -> Operand.of(type, view.cell(index));
            case F64 -> Operand.of(type, view.real(index));
            case STRING -> new Operand(type, view.textStart(index), view.textLength(index), false);
        };
    }

    private Operand literal(Expr.Literal literal, Label onNull) {
        if (literal.isNull()) {
            code.jumpIf(i32(1), onNull);
            return zero(literal.type());
        }
        return switch (literal.type().cell()) {
            case I64 -> Operand.of(literal.type(), i64(literal.asLong()));
            case F64 -> {
                double value = literal.asDouble();
                yield new Operand(literal.type(), f64(value), null, Double.isNaN(value));
            }
            case STRING -> {
                byte[] bytes = literal.asBytes();
                int address = outlines.library().memory().constant(bytes);
                yield new Operand(literal.type(), i32(address), i32(bytes.length), false);
            }
        };
    }

    private static Operand zero(FieldType type) {
        return switch (type.cell()) {
            case I64 -> Operand.of(type, i64(0));
            case F64 -> Operand.of(type, f64(0));
            case STRING -> new Operand(type, i32(0), i32(0), false);
        };
    }

    /** A condition as 0 or 1. */
    private Operand truth(Expr.Call condition, Label onNull) {
        Local result = code.local(WasmType.I64);
        code.block(
                done -> {
                    code.block(
                            isTrue -> {
                                code.block(isFalse -> branch(condition, isTrue, isFalse, onNull));
                                code.set(result, i64(0));
                                code.jump(done);
                            });
                    code.set(result, i64(1));
                });
        return Operand.of(FieldType.BOOLEAN, result.get());
    }

    private Operand choice(Expr.Call call, Label onNull) {
        Slot slot = new Slot(call.type());
        List<Expr> operands = call.operands();
        code.block(
                done -> {
                    for (int i = 0; i + 1 < operands.size(); i += 2) {
                        Expr condition = operands.get(i);
                        Expr value = operands.get(i + 1);
                        code.block(
                                next -> {
                                    code.block(then -> branch(condition, then, next, next));
                                    slot.set(value(value, onNull));
                                    code.jump(done);
                                });
                    }
                    slot.set(value(operands.get(operands.size() - 1), onNull));
                });
        return slot.get();
    }

    private Operand coalesce(Expr.Call call, Label onNull) {
        Slot slot = new Slot(call.type());
        List<Expr> operands = call.operands();
        int last = operands.size() - 1;
        code.block(
                done -> {
                    for (Expr operand : operands.subList(0, last)) {
                        code.block(
                                next -> {
                                    slot.set(value(operand, next));
                                    code.jump(done);
                                });
                    }
                    slot.set(value(operands.get(last), onNull));
                });
        return slot.get();
    }

    /** Computed now, used as often as needed. */
    Operand let(Operand operand) {
        Value length = operand.length() == null ? null : code.let(operand.length());
        Value value = code.let(operand.value());
        return new Operand(operand.type(), value, length, operand.mayBeNan());
    }

    Value real(Operand operand) {
        return operand.type().isFloating() ? operand.value() : operand.value().toDouble();
    }

    void failIf(Value condition, int error) {
        code.when(condition, () -> scope.fail().accept(i32(error)));
    }

    /** Locals for a value that several paths give. */
    private final class Slot {
        private final FieldType type;
        private final Local value;
        private final Local length;

        Slot(FieldType type) {
            this.type = type;
            boolean text = type.cell() == FieldType.Cell.STRING;
            length = text ? code.local(WasmType.I32) : null;
            value =
                    code.local(
                            text ? WasmType.I32 : type.isFloating() ? WasmType.F64 : WasmType.I64);
        }

        void set(Operand operand) {
            Value given = operand.value();
            boolean widen = type.isFloating() && !operand.type().isFloating();
            code.set(value, widen ? real(operand) : given);
            if (length != null) {
                code.set(length, operand.length());
            }
        }

        Operand get() {
            return length == null
                    ? Operand.of(type, value.get())
                    : new Operand(type, value.get(), length.get(), false);
        }
    }
}
