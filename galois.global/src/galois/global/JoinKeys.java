package galois.global;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.Plans;
import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns whose values are equal in every pair of a join: rows that can meet have equal keys.
 *
 * @param left columns of the left input
 * @param right those of the right one, in the same order
 */
record JoinKeys(List<Integer> left, List<Integer> right) {
    JoinKeys {
        left = List.copyOf(left);
        right = List.copyOf(right);
    }

    static JoinKeys of(LogicalOp.Join join) {
        int leftFields = join.left().schema().size();
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        for (Expr conjunct : Plans.conjuncts(join.condition())) {
            boolean isEquation =
                    conjunct instanceof Expr.Call call
                            && call.function() == Function.EQUAL
                            && call.operands().get(0) instanceof Expr.Column a
                            && call.operands().get(1) instanceof Expr.Column b
                            && a.index() < leftFields != b.index() < leftFields
                            && haveOneForm(a.type(), b.type());
            if (isEquation) {
                List<Expr> operands = ((Expr.Call) conjunct).operands();
                int a = ((Expr.Column) operands.get(0)).index();
                int b = ((Expr.Column) operands.get(1)).index();
                left.add(Math.min(a, b));
                right.add(Math.max(a, b) - leftFields);
            }
        }
        return new JoinKeys(left, right);
    }

    /** Equal values have equal cells. */
    private static boolean haveOneForm(FieldType a, FieldType b) {
        return a.equals(b) || a.isInteger() && b.isInteger() || a.isFloating() && b.isFloating();
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    /** The names on the left side. */
    String names(LogicalOp.Join join) {
        return left.stream()
                .map(key -> join.left().schema().field(key).name())
                .collect(Collectors.joining(", "));
    }
}
