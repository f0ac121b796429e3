package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.JoinKind;
import galois.api.plan.LogicalOp;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An ASOF join among Calcite's operators: to its rules no join, for a condition on the right side
 * may not pass it. Which row is the nearest would change.
 */
final class AsofRel extends BiRel {
    /** Conditions on the left side, or on the keys, pass. */
    static final RelOptRule FILTER_BELOW =
            PlainRule.of(
                    "FilterBelowAsof",
                    operand ->
                            operand.operand(LogicalFilter.class)
                                    .oneInput(input -> input.operand(AsofRel.class).anyInputs()),
                    AsofRel::push);

    private final LogicalOp.Join join;

    /**
     * @param join says how; its own inputs do not count
     */
    AsofRel(RelNode left, RelNode right, LogicalOp.Join join) {
        super(left.getCluster(), left.getCluster().traitSet(), left, right);
        List<LogicalOp> nothing = new ArrayList<>();
        for (LogicalOp input : join.inputs()) {
            nothing.add(new LogicalOp.Source("", input.schema(), -1));
        }
        this.join = join.over(nothing, join.condition());
    }

    LogicalOp.Join over(LogicalOp left, LogicalOp right) {
        return join.over(List.of(left, right), join.condition());
    }

    private static void push(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        AsofRel asof = call.rel(1);
        Map<Integer, Integer> rightKeys = asof.keys();
        Map<Integer, Integer> leftColumns = asof.leftColumns(rightKeys);
        List<RexNode> left = new ArrayList<>();
        List<RexNode> right = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            RexNode onLeft =
                    asof.canFail(condition) ? null : moved(condition, leftColumns, asof.getLeft());
            if (onLeft == null) {
                above.add(condition);
                continue;
            }
            left.add(onLeft);
            RexNode onRight = moved(onLeft, rightKeys, asof.getRight());
            if (onRight != null) {
                right.add(onRight);
            }
        }
        if (left.isEmpty()) {
            return;
        }
        RelNode pushed =
                new AsofRel(
                        filtered(asof.getLeft(), left),
                        filtered(asof.getRight(), right),
                        asof.join);
        call.transformTo(filtered(pushed, above));
    }

    private static RelNode filtered(RelNode input, List<RexNode> conditions) {
        RexBuilder builder = input.getCluster().getRexBuilder();
        return conditions.isEmpty()
                ? input
                : LogicalFilter.create(input, RexUtil.composeConjunction(builder, conditions));
    }

    /** For left columns that are keys the column of the right side that is equal. */
    private Map<Integer, Integer> keys() {
        int leftFields = join.left().schema().size();
        Map<Integer, Integer> keys = new HashMap<>();
        for (Expr conjunct : RangeSimplification.conjuncts(join.condition())) {
            boolean isKey =
                    conjunct instanceof Expr.Call call
                            && call.function() == Function.EQUAL
                            && call.operands().get(0) instanceof Expr.Column
                            && call.operands().get(1) instanceof Expr.Column;
            if (isKey) {
                Expr.Column a = (Expr.Column) ((Expr.Call) conjunct).operands().get(0);
                Expr.Column b = (Expr.Column) ((Expr.Call) conjunct).operands().get(1);
                // -0.0 equals 0.0, and is another value.
                if (a.type().equals(b.type()) && !a.type().isFloating()) {
                    int left = Math.min(a.index(), b.index());
                    keys.putIfAbsent(left, Math.max(a.index(), b.index()) - leftFields);
                }
            }
        }
        return keys;
    }

    /** For columns of the result the column of the left side that has the same value. */
    private Map<Integer, Integer> leftColumns(Map<Integer, Integer> rightKeys) {
        int leftFields = join.left().schema().size();
        Map<Integer, Integer> columns = new HashMap<>();
        for (int i = 0; i < leftFields; i++) {
            columns.put(i, i);
        }
        if (join.kind() == JoinKind.INNER) {
            rightKeys.forEach((left, right) -> columns.put(leftFields + right, left));
        }
        return columns;
    }

    /** A row that drops out anyway must not give an error. */
    private boolean canFail(RexNode condition) {
        Expr expr =
                ExprBuilder.ofPlan(i -> new Expr.Column(i, join.schema().type(i)))
                        .build(RexUtil.expandSearch(getCluster().getRexBuilder(), null, condition));
        return RowErrors.isPossible(expr);
    }

    /** The condition over other columns; null when one of its columns is not among them. */
    private static RexNode moved(RexNode condition, Map<Integer, Integer> columns, RelNode input) {
        List<Integer> read = RelOptUtil.InputFinder.bits(condition).asList();
        boolean passes =
                !read.isEmpty()
                        && columns.keySet().containsAll(read)
                        && RexUtil.isDeterministic(condition);
        if (!passes) {
            return null;
        }
        return condition.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef column) {
                        return RexInputRef.of(columns.get(column.getIndex()), input.getRowType());
                    }
                });
    }

    @Override
    protected RelDataType deriveRowType() {
        return SqlTypes.rowType(join.schema());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new AsofRel(inputs.get(0), inputs.get(1), join);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("join", join);
    }
}
