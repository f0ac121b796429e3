package galois.compiler;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i32;

import galois.api.plan.Expr;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.StaticMemory;
import galois.compiler.runtime.TextForm;

/**
 * CAST between all types. A number becomes BOOLEAN by being different from 0; a DOUBLE loses its
 * fraction; a TIMESTAMP counts microseconds. What does not fit is BAD_CAST.
 */
final class CastCode {
    private static final double TWO_63 = 0x1p63;

    private final ExpressionCode expressions;
    private final Code code;

    CastCode(ExpressionCode expressions) {
        this.expressions = expressions;
        this.code = expressions.scope().code();
    }

    Operand value(Expr.Call call, Label onNull) {
        Expr source = call.operands().get(0);
        FieldType from = source.type();
        FieldType to = call.type();
        Operand operand = expressions.value(source, onNull);
        if (from == to) {
            return operand;
        }
        if (to == FieldType.VARCHAR) {
            return format(from, operand);
        }
        if (from == FieldType.VARCHAR) {
            return parse(to, operand);
        }
        return switch (to.kind()) {
            case BOOLEAN ->
                    Operand.of(
                            to,
                            from == FieldType.DOUBLE
                                    ? operand.value().ne(f64(0)).extend()
                                    : operand.value().ne(0).extend());
            case DOUBLE -> Operand.number(operand.value().toDouble());
            default -> integer(from, to, operand);
        };
    }

    private Operand integer(FieldType from, FieldType to, Operand operand) {
        Value value = code.let(operand.value());
        if (from == FieldType.DOUBLE) {
            Value fits = value.ge(f64(-TWO_63)).and(value.lt(f64(TWO_63)));
            expressions.failIf(fits.not(), RowError.BAD_CAST);
            value = code.let(Value.of(Op.I64_TRUNC_F64_S, value));
        }
        boolean narrows = from != FieldType.BOOLEAN && to == FieldType.INTEGER;
        if (narrows) {
            Value same = Value.of(Op.I64_EXTEND32_S, value);
            expressions.failIf(value.ne(same), RowError.BAD_CAST);
        }
        return Operand.of(to, value);
    }

    private Operand format(FieldType from, Operand operand) {
        StaticMemory memory = expressions.outlines().library().memory();
        if (from == FieldType.BOOLEAN) {
            Value isTrue = operand.value().ne(0);
            return expressions.let(
                    Operand.text(
                            new Value.Select(
                                    isTrue, i32(memory.text("true")), i32(memory.text("false"))),
                            new Value.Select(isTrue, i32(4), i32(5))));
        }
        int buffer = memory.reserve(TextForm.BYTES_MAX);
        WasmFunction format = TextForm.format(expressions.outlines().library(), from);
        Value length = code.let(format.call(i32(buffer), operand.value()));
        return Operand.text(i32(buffer), length);
    }

    private Operand parse(FieldType to, Operand operand) {
        Operand text = expressions.let(operand);
        int cell = expressions.outlines().library().memory().reserve(8);
        WasmFunction parse = TextForm.parse(expressions.outlines().library(), to);
        Value ok = parse.call(text.value(), text.length(), i32(cell));
        expressions.failIf(ok.eq(0), RowError.BAD_CAST);
        return to == FieldType.DOUBLE
                ? Operand.of(to, code.let(i32(cell).real(0)))
                : Operand.of(to, code.let(i32(cell).wide(0)));
    }
}
