package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.JoinKind;
import galois.api.plan.LogicalOp;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Translates Calcite's operators back to ours. */
final class RelToPlan {
    private final RexBuilder builder;

    RelToPlan(RexBuilder builder) {
        this.builder = builder;
    }

    LogicalOp read(RelNode rel) {
        if (rel instanceof SourceRel source) {
            return source.source();
        }
        if (rel instanceof Union union) {
            List<LogicalOp> inputs = union.getInputs().stream().map(this::read).toList();
            return new LogicalOp.Union(inputs, inputs.get(0).schema());
        }
        if (rel instanceof Join join) {
            return join(join);
        }
        if (rel instanceof AsofRel asof) {
            return asof.over(read(asof.getLeft()), read(asof.getRight()));
        }
        LogicalOp input = read(rel.getInput(0));
        if (rel instanceof Filter filter) {
            return new LogicalOp.Filter(input, expression(filter.getCondition(), input));
        }
        if (rel instanceof Project project) {
            return project(project, input);
        }
        if (rel instanceof WindowAggregateRel aggregate) {
            return new LogicalOp.WindowAggregate(
                    input,
                    aggregate.window(),
                    aggregate.keys(),
                    aggregate.aggregates(),
                    aggregate.schema());
        }
        if (rel instanceof RepeatRel repeat) {
            return repeat.over(input);
        }
        if (rel instanceof OverRel over) {
            return over.over(input);
        }
        if (rel instanceof SortRel sort) {
            return sort.over(input);
        }
        if (rel instanceof OwnRel own) {
            return own.over(input);
        }
        throw new IllegalStateException("no operator of ours: " + rel.getRelTypeName());
    }

    private LogicalOp project(Project project, LogicalOp input) {
        List<Expr> outputs = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < project.getProjects().size(); i++) {
            Expr output = expression(project.getProjects().get(i), input);
            outputs.add(output);
            fields.add(new Field(project.getRowType().getFieldNames().get(i), output.type()));
        }
        return new LogicalOp.Project(input, outputs, new Schema(fields));
    }

    private LogicalOp join(Join join) {
        LogicalOp left = read(join.getLeft());
        LogicalOp right = read(join.getRight());
        // A condition reads both sides, also where the result has only one.
        Expr none = new Expr.Literal(FieldType.BOOLEAN, "true");
        Schema both = LogicalOp.Join.of(left, right, JoinKind.INNER, none).schema();
        JoinKind kind = JoinKind.valueOf(join.getJoinType().name());
        return LogicalOp.Join.of(left, right, kind, expression(join.getCondition(), both));
    }

    private Expr expression(RexNode node, LogicalOp input) {
        return expression(node, input.schema());
    }

    private Expr expression(RexNode node, Schema schema) {
        IntFunction<Expr> columns = index -> new Expr.Column(index, schema.type(index));
        // Rules may have merged comparisons into a set; the kernel knows comparisons only.
        return ExprBuilder.ofPlan(columns).build(RexUtil.expandSearch(builder, null, node));
    }
}
