package galois.sql;

import galois.api.plan.LogicalOp;
import galois.api.plan.Plans;

import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;

import java.util.List;

/**
 * An operator of ours among Calcite's, one that none of its rules can do better: {@link
 * LogicalOp.PartialAggregate}, {@link LogicalOp.FinalAggregate}, {@link LogicalOp.Exchange}.
 */
final class OwnRel extends SingleRel {
    private final LogicalOp op;

    /**
     * @param op says what is done; its own input does not count
     */
    OwnRel(RelNode input, LogicalOp op) {
        super(input.getCluster(), input.getCluster().traitSet(), input);
        LogicalOp below = op.inputs().get(0);
        this.op = Plans.withInput(op, new LogicalOp.Source("", below.schema(), -1));
    }

    LogicalOp over(LogicalOp other) {
        return Plans.withInput(op, other);
    }

    @Override
    protected RelDataType deriveRowType() {
        return SqlTypes.rowType(op.schema());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new OwnRel(inputs.get(0), op);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("op", op);
    }
}
