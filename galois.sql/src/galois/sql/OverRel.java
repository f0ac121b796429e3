package galois.sql;

import galois.api.plan.LogicalOp;
import galois.api.plan.Over;

import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;

import java.util.List;

/** {@link Over} among Calcite's operators: to its rules a row of ours, not an order. */
final class OverRel extends SingleRel {
    private final Over over;

    /**
     * @param over says how; its own input does not count
     */
    OverRel(RelNode input, Over over) {
        super(input.getCluster(), input.getCluster().traitSet(), input);
        // Two overs over equal inputs are equal when they do the same to them.
        this.over = over.over(new LogicalOp.Source("", over.input().schema(), -1));
    }

    Over over(LogicalOp other) {
        return over.over(other);
    }

    @Override
    protected RelDataType deriveRowType() {
        return SqlTypes.rowType(over.schema());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new OverRel(inputs.get(0), over);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("over", over);
    }
}
