package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;

import java.util.List;

/** ABS, SIGN, CEIL, FLOOR, ROUND and TRUNCATE: the result has the type of the operand. */
final class RoundingCode {
    private final ScalarCode scalars;
    private final Code code;

    RoundingCode(ScalarCode scalars) {
        this.scalars = scalars;
        this.code = scalars.code();
    }

    Operand value(Expr.Call call, List<Operand> operands) {
        Operand x = operands.get(0);
        return x.type().cell() == FieldType.Cell.F64
                ? Operand.of(call.type(), code.let(real(call.function(), operands)))
                : Operand.of(call.type(), whole(call, x.type(), operands));
    }

    private Value real(Function function, List<Operand> operands) {
        Value x = operands.get(0).value();
        return switch (function) {
            case ABS -> Value.of(Op.F64_ABS, x);
            case SIGN -> scalars.numbers().sign().call(x);
            case CEIL -> Value.of(Op.F64_CEIL, x);
            case FLOOR -> Value.of(Op.F64_FLOOR, x);
            default -> {
                Value digits = operands.size() > 1 ? operands.get(1).value() : i64(0);
                Value half = i32(function == Function.ROUND ? 1 : 0);
                yield scalars.numbers().round().call(x, digits, half);
            }
        };
    }

    private Value whole(Expr.Call call, FieldType type, List<Operand> operands) {
        Value x = operands.get(0).value();
        if (call.function() == Function.ABS) {
            if (!type.isDecimal()) {
                Value least = x.eq(ScalarCode.minimum(type));
                scalars.expressions().failIf(least, RowError.OVERFLOW);
            }
            return code.let(new Value.Select(x.lt(0), i64(0).minus(x), x));
        }
        if (call.function() == Function.SIGN) {
            return code.let(x.gt(0).extend().minus(x.lt(0).extend()));
        }
        boolean given = operands.size() > 1;
        if (!given && type.scale() == 0) {
            return x;
        }
        Value digits = given ? operands.get(1).value() : i64(0);
        int mode =
                switch (call.function()) {
                    case ROUND -> 1;
                    case FLOOR -> 2;
                    case CEIL -> 3;
                    default -> 0;
                };
        Value least = new Value.Select(digits.lt(-100), i64(-100), digits);
        Value[] arguments = {x, least.minus(i64(type.scale())), i32(mode)};
        Value result =
                scalars.checked(scalars.numbers().roundInteger(), RowError.OVERFLOW, arguments);
        scalars.failIfOutside(type, result);
        return result;
    }
}
