package galois.api.control;

import galois.api.plan.Expr;
import galois.api.plan.StreamDefinition;

import java.util.List;

/** A role given to a node, with an epoch. */
public sealed interface Assignment {
    /** Unique in the cluster, stable over updates of the same assignment. */
    String id();

    String queryId();

    long epoch();

    String nodeId();

    /**
     * Role p: read a stream and send its rows along every output. Unbounded sources are shared by
     * queries: outputs come and go by an {@code Assign} with the same id.
     *
     * @param queryId empty for a shared one
     */
    record Producer(
            String id,
            String queryId,
            long epoch,
            String nodeId,
            StreamDefinition stream,
            List<Edge> outputs)
            implements Assignment {}

    /**
     * Role c: run a kernel.
     *
     * @param operators names of the operators inside, for people: {@code filter}, {@code project}
     * @param parameters the row for {@code g_open}
     */
    record Consumer(
            String id,
            String queryId,
            long epoch,
            String nodeId,
            String codeId,
            List<String> operators,
            List<Expr.Literal> parameters,
            Edge input,
            Edge output)
            implements Assignment {}

    /** Role z: give rows to people and applications. */
    record Sink(
            String id,
            String queryId,
            long epoch,
            String nodeId,
            Edge input,
            StreamDefinition target)
            implements Assignment {}
}
