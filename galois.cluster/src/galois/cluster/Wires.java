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
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Makes the {@link Wiring} of a plan. An edge belongs to who reads it: to the query, or to the
 * shared kernel whichever query asked for it first.
 */
final class Wires {
    private final Subquery subquery;
    private final PhysicalPlan plan;
    private final UnaryOperator<String> dataAddress;
    private final List<SharedWork> works;

    /** By fragment; {@code null}: not shared. Fragments that do equal work have one. */
    private final List<String> kernelIds = new ArrayList<>();

    private final List<Wiring.Tap> taps = new ArrayList<>();
    private final List<Assignment.Sink> lateSinks = new ArrayList<>();

    Wires(
            Subquery subquery,
            PhysicalPlan plan,
            UnaryOperator<String> dataAddress,
            Function<SharedWork, String> kernelId) {
        this.subquery = subquery;
        this.plan = plan;
        this.dataAddress = dataAddress;
        this.works = SharedWork.of(subquery, plan);
        Map<SharedWork, String> ids = new HashMap<>();
        for (SharedWork work : works) {
            kernelIds.add(work == null ? null : ids.computeIfAbsent(work, kernelId));
        }
    }

    Wiring wiring() {
        List<Wiring.Source> sources = sources();
        List<Assignment.Consumer> consumers = new ArrayList<>();
        List<Assignment.Consumer> shared = new ArrayList<>();
        for (int i = 0; i < works.size(); i++) {
            Assignment.Consumer consumer = consumer(i);
            boolean isNew = shared.stream().noneMatch(s -> s.id().equals(consumer.id()));
            if (works.get(i) == null) {
                consumers.add(consumer);
            } else if (isNew) {
                shared.add(consumer);
            }
            // A reader that is there for the query already has its edges.
            if (isNew || works.get(i) == null) {
                plan.fragments().get(i).inputs().forEach(input -> tap(input.sender()));
            }
        }
        tap(plan.last());
        Assignment.Sink sink =
                new Assignment.Sink(
                        AssignmentIds.part(subquery.queryId(), Operators.SINK),
                        subquery.queryId(),
                        subquery.epoch(),
                        plan.sinkNode(),
                        edge(plan.last()),
                        Wiring.forConnectors(subquery.sink().stream()));
        List<Wiring.Kernel> kernels =
                shared.stream()
                        .map(consumer -> kernel(consumer, kernelIds.indexOf(consumer.id())))
                        .toList();
        return new Wiring(
                sources, kernels, consumers, sink, List.copyOf(lateSinks), List.copyOf(taps));
    }

    private Wiring.Kernel kernel(Assignment.Consumer consumer, int fragment) {
        SharedWork work = works.get(fragment);
        List<Assignment.Output> outputs =
                taps.stream()
                        .filter(tap -> tap.from().equals(work))
                        .map(tap -> Assignment.Output.of(tap.edge()))
                        .toList();
        return new Wiring.Kernel(work, consumer.withOutputs(outputs, List.of()));
    }

    private Assignment.Consumer consumer(int number) {
        PhysicalPlan.Fragment fragment = plan.fragments().get(number);
        List<Assignment.Port> ports = new ArrayList<>();
        List<Assignment.Late> late = new ArrayList<>();
        for (PhysicalPlan.Input input : fragment.inputs()) {
            boolean isTable = input.reading() == Assignment.Reading.TABLE;
            String table = isTable ? table(input.sender()) : null;
            Assignment.Sink side = lateSink(input.sender(), fragment.nodeId());
            if (side != null) {
                late.add(new Assignment.Late(ports.size(), side.input()));
                lateSinks.add(side);
            }
            ports.add(new Assignment.Port(edge(input.sender()), input.reading(), table));
        }
        List<Assignment.Output> outputs =
                plan.leaving(number).stream()
                        .map(self -> new Assignment.Output(edge(self), self.port()))
                        .toList();
        String sharedId = kernelIds.get(number);
        String queryId = subquery.queryId();
        Assignment.Consumer consumer =
                new Assignment.Consumer(
                        sharedId == null ? AssignmentIds.part(queryId, "k" + number) : sharedId,
                        sharedId == null ? queryId : "",
                        subquery.epoch(),
                        fragment.nodeId(),
                        fragment.codeId(),
                        fragment.operators(),
                        fragment.parameters(),
                        ports,
                        subquery.bounded(),
                        outputs);
        return late.isEmpty() ? consumer : consumer.withLate(late);
    }

