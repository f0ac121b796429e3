package galois.sql;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;

/** Makes planners and their surroundings: no code generation, no evaluation, a deadline. */
final class Clusters {
    /** Leaves constants alone: {@link ConstantFolder} knows our arithmetic, Calcite does not. */
    static final RexExecutor NO_EXECUTOR =
            (rexBuilder, constants, reduced) -> reduced.addAll(constants);

    private Clusters() {}

    /**
     * A planner without code generation and evaluation.
     *
     * @param check runs between any two steps; an exception ends the planning
     */
    static HepPlanner planner(HepProgram program, Runnable check) {
        HepPlanner planner =
                new HepPlanner(program) {
                    @Override
                    public void checkCancel() {
                        check.run();
                    }
                };
        planner.setExecutor(NO_EXECUTOR);
        return planner;
    }

    static RelOptCluster cluster(RelOptPlanner planner) {
        RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(SqlTypes.FACTORY));
        // Handlers by reflection: nothing is compiled while a query is planned.
        cluster.setMetadataQuerySupplier(
                () ->
                        new RelMetadataQuery(
                                new ProxyingMetadataHandlerProvider(
                                        DefaultRelMetadataProvider.INSTANCE)) {});
        return cluster;
    }
}
