package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message.Subquery;
import galois.api.plan.StreamDefinition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A physical plan as assignments joined by edges.
 *
 * @param sources that end by themselves, from left to right
 * @param kernels that other queries may share, in the order of the data
 * @param consumers of this query alone, in the order of the data
 * @param lateSinks take late rows of sources to side streams
 * @param taps where rows of something shared go, in the order of the data
 */
record Wiring(
        List<Source> sources,
        List<Kernel> kernels,
        List<Assignment.Consumer> consumers,
        Assignment.Sink sink,
        List<Assignment.Sink> lateSinks,
        List<Tap> taps) {
    /** Stream options that are for managers: connectors never see them. */
    private static final List<String> MANAGER_OPTIONS = List.of("node", "region");

    /**
     * A source that this query alone reads and the edge that leaves it.
     *
     * @param name of the operator
     * @param stream what its producer reads
     */
    record Source(String name, StreamDefinition stream, String nodeId, Edge edge) {}

    /**
     * A kernel for whoever needs that work.
     *
     * @param consumer with the outputs that this query needs
     */
    record Kernel(SharedWork work, Assignment.Consumer consumer) {}

    /** An edge that leaves a shared reader or kernel. */
    record Tap(SharedWork from, Edge edge) {}

    /**
     * @param dataAddress of a node
     * @param kernelId of the shared kernel that does the work, or will
     */
    static Wiring of(
            Subquery subquery,
            PhysicalPlan plan,
            UnaryOperator<String> dataAddress,
            Function<SharedWork, String> kernelId) {
        return new Wires(subquery, plan, dataAddress, kernelId).wiring();
    }

    static StreamDefinition forConnectors(StreamDefinition stream) {
        Map<String, String> options = new HashMap<>(stream.options());
        options.keySet().removeAll(MANAGER_OPTIONS);
        return stream.withOptions(options);
    }

    /**
     * The same; a query that ends reads its tables once.
     *
     * @param bounded the query ends
     */
    static StreamDefinition forConnectors(StreamDefinition stream, boolean bounded) {
        StreamDefinition cleared = forConnectors(stream);
        if (!bounded || !stream.isTable() || !stream.options().containsKey("refresh")) {
            return cleared;
        }
        Map<String, String> options = new HashMap<>(cleared.options());
        options.remove("refresh");
        return cleared.withOptions(options);
    }
}
