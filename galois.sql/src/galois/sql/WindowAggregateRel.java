package galois.sql;

import galois.api.plan.AggregateCall;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;
import galois.batch.Schema;

import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;

import java.util.List;

/** {@link LogicalOp.WindowAggregate} among Calcite's operators. */
final class WindowAggregateRel extends SingleRel {
    private final Window window;
    private final List<Integer> keys;
    private final List<AggregateCall> aggregates;
    private final Schema schema;

    WindowAggregateRel(
            RelNode input,
            Window window,
            List<Integer> keys,
            List<AggregateCall> aggregates,
            Schema schema) {
        super(input.getCluster(), input.getCluster().traitSet(), input);
        this.window = window;
        this.keys = List.copyOf(keys);
        this.aggregates = List.copyOf(aggregates);
        this.schema = schema;
    }

    Window window() {
        return window;
    }

    List<Integer> keys() {
        return keys;
    }

    List<AggregateCall> aggregates() {
        return aggregates;
    }

    Schema schema() {
        return schema;
    }

    @Override
    protected RelDataType deriveRowType() {
        return SqlTypes.rowType(schema);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new WindowAggregateRel(inputs.get(0), window, keys, aggregates, schema);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("window", window)
                .item("keys", keys)
                .item("aggregates", aggregates)
                .item("schema", schema);
    }

    static WindowAggregateRel of(RelNode input, LogicalOp.WindowAggregate op) {
        return new WindowAggregateRel(input, op.window(), op.keys(), op.aggregates(), op.schema());
    }
}
