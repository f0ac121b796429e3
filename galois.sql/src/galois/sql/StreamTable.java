package galois.sql;

import galois.api.plan.LogicalOp;
import galois.api.plan.StreamDefinition;

import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A stream of our catalogue as Calcite looks it up. */
final class StreamTable extends AbstractTable implements TranslatableTable {
    private final StreamDefinition definition;

    StreamTable(StreamDefinition definition) {
        this.definition = definition;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
        return SqlTypes.rowType(definition.schema());
    }

    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
        return new SourceRel(
                context.getCluster(),
                new LogicalOp.Source(
                        definition.name(), definition.schema(), definition.timeField()));
    }
}
