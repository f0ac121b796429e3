package galois.compiler;

import static galois.compiler.ir.Value.i64;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Value;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The condition that a row must meet. What a conjunction reads is tested for NULL first, all fields
 * of a word at once; only then come the comparisons, which need no test any more.
 */
final class FilterCode {
    private final Expr condition;
    private final Set<Expr> testedFirst;

    /**
     * @param limit largest weight of code written in place; the rest becomes functions
     */
    FilterCode(Outlines outlines, Expr condition, int limit) {
        this.testedFirst = testable(condition);
        this.condition = outlines.fit(condition, limit, testedFirst);
    }

    /** Inputs that can be tested ahead without hiding an error that an earlier condition gives. */
    private static Set<Expr> testable(Expr condition) {
        Set<Expr> result = new HashSet<>();
        for (Expr conjunct : Expressions.conjuncts(List.of(condition))) {
            if (Expressions.canFail(conjunct)) {
                break;
            }
            result.addAll(Expressions.notTrueIf(conjunct));
        }
        return result;
    }

    Expr condition() {
        return condition;
    }

    /** Goes on when the condition is true, to {@code drop} when it is false or NULL. */
    void emit(ExpressionCode expressions, Label drop) {
        Scope scope = expressions.scope();
        Code code = scope.code();
        Map<Integer, Value> words = new TreeMap<>();
        masks(testedFirst, true)
                .forEach((w, mask) -> words.put(w, scope.columns().nullWord(w).and(mask)));
        masks(testedFirst, false)
                .forEach(
                        (w, mask) ->
                                words.merge(
                                        ~w, scope.parameters().nullWord(w).and(mask), Value::or));
        words.values().stream().reduce(Value::or).ifPresent(v -> code.jumpIf(v.ne(0), drop));
        scope.notNull().addAll(testedFirst);
        for (Expr conjunct : conjuncts()) {
            code.block(next -> expressions.branch(conjunct, next, drop, drop));
        }
    }

    private List<Expr> conjuncts() {
        return condition instanceof Expr.Call call && call.function() == Function.AND
                ? call.operands()
                : List.of(condition);
    }

    private static Map<Integer, Value> masks(Set<Expr> leaves, boolean columns) {
        Map<Integer, Long> bits = new TreeMap<>();
        for (Expr leaf : leaves) {
            if (leaf instanceof Expr.Column == columns) {
                int index =
                        leaf instanceof Expr.Column column
                                ? column.index()
                                : ((Expr.Parameter) leaf).index();
                bits.merge(index >>> 6, 1L << index, (a, b) -> a | b);
            }
        }
        Map<Integer, Value> masks = new TreeMap<>();
        bits.forEach((word, mask) -> masks.put(word, i64(mask)));
        return masks;
    }
}
