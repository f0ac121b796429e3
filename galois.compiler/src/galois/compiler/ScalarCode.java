package galois.compiler;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.ir.WasmType;
import galois.compiler.runtime.Numbers;
import galois.compiler.runtime.Strings;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calls of scalar functions: operands first, from left to right, NULL when one is; then the library
 * function, written once in the kernel. Structural operands have no code.
 */
final class ScalarCode {
    /** Functions of doubles that the host computes, by its name for them. */
    private static final Map<Function, String> HOST =
            Map.ofEntries(
                    Map.entry(Function.POWER, "pow"),
                    Map.entry(Function.CBRT, "cbrt"),
                    Map.entry(Function.EXP, "exp"),
                    Map.entry(Function.LN, "ln"),
                    Map.entry(Function.LOG10, "log10"),
                    Map.entry(Function.SIN, "sin"),
                    Map.entry(Function.COS, "cos"),
                    Map.entry(Function.TAN, "tan"),
                    Map.entry(Function.ASIN, "asin"),
                    Map.entry(Function.ACOS, "acos"),
                    Map.entry(Function.ATAN, "atan"),
                    Map.entry(Function.ATAN2, "atan2"),
                    Map.entry(Function.SINH, "sinh"),
                    Map.entry(Function.COSH, "cosh"),
                    Map.entry(Function.TANH, "tanh"));

    /** Those that change integers in a way that may not fit. */
    private static final Set<Function> ROUNDING =
            EnumSet.of(
                    Function.ABS, Function.CEIL, Function.FLOOR, Function.ROUND, Function.TRUNCATE);

    /** Those that give a text which is part of an operand. */
    private static final Set<Function> SLICES =
            EnumSet.of(
                    Function.TRIM,
                    Function.LTRIM,
                    Function.RTRIM,
                    Function.SUBSTRING,
                    Function.LEFT,
                    Function.RIGHT,
                    Function.SPLIT_PART,
                    Function.REGEXP_EXTRACT);

    private final ExpressionCode expressions;
    private final Code code;

    ScalarCode(ExpressionCode expressions) {
        this.expressions = expressions;
        this.code = expressions.scope().code();
    }

    /** True when the function itself gives an error for some values of its operands. */
    static boolean canFail(Expr.Call call) {
        return makesText(call)
                || call.function() == Function.REGEXP_EXTRACT
                || call.function() == Function.TIMESTAMPADD
                || call.function() == Function.TIMESTAMP_SECONDS
                || call.function() == Function.TIMESTAMP_MILLIS
                || call.function().compareTo(Function.WINDOW_START) >= 0
                || ROUNDING.contains(call.function()) && call.type().cell() == FieldType.Cell.I64;
    }

    /** True when the function writes its text into the scratch area of the row. */
    static boolean makesText(Expr.Call call) {
        return call.function().isScalar()
                && call.type().cell() == FieldType.Cell.STRING
                && !SLICES.contains(call.function())
                && call.function() != Function.CHANGE
                && call.function() != Function.GREATEST
                && call.function() != Function.LEAST;
    }

    /** The text of a structural operand; {@code null} when the call has none there. */
    static String constant(Expr.Call call, int operand) {
        return call.function().isStructural(operand) && operand < call.operands().size()
                ? ((Expr.Literal) call.operands().get(operand)).text()
                : null;
    }

    /** JVM bytes of a call without its operands, from above. */
    static int weight(Expr.Call call) {
        return 60 + 40 * call.operands().size();
    }

