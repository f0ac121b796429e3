package galois.sql;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

import java.util.ArrayList;
import java.util.List;

/**
 * Conditions on the keys of a group hold for all its rows or none: they are tested before grouping.
 */
final class FilterBelowAggregate {
    static final RelOptRule RULE =
            PlainRule.of(
                    "FilterBelowAggregate",
                    operand ->
                            operand.operand(LogicalFilter.class)
                                    .oneInput(
                                            input ->
                                                    input.operand(WindowAggregateRel.class)
                                                            .anyInputs()),
                    FilterBelowAggregate::push);

    private FilterBelowAggregate() {}

    private static void push(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        WindowAggregateRel aggregate = call.rel(1);
        List<RexNode> below = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            boolean isOnKeys = isOnKeys(condition, aggregate.keys().size());
            (isOnKeys ? below : above).add(condition);
        }
        if (below.isEmpty()) {
            return;
        }
        RexBuilder builder = filter.getCluster().getRexBuilder();
        RexNode moved = RexUtil.composeConjunction(builder, below).accept(toInput(aggregate));
        RelNode input = LogicalFilter.create(aggregate.getInput(), moved);
        RelNode grouped = aggregate.copy(aggregate.getTraitSet(), List.of(input));
        call.transformTo(
                above.isEmpty()
                        ? grouped
                        : LogicalFilter.create(
                                grouped, RexUtil.composeConjunction(builder, above)));
    }

    /** Without any column a condition must stay: a group of no rows still emits one. */
    private static boolean isOnKeys(RexNode condition, int keyCount) {
        ImmutableBitSet columns = RelOptUtil.InputFinder.bits(condition);
        return !columns.isEmpty()
                && columns.length() <= keyCount
                && RexUtil.isDeterministic(condition);
    }

    private static RexShuttle toInput(WindowAggregateRel aggregate) {
        return new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef key) {
                return new RexInputRef(aggregate.keys().get(key.getIndex()), key.getType());
            }
        };
    }
}
