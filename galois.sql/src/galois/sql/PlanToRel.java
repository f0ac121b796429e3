package galois.sql;

import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.api.plan.Over;
import galois.batch.Field;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexNode;

import java.util.List;
import java.util.Set;

/** Translates our operators to Calcite's; {@link RelToPlan} is the way back. */
final class PlanToRel {
    private final RelOptCluster cluster;

    PlanToRel(RelOptCluster cluster) {
        this.cluster = cluster;
    }

    RelNode write(LogicalOp op) {
        if (op instanceof LogicalOp.Source source) {
            return new SourceRel(cluster, source);
        }
        if (op instanceof LogicalOp.Filter filter) {
            RelNode input = write(filter.input());
            return LogicalFilter.create(input, expressions(input).write(filter.condition()));
        }
        if (op instanceof LogicalOp.Project project) {
            RelNode input = write(project.input());
            List<RexNode> outputs =
                    project.expressions().stream().map(expressions(input)::write).toList();
            List<String> names = project.schema().fields().stream().map(Field::name).toList();
            return LogicalProject.create(input, List.of(), outputs, names, Set.of());
        }
        if (op instanceof LogicalOp.Sort sort) {
            return new SortRel(write(sort.input()), sort);
        }
        if (op instanceof Over over) {
            return new OverRel(write(over.input()), over);
        }
        if (op instanceof LogicalOp.Repeat repeat) {
            return new RepeatRel(write(repeat.input()), repeat);
        }
        if (op instanceof LogicalOp.Union union) {
            return LogicalUnion.create(union.inputs().stream().map(this::write).toList(), true);
        }
        if (op instanceof LogicalOp.Join join) {
            return join(join);
        }
        if (op instanceof LogicalOp.WindowAggregate aggregate) {
            return WindowAggregateRel.of(write(aggregate.input()), aggregate);
        }
        return new OwnRel(write(op.inputs().get(0)), op);
    }

    private RelNode join(LogicalOp.Join join) {
        RelNode left = write(join.left());
        RelNode right = write(join.right());
        if (join.mode() == JoinMode.ASOF) {
            return new AsofRel(left, right, join);
        }
        // The type of a pair, also where the result has only one side of it.
        RelNode pair =
                LogicalJoin.create(
                        left,
                        right,
                        List.of(),
                        cluster.getRexBuilder().makeLiteral(true),
                        Set.of(),
                        JoinRelType.INNER);
        return LogicalJoin.create(
                left,
                right,
                List.of(),
                expressions(pair).write(join.condition()),
                Set.of(),
                JoinRelType.valueOf(join.kind().name()));
    }

    private RexWriter expressions(RelNode input) {
        return new RexWriter(cluster.getRexBuilder(), input);
    }
}