    /** The name of the table that an input reads, perhaps through filters of another kernel. */
    private String table(PhysicalPlan.Sender sender) {
        PhysicalPlan.Sender from = sender;
        while (from.source() < 0) {
            from = plan.fragments().get(from.fragment()).inputs().get(0).sender();
        }
        return subquery.sources().get(from.source()).stream().name();
    }

    private List<Wiring.Source> sources() {
        List<Wiring.Source> sources = new ArrayList<>();
        for (int i = 0; i < plan.sources().size(); i++) {
            SourceBinding binding = subquery.sources().get(i);
            if (binding.bounded()) {
                PhysicalPlan.Source source = plan.sources().get(i);
                sources.add(
                        new Wiring.Source(
                                source.name(),
                                Wiring.forConnectors(binding.stream(), subquery.bounded()),
                                source.nodeId(),
                                edge(PhysicalPlan.Sender.ofSource(i))));
            }
        }
        return sources;
    }

    private void tap(PhysicalPlan.Sender from) {
        SharedWork work =
                from.source() < 0
                        ? works.get(from.fragment())
                        : subquery.sources().get(from.source()).bounded()
                                ? null
                                : SharedWork.source(subquery, plan, from.source());
        if (work != null) {
            taps.add(new Wiring.Tap(work, edge(from)));
        }
    }

    /** Takes the late rows of a source to a stream of their own; null: nobody wants them. */
    private Assignment.Sink lateSink(PhysicalPlan.Sender from, String fromNode) {
        StreamDefinition side =
                from.source() < 0 ? null : subquery.sources().get(from.source()).side();
        if (side == null) {
            return null;
        }
        String toNode = side.option("node", plan.sinkNode());
        Edge edge =
                new Edge(
                        AssignmentIds.lateEdge(subquery.queryId(), from.source()),
                        fromNode,
                        toNode,
                        dataAddress.apply(toNode),
                        side.schema());
        return new Assignment.Sink(
                AssignmentIds.part(subquery.queryId(), Operators.lateSink(from.source())),
                subquery.queryId(),
                subquery.epoch(),
                toNode,
                edge,
                Wiring.forConnectors(side));
    }

    /** The edge that leaves {@code from}; equal for equal arguments. */
    private Edge edge(PhysicalPlan.Sender from) {
        boolean isSource = from.source() >= 0;
        Schema schema =
                isSource
                        ? subquery.sources().get(from.source()).stream().schema()
                        : plan.fragments().get(from.fragment()).output();
        String fromNode =
                isSource
                        ? plan.sources().get(from.source()).nodeId()
                        : plan.fragments().get(from.fragment()).nodeId();
        String toNode = plan.receiver(from);
        String address = dataAddress.apply(toNode);
        boolean isWhole = isSource && subquery.sources().get(from.source()).side() != null;
        List<Integer> reads = isSource && !isWhole ? plan.reads(from) : null;
        return reads == null
                ? new Edge(id(from), fromNode, toNode, address, schema)
                : new Edge(id(from), fromNode, toNode, address, schema, reads);
    }

    private String id(PhysicalPlan.Sender from) {
        for (int i = 0; i < kernelIds.size(); i++) {
            List<PhysicalPlan.Input> inputs = plan.fragments().get(i).inputs();
            for (int port = 0; kernelIds.get(i) != null && port < inputs.size(); port++) {
                if (inputs.get(port).sender().equals(from)) {
                    return AssignmentIds.input(kernelIds.get(i), port);
                }
            }
        }
        // In the order of a chain: 0 leaves the first source, then the kernels.
        int number =
                from.source() < 0
                        ? from.fragment() + 1
                        : from.source() == 0 ? 0 : plan.fragments().size() + from.source();
        int numbers = 1 + plan.fragments().size() + plan.sources().size();
        return AssignmentIds.edge(subquery.queryId(), number + numbers * Math.max(0, from.port()));
    }
}
