package galois.sql;

import galois.api.plan.LogicalOp;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

import java.util.ArrayList;
import java.util.List;

/** {@link LogicalOp.Repeat} among Calcite's operators. */
final class RepeatRel extends SingleRel {
    /** Conditions that do not ask for the copy are tested once for all of them. */
    static final RelOptRule FILTER_BELOW =
            PlainRule.of(
                    "FilterBelowRepeat",
                    operand ->
                            operand.operand(LogicalFilter.class)
                                    .oneInput(input -> input.operand(RepeatRel.class).anyInputs()),
                    RepeatRel::push);

    private final LogicalOp.Repeat repeat;

    /**
     * @param repeat says how; its own input does not count
     */
    RepeatRel(RelNode input, LogicalOp.Repeat repeat) {
        super(input.getCluster(), input.getCluster().traitSet(), input);
        LogicalOp nothing = new LogicalOp.Source("", repeat.input().schema(), -1);
        this.repeat = LogicalOp.Repeat.of(nothing, repeat.times());
    }

    LogicalOp.Repeat over(LogicalOp other) {
        return LogicalOp.Repeat.of(other, repeat.times());
    }

    private static void push(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        RepeatRel repeat = call.rel(1);
        List<RexNode> below = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            boolean ofCopy =
                    RelOptUtil.InputFinder.bits(condition).get(repeat.repeat.copy())
                            || !RexUtil.isDeterministic(condition);
            (ofCopy ? above : below).add(condition);
        }
        if (below.isEmpty()) {
            return;
        }
        RexBuilder builder = filter.getCluster().getRexBuilder();
        RelNode input =
                LogicalFilter.create(repeat.getInput(), RexUtil.composeConjunction(builder, below));
        RelNode repeated = repeat.copy(repeat.getTraitSet(), List.of(input));
        call.transformTo(
                above.isEmpty()
                        ? repeated
                        : LogicalFilter.create(
                                repeated, RexUtil.composeConjunction(builder, above)));
    }

    @Override
    protected RelDataType deriveRowType() {
        return SqlTypes.rowType(repeat.schema());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new RepeatRel(inputs.get(0), repeat);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("times", repeat.times())
                .item("schema", repeat.schema());
    }
}
