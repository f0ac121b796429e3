package galois.sql;

import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSimplify;
import org.apache.calcite.rex.RexUtil;

import java.util.ArrayList;
import java.util.List;

/** Logical simplification; parameters are unknown values, so the template decides alone. */
final class SimplifyRules {
    /** Larger expressions (long IN lists) are left as they are: simplifying takes square time. */
    static final int NODES_MAX = 1_000;

    static final RelOptRule FILTER =
            PlainRule.of(
                    "SimplifyFilter",
                    operand -> operand.operand(LogicalFilter.class).anyInputs(),
                    SimplifyRules::filter);

    static final RelOptRule PROJECT =
            PlainRule.of(
                    "SimplifyProject",
                    operand -> operand.operand(LogicalProject.class).anyInputs(),
                    SimplifyRules::project);

    private SimplifyRules() {}

    private static RexSimplify simplify(RexBuilder builder) {
        return new RexSimplify(builder, RelOptPredicateList.EMPTY, Clusters.NO_EXECUTOR);
    }

    private static void filter(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        RexNode condition = filter.getCondition();
        if (condition.nodeCount() > NODES_MAX) {
            return;
        }
        RexBuilder builder = filter.getCluster().getRexBuilder();
        RexNode simple =
                Flattening.flat(
                        builder,
                        RexUtil.expandSearch(
                                builder,
                                null,
                                simplify(builder).simplifyUnknownAsFalse(condition)));
        if (simple.isAlwaysTrue()) {
            call.transformTo(filter.getInput());
        } else if (!simple.equals(condition)) {
            call.transformTo(LogicalFilter.create(filter.getInput(), simple));
        }
    }

    /** Rules may not change a type, not even whether NULL is possible. */
    private static RexNode typed(RexBuilder builder, RelDataType type, RexNode expression) {
        return expression.getType().equals(type)
                ? expression
                : builder.makeAbstractCast(type, expression, false);
    }

    private static void project(RelOptRuleCall call) {
        LogicalProject project = call.rel(0);
        RexBuilder builder = project.getCluster().getRexBuilder();
        RexSimplify simplify = simplify(builder);
        List<RexNode> simple = new ArrayList<>();
        for (RexNode expression : project.getProjects()) {
            simple.add(
                    expression.nodeCount() > NODES_MAX
                            ? expression
                            : typed(
                                    builder,
                                    expression.getType(),
                                    RexUtil.expandSearch(
                                            builder, null, simplify.simplify(expression))));
        }
        if (!simple.equals(project.getProjects())) {
            RelNode changed =
                    project.copy(
                            project.getTraitSet(),
                            project.getInput(),
                            simple,
                            project.getRowType());
            call.transformTo(changed);
        }
    }
}
