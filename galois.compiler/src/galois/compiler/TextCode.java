package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;

import galois.api.plan.Expr;
import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Digest;
import galois.compiler.runtime.LetterCase;
import galois.compiler.runtime.TextMaking;
import galois.compiler.runtime.TextScratch;
import galois.compiler.runtime.TextSlices;

import java.util.ArrayList;
import java.util.List;

/** Functions of text. */
final class TextCode {
    private final ScalarCode scalars;
    private final Code code;
    private final TextSlices slices;

    TextCode(ScalarCode scalars) {
        this.scalars = scalars;
        this.code = scalars.code();
        this.slices = scalars.part(TextSlices.class, TextSlices::new);
    }

    Operand value(Expr.Call call, List<Operand> operands, Label onNull) {
        return switch (call.function()) {
            case CONCAT -> concat(call, operands);
            case UPPER -> made(call, letters().upper(), operands);
            case LOWER -> made(call, letters().lower(), operands);
            case INITCAP -> made(call, letters().initcap(), operands);
            case TRIM -> trim(call, operands, 3);
            case LTRIM -> trim(call, operands, 1);
            case RTRIM -> trim(call, operands, 2);
            case SUBSTRING -> slice(call, slices.substring(), operands, i64(Long.MAX_VALUE));
            case LEFT -> {
                Value[] all = {
                    operands.get(0).value(),
                    operands.get(0).length(),
                    i64(1),
                    operands.get(1).value()
                };
                yield text(call, slices.substring().call(all));
            }
            case RIGHT -> slice(call, slices.right(), operands, null);
            case SPLIT_PART -> slice(call, slices.part(), operands, null);
            case REPLACE -> made(call, making().replace(), operands);
            case OVERLAY -> made(call, making().overlay(), operands);
            case TRANSLATE -> made(call, making().translate(), operands);
            case REPEAT -> made(call, making().repeat(), operands);
            case REVERSE -> made(call, making().reverse(), operands);
            case LPAD -> pad(call, operands, 1);
            case RPAD -> pad(call, operands, 0);
            case CHR -> made(call, making().character(), operands);
            case HEX ->
                    made(
                            call,
                            operands.get(0).length() == null
                                    ? making().hexOfInteger()
                                    : making().hex(),
                            operands);
            case MD5 -> made(call, digest().md5(), operands);
            case SHA256 -> made(call, digest().sha256(), operands);
            case LIKE, ILIKE, SIMILAR, REGEXP_LIKE, REGEXP_EXTRACT, REGEXP_REPLACE ->
                    new PatternCode(scalars, this).value(call, operands, onNull);
            default -> number(call, operands);
        };
    }

    private Operand number(Expr.Call call, List<Operand> operands) {
        Value result =
                switch (call.function()) {
                    case POSITION -> position(operands);
                    case CHAR_LENGTH -> slices.count().call(ScalarCode.values(operands)).extend();
                    case OCTET_LENGTH -> operands.get(0).length().extend();
                    case ASCII -> slices.first().call(ScalarCode.values(operands));
                    case STARTS_WITH ->
                            slices.startsWith().call(ScalarCode.values(operands)).extend();
                    case ENDS_WITH -> slices.endsWith().call(ScalarCode.values(operands)).extend();
                    case CONTAINS -> slices.find().call(ScalarCode.values(operands)).ge(0).extend();
                    default -> throw new IllegalArgumentException("no code of " + call.function());
                };
        return Operand.of(call.type(), code.let(result));
    }

    private LetterCase letters() {
        return scalars.part(LetterCase.class, LetterCase::new);
    }

    private TextMaking making() {
        return scalars.part(TextMaking.class, TextMaking::new);
    }

    private Digest digest() {
        return scalars.part(Digest.class, Digest::new);
    }

    /** A text that a function returned in one word. */
    Operand text(Expr.Call call, Value packed) {
        Value text = code.let(packed);
        return new Operand(
                call.type(), code.let(text.ushr(32).wrap()), code.let(text.wrap()), false);
    }

    /** Of a function that makes text and may find no room. */
    private Operand made(Expr.Call call, WasmFunction function, List<Operand> operands) {
        return made(call, function.call(ScalarCode.values(operands)));
    }

    Operand made(Expr.Call call, Value packed) {
        Value text = code.let(packed);
        Value error = i32(0).minus(text.wrap());
        code.when(text.lt(0), () -> scalars.expressions().scope().fail().accept(error));
        return text(call, text);
    }

    /**
     * @param more the last argument when the call leaves it out; {@code null}: it never does
     */
    private Operand slice(
            Expr.Call call, WasmFunction function, List<Operand> operands, Value more) {
        List<Value> values = new ArrayList<>(List.of(ScalarCode.values(operands)));
        if (values.size() < function.parameters().size()) {
            values.add(more);
        }
        return text(call, function.call(values.toArray(Value[]::new)));
    }

    private Operand blank() {
        int blank = scalars.expressions().outlines().library().memory().text(" ");
        return Operand.text(i32(blank), i32(1));
    }

    private Operand trim(Expr.Call call, List<Operand> operands, int ends) {
        List<Operand> all = new ArrayList<>(operands);
        if (all.size() == 1) {
            all.add(blank());
        }
        List<Value> values = new ArrayList<>(List.of(ScalarCode.values(all)));
        values.add(i32(ends));
        return text(call, slices.trim().call(values.toArray(Value[]::new)));
    }

    private Operand pad(Expr.Call call, List<Operand> operands, int left) {
        List<Operand> all = new ArrayList<>(operands);
        if (all.size() == 2) {
            all.add(blank());
        }
        List<Value> values = new ArrayList<>(List.of(ScalarCode.values(all)));
        values.add(i32(left));
        return made(call, making().pad().call(values.toArray(Value[]::new)));
    }

    private Value position(List<Operand> operands) {
        List<Value> values = new ArrayList<>(List.of(ScalarCode.values(operands)));
        if (operands.size() == 2) {
            values.add(i64(1));
        }
        return slices.position().call(values.toArray(Value[]::new));
    }

    private Operand concat(Expr.Call call, List<Operand> operands) {
        TextScratch scratch = scalars.part(TextScratch.class, TextScratch::new);
        Value total = operands.stream().map(Operand::length).reduce(Value::plus).orElseThrow();
        Value length = code.let(total);
        Value start = code.let(scratch.room().call(length));
        scalars.expressions().failIf(start.eq(0), RowError.ROW_TOO_LARGE);
        Local at = code.var(start);
        for (Operand operand : operands) {
            code.copy(at.get(), operand.value(), operand.length());
            code.set(at, at.get().plus(operand.length()));
        }
        scratch.keep(code, at.get());
        return new Operand(call.type(), start, length, false);
    }
}
