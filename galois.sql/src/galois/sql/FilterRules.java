package galois.sql;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

import java.util.List;

/**
 * Filters as early and as few as possible. Calcite's own rules of this kind replace a filter that
 * is always false by an operator we do not have, and build conditions that are not flat.
 */
final class FilterRules {
    /** How much larger a condition may get when it repeats the expressions of a projection. */
    private static final int BLOAT_NODES_MAX = 100;

    static final RelOptRule MERGE =
            PlainRule.of(
                    "MergeFilters",
                    operand ->
                            operand.operand(LogicalFilter.class)
                                    .oneInput(
                                            input ->
                                                    input.operand(LogicalFilter.class).anyInputs()),
                    FilterRules::merge);

    static final RelOptRule BELOW_PROJECT =
            PlainRule.of(
                    "FilterBelowProject",
                    operand ->
                            operand.operand(LogicalFilter.class)
                                    .oneInput(
                                            input ->
                                                    input.operand(LogicalProject.class)
                                                            .anyInputs()),
                    FilterRules::push);

    private FilterRules() {}

    private static void merge(RelOptRuleCall call) {
        LogicalFilter upper = call.rel(0);
        LogicalFilter lower = call.rel(1);
        RexNode both =
                RexUtil.composeConjunction(
                        upper.getCluster().getRexBuilder(),
                        List.of(lower.getCondition(), upper.getCondition()));
        call.transformTo(LogicalFilter.create(lower.getInput(), both));
    }

    private static void push(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        LogicalProject project = call.rel(1);
        List<RexNode> moved =
                RelOptUtil.pushPastProjectUnlessBloat(
                        List.of(filter.getCondition()), project, BLOAT_NODES_MAX);
        if (moved == null) {
            return;
        }
        RexBuilder builder = filter.getCluster().getRexBuilder();
        RelNode below =
                LogicalFilter.create(project.getInput(), Flattening.flat(builder, moved.get(0)));
        call.transformTo(
                project.copy(
                        project.getTraitSet(), below, project.getProjects(), project.getRowType()));
    }
}
