package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Plans;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts the conditions of every filter into the order that costs least by {@link Estimate}: a kernel
 * tests them from left to right and stops at the first that is not true. A condition that may fail
 * keeps its place, and none moves across it: the same rows give the same errors.
 */
final class FilterOrder {
    /**
     * The least expected cost has who sorts by this: what a test costs for each row that it drops.
     */
    private static final Comparator<Expr> BY_COST_OF_A_DROP =
            Comparator.comparingDouble(
                    condition -> {
                        double drops = 1 - Estimate.selectivity(condition);
                        return Estimate.cost(condition) / Math.max(drops, 1e-9);
                    });

    private FilterOrder() {}

    /** The same rows in the same order. */
    static LogicalOp order(LogicalOp op) {
        List<LogicalOp> inputs = op.inputs().stream().map(FilterOrder::order).toList();
        if (!(op instanceof LogicalOp.Filter filter)) {
            return inputs.equals(op.inputs()) ? op : Plans.withInputs(op, inputs);
        }
        List<Expr> ordered = order(RangeSimplification.conjuncts(filter.condition()));
        return new LogicalOp.Filter(inputs.get(0), RangeSimplification.conjunction(ordered));
    }

    private static List<Expr> order(List<Expr> conjuncts) {
        List<Expr> ordered = new ArrayList<>();
        List<Expr> movable = new ArrayList<>();
        for (Expr conjunct : conjuncts) {
            if (RowErrors.isPossible(conjunct)) {
                movable.sort(BY_COST_OF_A_DROP); // stable: equals stay as they were written
                ordered.addAll(movable);
                movable.clear();
                ordered.add(conjunct);
            } else {
                movable.add(conjunct);
            }
        }
        movable.sort(BY_COST_OF_A_DROP);
        ordered.addAll(movable);
        return ordered;
    }
}
