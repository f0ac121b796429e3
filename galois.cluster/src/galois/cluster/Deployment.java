package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message.Subquery;
import galois.api.control.QueryState;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A subquery and its parts on the nodes. Owned by {@link Deployments}. */
final class Deployment {
    private final String queryId;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final RowProblemCounts problems = new RowProblemCounts();

    /** Null while only the nodes spoke of it. */
    private Subquery subquery;

    /** What takes its place once its roles have let go; null: nothing. */
    private Subquery next;

    private final Set<String> awaited = new HashSet<>();
    private DeploymentPhase phase;
    private Wiring wiring;
    private long deadlineNs;

    /** An assignment of this query alone and what its node says of it. */
    record Part(Assignment assignment, QueryState state) {
        boolean hasRun() {
            return state == QueryState.RUNNING || state == QueryState.FINISHED;
        }
    }

    Deployment(String queryId, Subquery subquery, DeploymentPhase phase) {
        this.queryId = queryId;
        this.subquery = subquery;
        this.phase = phase;
    }

    String queryId() {
        return queryId;
    }

    Subquery subquery() {
        return subquery;
    }

    /** Names of what it reads; empty while only the nodes spoke of it. */
    String streams() {
        return subquery == null
                ? ""
                : subquery.sources().stream()
                        .map(source -> source.stream().name())
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    /** Of the subquery, or of the parts when only they are known. */
    long epoch() {
        if (subquery != null) {
            return subquery.epoch();
        }
        return parts.values().stream().mapToLong(p -> p.assignment().epoch()).max().orElse(-1);
    }

    void subquery(Subquery known) {
        subquery = known;
    }

    Subquery next() {
        return next;
    }

    void next(Subquery following) {
        next = following;
    }

    DeploymentPhase phase() {
        return phase;
    }

    /** Goes on to a phase that lasts until {@code deadlineNs} at most (0: for ever). */
    void phase(DeploymentPhase next, long deadlineNs) {
        this.phase = next;
        this.deadlineNs = deadlineNs;
    }

    boolean isLate(long nowNs) {
        return deadlineNs != 0 && deadlineNs - nowNs <= 0;
    }

    Wiring wiring() {
        return wiring;
    }

    void wiring(Wiring planned) {
        wiring = planned;
    }

    RowProblemCounts problems() {
        return problems;
    }

    void put(Assignment assignment, QueryState state) {
        parts.put(assignment.id(), new Part(assignment, state));
    }

    Part remove(String assignmentId) {
        return parts.remove(assignmentId);
    }

    Part part(String assignmentId) {
        return parts.get(assignmentId);
    }

    /** These edges come from shared producers that have not confirmed them yet. */
    void await(Set<String> edges) {
        awaited.addAll(edges);
    }

    /** True when nothing is awaited any more. */
    boolean confirmed(Set<String> edges) {
        awaited.removeAll(edges);
        return awaited.isEmpty();
    }

    /** True while a source is planned for that node but not assigned. */
    boolean startsSourceOn(String nodeId) {
        return phase == DeploymentPhase.STARTING
                && (wiring.sources().stream().anyMatch(s -> s.nodeId().equals(nodeId))
                        || wiring.taps().stream().anyMatch(t -> t.from().nodeId().equals(nodeId)));
    }

    /** In the order in which they were assigned: sink, kernels, source. */
    List<Part> parts() {
        return List.copyOf(parts.values());
    }

    /** In the order in which they are ended: source, kernels, sink. */
    List<Assignment> fromTheSource() {
        List<Assignment> ordered = new ArrayList<>();
        parts().stream()
                .map(Part::assignment)
                .filter(Assignment.Producer.class::isInstance)
                .forEach(ordered::add);
        ordered.addAll(kernels());
        parts().stream()
                .map(Part::assignment)
                .filter(a -> !ordered.contains(a))
                .forEach(ordered::add);
        return ordered;
    }

    boolean everyPartHasRun() {
        return parts.values().stream().allMatch(Part::hasRun);
    }

    Optional<Assignment.Sink> sink() {
        return parts().stream()
                .map(Part::assignment)
                .filter(Assignment.Sink.class::isInstance)
                .map(Assignment.Sink.class::cast)
                .filter(sink -> sink.id().equals(AssignmentIds.part(queryId, Operators.SINK)))
                .findFirst();
    }

    /** All that the query gives is written. */
    boolean isWritten() {
        return sink().isPresent()
                && parts.values().stream()
                        .filter(part -> part.assignment() instanceof Assignment.Sink)
                        .allMatch(part -> part.state() == QueryState.FINISHED);
    }

    /** What the parts show of the plan, followed up from the sink. */
    private final class Flow {
        final List<Assignment.Consumer> kernels = new ArrayList<>();
        final List<Edge> sources = new ArrayList<>();
        final Map<String, String> placement = new LinkedHashMap<>();
        private final Map<String, Assignment.Consumer> byOutput = new LinkedHashMap<>();
        private final SharedSenders shared;

        /**
         * @param shared followed through too; {@code null}: its rows count as those of a source
         */
        Flow(SharedSenders shared) {
            this.shared = shared;
            for (Part part : parts()) {
                if (part.assignment() instanceof Assignment.Consumer consumer) {
                    consumer.outputs().forEach(o -> byOutput.put(o.edge().id(), consumer));
                }
            }
            sink().ifPresent(
                            sink -> {
                                follow(sink.input());
                                placement.put(Operators.SINK, sink.nodeId());
                            });
        }

        private Assignment.Consumer sender(Edge edge) {
            Assignment.Consumer own = byOutput.get(edge.id());
            if (own != null || shared == null) {
                return own;
            }
            return shared.feeding(edge.id())
                    .map(SharedSender::assignment)
                    .filter(Assignment.Consumer.class::isInstance)
                    .map(Assignment.Consumer.class::cast)
                    .orElse(null);
        }

        private void follow(Edge edge) {
            Assignment.Consumer kernel = sender(edge);
            if (kernels.contains(kernel)) {
                return;
            }
            if (kernel == null) {
                placement.put(Operators.source(sources.size()), edge.fromNode());
                sources.add(edge);
                return;
            }
            kernel.inputs().forEach(port -> follow(port.edge()));
            kernel.operators().forEach(operator -> placement.put(operator, kernel.nodeId()));
            kernels.add(kernel);
        }
    }

    /** In the order of the data; empty without a sink. */
    private List<Assignment.Consumer> kernels() {
        return new Flow(null).kernels;
    }

    /** The edges over which rows come from a source or a shared kernel; empty without a sink. */
    List<Edge> sourceEdges() {
        return new Flow(null).sources;
    }

    /** Operator to node, in the order of the data. */
    Map<String, String> placement(SharedSenders shared) {
        return new Flow(shared).placement;
    }

    QueryState state() {
        return phase == DeploymentPhase.RUNNING || phase == DeploymentPhase.ENDING
                ? QueryState.RUNNING
                : QueryState.STARTING;
    }
}