    Operand value(Expr.Call call, Label onNull) {
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < call.operands().size(); i++) {
            boolean structural = call.function().isStructural(i);
            Expr operand = call.operands().get(i);
            boolean isTime = i == 0 && isWindow(call.function());
            operands.add(
                    structural
                            ? null
                            : isTime
                                    ? timeOfRow(operand)
                                    : expressions.let(expressions.value(operand, onNull)));
        }
        String host = HOST.get(call.function());
        if (host != null) {
            return real(call, Numbers.host(host, values(operands)));
        }
        return switch (call.function()) {
            case GREATEST, LEAST -> extreme(call, operands);
            case ABS, SIGN, CEIL, FLOOR, ROUND, TRUNCATE ->
                    new RoundingCode(this).value(call, operands);
            case SQRT -> real(call, Value.of(Op.F64_SQRT, operands.get(0).value()));
            case LOG2 -> real(call, logarithm(f64(2), operands.get(0).value()));
            case LOG -> real(call, logarithm(operands.get(0).value(), operands.get(1).value()));
            case COT -> real(call, f64(1).over(Numbers.host("tan", operands.get(0).value())));
            case DEGREES -> real(call, Numbers.degrees(operands.get(0).value()));
            case RADIANS -> real(call, Numbers.radians(operands.get(0).value()));
            case HAVERSINE -> real(call, numbers().haversine().call(values(operands)));
            case CHANGE -> change();
            case EXTRACT,
                    DATE_TRUNC,
                    DATE_CEIL,
                    TIMESTAMPADD,
                    TIMESTAMPDIFF,
                    EVENT_TIME,
                    UNIX_SECONDS,
                    UNIX_MILLIS,
                    UNIX_MICROS,
                    TIMESTAMP_SECONDS,
                    TIMESTAMP_MILLIS,
                    TIMESTAMP_MICROS,
                    WINDOW_START,
                    WINDOW_END,
                    WINDOW_TIME ->
                    new TimeCode(this).value(call, operands);
            default -> new TextCode(this).value(call, operands, onNull);
        };
    }

    private static boolean isWindow(Function function) {
        return function == Function.WINDOW_START || function == Function.WINDOW_END;
    }

    /** A row without time is in no window: an error, as where windows are grouped. */
    private Operand timeOfRow(Expr operand) {
        Local us = code.local(WasmType.I64);
        code.block(
                done -> {
                    code.block(
                            isNull -> {
                                code.set(us, expressions.value(operand, isNull).value());
                                code.jump(done);
                            });
                    expressions.scope().fail().accept(i32(RowError.NO_TIME));
                });
        return Operand.of(operand.type(), us.get());
    }

    /** Two letters for each kind of row, in the order of the kinds. */
    private Operand change() {
        int texts = expressions.outlines().library().memory().text("+I-U+U-D");
        Value kind = expressions.scope().arguments().get(0).octet(RowLayout.ROW_KIND);
        return Operand.text(code.let(i32(texts).plus(kind.shl(1))), i32(2));
    }

    ExpressionCode expressions() {
        return expressions;
    }

    Code code() {
        return code;
    }

    <T> T part(
            Class<T> type,
            java.util.function.Function<galois.compiler.runtime.Library, T> factory) {
        return expressions.outlines().library().part(type, factory);
    }

    Numbers numbers() {
        return part(Numbers.class, Numbers::new);
    }

    private static Operand real(Expr.Call call, Value value) {
        return Operand.of(call.type(), value);
    }

    private static Value logarithm(Value base, Value x) {
        return Numbers.host("ln", x).over(Numbers.host("ln", base));
    }

    /** The values as arguments: a text is its address and its length. */
    static Value[] values(List<Operand> operands) {
        List<Value> values = new ArrayList<>();
        for (Operand operand : operands) {
            values.add(operand.value());
            if (operand.length() != null) {
                values.add(operand.length());
            }
        }
        return values.toArray(Value[]::new);
    }

    /** The value that the function leaves in a cell, or an error when it returns 0. */
    Value checked(WasmFunction function, int error, Value... arguments) {
        int cell = expressions.outlines().library().memory().reserve(8);
        List<Value> all = new ArrayList<>(List.of(arguments));
        all.add(i32(cell));
        Value ok = function.call(all.toArray(Value[]::new));
        expressions.failIf(ok.eq(0), error);
        return code.let(i32(cell).wide(0));
    }

    private Operand extreme(Expr.Call call, List<Operand> operands) {
        boolean greatest = call.function() == Function.GREATEST;
        Operand best = operands.get(0);
        for (Operand next : operands.subList(1, operands.size())) {
            best =
                    switch (call.type().cell()) {
                        case I64 -> {
                            Value a = best.value();
                            Value b = next.value();
                            Value keep = greatest ? a.ge(b) : a.le(b);
                            Value value = code.let(new Value.Select(keep, a, b));
                            yield Operand.of(call.type(), value);
                        }
                        case F64 -> {
                            WasmFunction function =
                                    greatest ? numbers().greater() : numbers().less();
                            Value[] both = {best.value(), next.value()};
                            yield Operand.of(call.type(), code.let(function.call(both)));
                        }
                        case STRING -> text(greatest, best, next);
                    };
        }
        return best;
    }

    private Operand text(boolean greatest, Operand a, Operand b) {
        Strings strings = part(Strings.class, Strings::new);
        Value order = strings.compare().call(a.value(), a.length(), b.value(), b.length());
        Value keep = code.let(greatest ? order.ge(0) : order.le(0));
        Local value = code.var(new Value.Select(keep, a.value(), b.value()));
        Local length = code.var(new Value.Select(keep, a.length(), b.length()));
        return new Operand(a.type(), value.get(), length.get(), false);
    }

    /** The least value of the type; overflow of its negation. */
    static long minimum(FieldType type) {
        return switch (type.kind()) {
            case TINYINT -> Byte.MIN_VALUE;
            case SMALLINT -> Short.MIN_VALUE;
            case INTEGER -> Integer.MIN_VALUE;
            default -> Long.MIN_VALUE;
        };
    }

    void failIfOutside(FieldType type, Value value) {
        if (type.isInteger() && type != FieldType.BIGINT) {
            long least = minimum(type);
            Value inside = value.ge(least).and(value.le(-least - 1));
            expressions.failIf(inside.eq(0), RowError.OVERFLOW);
        } else if (type.isDecimal()) {
            long limit = Math.round(Math.pow(10, type.precision()));
            Value inside = value.gt(i64(-limit)).and(value.lt(i64(limit)));
            expressions.failIf(inside.eq(0), RowError.OVERFLOW);
        }
    }
}
