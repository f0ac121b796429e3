package galois.sql;

import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * What rules build their results with: as they say it, without simplification. Where no row is
 * left, the source stays with a condition that is never true, for our algebra has no relation
 * without a source.
 */
final class PlainBuilder extends RelBuilder {
    private static final Context CONTEXT =
            Contexts.of(RelBuilder.Config.DEFAULT.withSimplify(false));

    static final RelBuilderFactory FACTORY =
            (cluster, schema) -> new PlainBuilder(CONTEXT, cluster, schema);

    private PlainBuilder(Context context, RelOptCluster cluster, RelOptSchema schema) {
        super(context, cluster, schema);
    }

    @Override
    public RelBuilder empty() {
        return push(LogicalFilter.create(build(), getRexBuilder().makeLiteral(false)));
    }
}
