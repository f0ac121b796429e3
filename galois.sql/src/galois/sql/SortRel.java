package galois.sql;

import galois.api.plan.LogicalOp;

import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;

import java.util.List;

/** {@link LogicalOp.Sort} among Calcite's operators: to its rules a row of ours, not an order. */
final class SortRel extends SingleRel {
    private final LogicalOp.Sort sort;

    /**
     * @param sort says how; its own input does not count
     */
    SortRel(RelNode input, LogicalOp.Sort sort) {
        super(input.getCluster(), input.getCluster().traitSet(), input);
        // Two sorts over equal inputs are equal when they do the same to them.
        this.sort = sort.over(new LogicalOp.Source("", sort.input().schema(), -1));
    }

    LogicalOp.Sort over(LogicalOp other) {
        return sort.over(other);
    }

    @Override
    protected RelDataType deriveRowType() {
        return SqlTypes.rowType(sort.schema());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new SortRel(inputs.get(0), sort);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("sort", sort);
    }
}
