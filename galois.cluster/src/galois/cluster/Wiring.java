package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message.Subquery;
import galois.api.plan.StreamDefinition;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A physical plan as assignments joined by edges; the producer is left to the caller, because
 * queries may share it.
 *
 * @param stream what the producer reads
 * @param first the edge that leaves the producer
 * @param consumers in the order of the data
 */
record Wiring(
        StreamDefinition stream,
        String sourceNode,
        Edge first,
        List<Assignment.Consumer> consumers,
        Assignment.Sink sink) {
    /** Stream options that are for managers: connectors never see them. */
    private static final List<String> MANAGER_OPTIONS = List.of("node", "region");

    /**
     * @param dataAddress of a node
     */
    static Wiring of(Subquery subquery, PhysicalPlan plan, UnaryOperator<String> dataAddress) {
        List<Edge> edges = edges(subquery, plan, dataAddress);
        List<Assignment.Consumer> consumers = new ArrayList<>();
        for (int i = 0; i < plan.fragments().size(); i++) {
            PhysicalPlan.Fragment fragment = plan.fragments().get(i);
            consumers.add(
                    new Assignment.Consumer(
                            AssignmentIds.kernel(subquery.queryId(), i),
                            subquery.queryId(),
                            subquery.epoch(),
                            fragment.nodeId(),
                            fragment.codeId(),
                            fragment.operators(),
                            fragment.parameters(),
                            edges.get(i),
                            edges.get(i + 1)));
        }
        Assignment.Sink sink =
                new Assignment.Sink(
                        AssignmentIds.sink(subquery.queryId()),
                        subquery.queryId(),
                        subquery.epoch(),
                        plan.sinkNode(),
                        edges.get(edges.size() - 1),
                        forConnectors(subquery.sink().stream()));
        return new Wiring(
                forConnectors(subquery.source()), plan.sourceNode(), edges.get(0), consumers, sink);
    }

    private static List<Edge> edges(
            Subquery subquery, PhysicalPlan plan, UnaryOperator<String> dataAddress) {
        List<Edge> edges = new ArrayList<>();
        String from = plan.sourceNode();
        Schema schema = subquery.source().schema();
        for (int i = 0; i <= plan.fragments().size(); i++) {
            boolean last = i == plan.fragments().size();
            String to = last ? plan.sinkNode() : plan.fragments().get(i).nodeId();
            String id = AssignmentIds.edge(subquery.queryId(), i);
            edges.add(new Edge(id, from, to, dataAddress.apply(to), schema));
            if (!last) {
                from = to;
                schema = plan.fragments().get(i).output();
            }
        }
        return edges;
    }

    static StreamDefinition forConnectors(StreamDefinition stream) {
        Map<String, String> options = new HashMap<>(stream.options());
        options.keySet().removeAll(MANAGER_OPTIONS);
        return new StreamDefinition(
                stream.name(),
                stream.schema(),
                stream.metadata(),
                stream.timeField(),
                stream.watermarkDelayUs(),
                options);
    }
}
