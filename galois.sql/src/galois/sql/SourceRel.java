package galois.sql;

import galois.api.plan.LogicalOp;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** {@link LogicalOp.Source} among Calcite's operators. */
final class SourceRel extends AbstractRelNode {
    private final LogicalOp.Source source;

    SourceRel(RelOptCluster cluster, LogicalOp.Source source) {
        super(cluster, cluster.traitSet());
        this.source = source;
    }

    LogicalOp.Source source() {
        return source;
    }

    @Override
    protected RelDataType deriveRowType() {
        return SqlTypes.rowType(source.schema());
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("source", source);
    }
}
