package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message.Subquery;
import galois.api.control.QueryState;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A subquery and its parts on the nodes. Owned by {@link Deployments}. */
final class Deployment {
    private final String queryId;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final RowProblemCounts problems = new RowProblemCounts();

    /** Null while only the nodes spoke of it. */
    private Subquery subquery;

    /** What takes its place once its roles have let go; null: nothing. */
    private Subquery next;

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

    /** True while the source is planned for that node but not assigned. */
    boolean startsSourceOn(String nodeId) {
        return phase == DeploymentPhase.STARTING && wiring.sourceNode().equals(nodeId);
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
                .findFirst();
    }

    /** Followed up from the sink, in the order of the data; empty without a sink. */
    private List<Assignment.Consumer> kernels() {
        Map<String, Assignment.Consumer> byOutput = new LinkedHashMap<>();
        for (Part part : parts()) {
            if (part.assignment() instanceof Assignment.Consumer consumer) {
                byOutput.put(consumer.output().id(), consumer);
            }
        }
        List<Assignment.Consumer> kernels = new ArrayList<>();
        sink().map(last -> byOutput.remove(last.input().id())).ifPresent(kernels::add);
        for (int i = 0; i < kernels.size(); i++) {
            Assignment.Consumer before = byOutput.remove(kernels.get(i).input().id());
            if (before != null) {
                kernels.add(before);
            }
        }
        Collections.reverse(kernels);
        return kernels;
    }

    /** The edge over which the rows come in; empty when there is no sink. */
    Optional<Edge> firstEdge() {
        List<Assignment.Consumer> kernels = kernels();
        return kernels.isEmpty()
                ? sink().map(Assignment.Sink::input)
                : Optional.of(kernels.get(0).input());
    }

    /** Operator to node, in the order of the data. */
    Map<String, String> placement() {
        Map<String, String> placement = new LinkedHashMap<>();
        firstEdge().ifPresent(edge -> placement.put(Operators.SOURCE, edge.fromNode()));
        for (Assignment.Consumer kernel : kernels()) {
            kernel.operators().forEach(operator -> placement.put(operator, kernel.nodeId()));
        }
        sink().ifPresent(sink -> placement.put(Operators.SINK, sink.nodeId()));
        return placement;
    }

    QueryState state() {
        return phase == DeploymentPhase.RUNNING || phase == DeploymentPhase.ENDING
                ? QueryState.RUNNING
                : QueryState.STARTING;
    }
}
