package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message.SourceBinding;
import galois.api.control.Message.Subquery;
import galois.api.plan.StreamDefinition;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A physical plan as assignments joined by edges; producers are left to the caller, because queries
 * may share them.
 *
 * @param sources from left to right
 * @param consumers in the order of the data
 */
record Wiring(List<Source> sources, List<Assignment.Consumer> consumers, Assignment.Sink sink) {
    /** Stream options that are for managers: connectors never see them. */
    private static final List<String> MANAGER_OPTIONS = List.of("node", "region");

    /**
     * A source and the edge that leaves it.
     *
     * @param name of the operator
     * @param stream what its producer reads
     */
    record Source(
            String name, StreamDefinition stream, boolean bounded, String nodeId, Edge edge) {}

    /**
     * @param dataAddress of a node
     */
    static Wiring of(Subquery subquery, PhysicalPlan plan, UnaryOperator<String> dataAddress) {
        Edges edges = new Edges(subquery, plan, dataAddress);
        List<Assignment.Consumer> consumers = new ArrayList<>();
        for (int i = 0; i < plan.fragments().size(); i++) {
            PhysicalPlan.Fragment fragment = plan.fragments().get(i);
            List<Assignment.Port> ports = new ArrayList<>();
            for (PhysicalPlan.Input input : fragment.inputs()) {
                Edge edge = edges.connect(input.sender(), fragment.nodeId());
                boolean isTable = input.reading() == Assignment.Reading.TABLE;
                String table = isTable ? table(subquery, plan, input.sender()) : null;
                ports.add(new Assignment.Port(edge, input.reading(), table));
            }
            List<Assignment.Output> outputs = new ArrayList<>();
            for (PhysicalPlan.Sender self : plan.leaving(i)) {
                Edge edge = edges.connect(self, plan.receiver(self));
                outputs.add(new Assignment.Output(edge, self.port()));
            }
            consumers.add(
                    new Assignment.Consumer(
                            AssignmentIds.part(subquery.queryId(), "k" + i),
                            subquery.queryId(),
                            subquery.epoch(),
                            fragment.nodeId(),
                            fragment.codeId(),
                            fragment.operators(),
                            fragment.parameters(),
                            ports,
                            subquery.bounded(),
                            outputs));
        }
        Assignment.Sink sink =
                new Assignment.Sink(
                        AssignmentIds.part(subquery.queryId(), Operators.SINK),
                        subquery.queryId(),
                        subquery.epoch(),
                        plan.sinkNode(),
                        edges.connect(plan.last(), plan.sinkNode()),
                        forConnectors(subquery.sink().stream()));
        return new Wiring(sources(subquery, plan, edges), consumers, sink);
    }

    /** The name of the table that an input reads, perhaps through filters of another kernel. */
    private static String table(Subquery subquery, PhysicalPlan plan, PhysicalPlan.Sender sender) {
        PhysicalPlan.Sender from = sender;
        while (from.source() < 0) {
            from = plan.fragments().get(from.fragment()).inputs().get(0).sender();
        }
        return subquery.sources().get(from.source()).stream().name();
    }

    private static List<Source> sources(Subquery subquery, PhysicalPlan plan, Edges edges) {
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < plan.sources().size(); i++) {
            PhysicalPlan.Source source = plan.sources().get(i);
            SourceBinding binding = subquery.sources().get(i);
            PhysicalPlan.Sender self = PhysicalPlan.Sender.ofSource(i);
            sources.add(
                    new Source(
                            source.name(),
                            once(forConnectors(binding.stream()), subquery.bounded()),
                            binding.bounded(),
                            source.nodeId(),
                            edges.connect(self, plan.receiver(self))));
        }
        return sources;
    }

    /**
     * Makes the edges.
     *
     * @param dataAddress of a node
     */
    private record Edges(Subquery subquery, PhysicalPlan plan, UnaryOperator<String> dataAddress) {
        /** The edge that leaves {@code from}; equal for equal arguments. */
        Edge connect(PhysicalPlan.Sender from, String toNode) {
            boolean isSource = from.source() >= 0;
            Schema schema =
                    isSource
                            ? subquery.sources().get(from.source()).stream().schema()
                            : plan.fragments().get(from.fragment()).output();
            String fromNode =
                    isSource
                            ? plan.sources().get(from.source()).nodeId()
                            : plan.fragments().get(from.fragment()).nodeId();
            // In the order of a chain: 0 leaves the first source, then the kernels.
            int number =
                    !isSource
                            ? from.fragment() + 1
                            : from.source() == 0 ? 0 : plan.fragments().size() + from.source();
            int numbers = 1 + plan.fragments().size() + plan.sources().size();
            int ofPort = number + numbers * Math.max(0, from.port());
            String id = AssignmentIds.edge(subquery.queryId(), ofPort);
            List<Integer> reads = isSource ? plan.reads(from) : null;
            return reads == null
                    ? new Edge(id, fromNode, toNode, dataAddress.apply(toNode), schema)
                    : new Edge(id, fromNode, toNode, dataAddress.apply(toNode), schema, reads);
        }
    }

    /** A query that ends reads its tables once. */
    private static StreamDefinition once(StreamDefinition stream, boolean bounded) {
        if (!bounded || !stream.isTable() || !stream.options().containsKey("refresh")) {
            return stream;
        }
        Map<String, String> options = new HashMap<>(stream.options());
        options.remove("refresh");
        return stream.withOptions(options);
    }

    static StreamDefinition forConnectors(StreamDefinition stream) {
        Map<String, String> options = new HashMap<>(stream.options());
        options.keySet().removeAll(MANAGER_OPTIONS);
        return stream.withOptions(options);
    }
}
