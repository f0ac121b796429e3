package galois.compiler;

import galois.api.pattern.Automaton;
import galois.api.pattern.Program;
import galois.api.plan.Expr;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Value;
import galois.compiler.runtime.PatternMatch;
import galois.compiler.runtime.PatternSearch;
import galois.compiler.runtime.TextScratch;

import java.util.List;

/** Functions of text and a pattern, which is a constant of the code. */
final class PatternCode {
    private final ScalarCode scalars;
    private final TextCode texts;
    private final Code code;

    PatternCode(ScalarCode scalars, TextCode texts) {
        this.scalars = scalars;
        this.texts = texts;
        this.code = scalars.code();
    }

    Operand value(Expr.Call call, List<Operand> operands, Label onNull) {
        String pattern = ScalarCode.constant(call, 1);
        String third = ScalarCode.constant(call, 2);
        return switch (call.function()) {
            case LIKE ->
                    match(call, Automaton.whole(Program.like(pattern, third, false)), operands);
            case ILIKE ->
                    match(call, Automaton.whole(Program.like(pattern, third, true)), operands);
            case SIMILAR -> match(call, Automaton.whole(Program.similar(pattern, third)), operands);
            case REGEXP_LIKE -> match(call, Automaton.part(Program.regex(pattern)), operands);
            case REGEXP_EXTRACT -> {
                int group = third == null ? 0 : Integer.parseInt(third);
                PatternSearch search = search(pattern, group);
                Value[] text = ScalarCode.values(operands.subList(0, 1));
                Value found = code.let(search.extract().call(text));
                code.jumpIf(found.eq(TextScratch.NULL), onNull);
                yield texts.made(call, found);
            }
            default -> {
                Value[] all = ScalarCode.values(List.of(operands.get(0), operands.get(2)));
                yield texts.made(call, search(pattern, 0).replace().call(all));
            }
        };
    }

    private PatternSearch search(String pattern, int group) {
        Program program = Program.regex(pattern);
        return new PatternSearch(scalars.expressions().outlines().library(), program, group);
    }

    private Operand match(Expr.Call call, Automaton automaton, List<Operand> operands) {
        Operand text = operands.get(0);
        Value matches =
                scalars.part(PatternMatch.class, PatternMatch::new)
                        .matches(automaton, text.value(), text.length());
        return Operand.of(call.type(), code.let(matches.extend()));
    }
}
