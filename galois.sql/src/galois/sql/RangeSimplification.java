package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.Plans;
import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;

/**
 * Comparisons of one expression with several constants, all of which must hold: {@code x > 5 AND x
 * > 3} is {@code x > 5}, {@code x > 5 AND x < 3} is FALSE. It reads constants, so it comes before
 * they are lifted: a plan with parameters must hold for all their values.
 *
 * <p>What may fail keeps its place: a comparison is only taken out or made FALSE where nothing that
 * stands between the two of a pair may fail.
 */
final class RangeSimplification {
    private RangeSimplification() {}

    static LogicalOp simplify(LogicalOp op) {
        List<LogicalOp> inputs = op.inputs().stream().map(RangeSimplification::simplify).toList();
        if (!(op instanceof LogicalOp.Filter filter)) {
            return inputs.equals(op.inputs()) ? op : Plans.withInputs(op, inputs);
        }
        List<Expr> conjuncts = conjuncts(filter.condition());
        List<Expr> simple = simplify(conjuncts);
        if (simple.equals(conjuncts)) {
            return new LogicalOp.Filter(inputs.get(0), filter.condition());
        }
        return new LogicalOp.Filter(inputs.get(0), conjunction(simple));
    }

    static List<Expr> conjuncts(Expr condition) {
        return condition instanceof Expr.Call call && call.function() == Function.AND
                ? call.operands()
                : List.of(condition);
    }

    static Expr conjunction(List<Expr> conjuncts) {
        return conjuncts.size() == 1
                ? conjuncts.get(0)
                : new Expr.Call(Function.AND, conjuncts, FieldType.BOOLEAN);
    }

    /** What is true of the same rows; a condition is true, or it is not: NULL counts as FALSE. */
    private static List<Expr> simplify(List<Expr> conjuncts) {
        List<Expr> kept = new ArrayList<>();
        int barrier = 0; // what stands before it is separated from the rest by what may fail
        for (Expr conjunct : conjuncts) {
            Expr added = conjunct;
            for (int i = barrier; i < kept.size() && added != null; i++) {
                Pair both = pair(kept.get(i), added);
                if (both == Pair.NEVER) {
                    return never(kept);
                }
                if (both == Pair.SECOND_FOLLOWS) {
                    added = null;
                } else if (both == Pair.FIRST_FOLLOWS) {
                    kept.remove(i--);
                }
            }
            if (added != null) {
                kept.add(added);
            }
            if (RowErrors.isPossible(conjunct)) {
                barrier = kept.size();
            }
        }
        return kept;
    }

    /** Nothing passes, but what may fail still does. */
    private static List<Expr> never(List<Expr> before) {
        int last = before.size();
        while (last > 0 && !RowErrors.isPossible(before.get(last - 1))) {
            last--;
        }
        List<Expr> kept = new ArrayList<>(before.subList(0, last));
        kept.add(new Expr.Literal(FieldType.BOOLEAN, "false"));
        return kept;
    }

    /** How two conditions go together. */
    private enum Pair {
        BOTH_NEEDED,
        /** The first is true whenever the second is. */
        FIRST_FOLLOWS,
        /** The second is true whenever the first is. */
        SECOND_FOLLOWS,
        NEVER
    }

    private static Pair pair(Expr first, Expr second) {
        if (!(first instanceof Expr.Call a) || !(second instanceof Expr.Call b)) {
            return Pair.BOTH_NEEDED;
        }
        boolean isSameExpression =
                isBound(a) && isBound(b) && a.operands().get(0).equals(b.operands().get(0));
        if (!isSameExpression) {
            return a.equals(b) ? Pair.SECOND_FOLLOWS : Pair.BOTH_NEEDED;
        }
        Integer order =
                ConstantFolder.order(
                        (Expr.Literal) a.operands().get(1), (Expr.Literal) b.operands().get(1));
        if (order == null) {
            boolean isText = a.function() == Function.EQUAL && b.function() == Function.EQUAL;
            return isText ? Pair.NEVER : Pair.BOTH_NEEDED;
        }
        if (follows(a.function(), order, b.function())) {
            return Pair.SECOND_FOLLOWS;
        }
        if (follows(b.function(), -order, a.function())) {
            return Pair.FIRST_FOLLOWS;
        }
        return isEmpty(a.function(), order, b.function()) ? Pair.NEVER : Pair.BOTH_NEEDED;
    }

    /** An expression beside a constant. */
    private static boolean isBound(Expr.Call call) {
        boolean isComparison =
                switch (call.function()) {
                    case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
                    default -> false;
                };
        return isComparison
                && call.operands().get(1) instanceof Expr.Literal literal
                && !literal.isNull()
                && isComparable(literal.type())
                && !(call.operands().get(0) instanceof Expr.Literal)
                && !RowErrors.isPossible(call);
    }

    /** Types whose constants are equal only if their texts say so: no rounding, no spelling. */
    private static boolean isComparable(FieldType type) {
        return type != FieldType.REAL && type != FieldType.VARBINARY;
    }

    /**
     * True when {@code x a p} implies {@code x b q}.
     *
     * @param order of p and q: negative when p is less
     */
    private static boolean follows(Function a, int order, Function b) {
        return switch (a) {
            case EQUAL -> holds(order, b);
            case GREATER -> isLower(b) && order >= 0;
            case GREATER_OR_EQUAL ->
                    b == Function.GREATER && order > 0
                            || b == Function.GREATER_OR_EQUAL && order >= 0;
            case LESS -> isUpper(b) && order <= 0;
            case LESS_OR_EQUAL ->
                    b == Function.LESS && order < 0 || b == Function.LESS_OR_EQUAL && order <= 0;
            default -> false;
        };
    }

    /** True when no {@code x} meets both; each may be met alone. */
    private static boolean isEmpty(Function a, int order, Function b) {
        if (a == Function.EQUAL) {
            return !holds(order, b);
        }
        if (b == Function.EQUAL) {
            return !holds(-order, a);
        }
        if (isUpper(a) && isLower(b)) {
            return isEmpty(b, -order, a);
        }
        boolean touches = a == Function.GREATER_OR_EQUAL && b == Function.LESS_OR_EQUAL;
        return isLower(a) && isUpper(b) && (touches ? order > 0 : order >= 0);
    }

    /** Whether {@code p b q} is true. */
    private static boolean holds(int order, Function b) {
        return switch (b) {
            case EQUAL -> order == 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> throw new IllegalArgumentException(b + " is no bound");
        };
    }

    private static boolean isLower(Function function) {
        return function == Function.GREATER || function == Function.GREATER_OR_EQUAL;
    }

    private static boolean isUpper(Function function) {
        return function == Function.LESS || function == Function.LESS_OR_EQUAL;
    }
}
