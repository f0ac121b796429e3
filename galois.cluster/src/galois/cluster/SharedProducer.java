package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.plan.StreamDefinition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The one reader of an unbounded stream, with an output for each edge of a query. An added output
 * counts only when the node has confirmed it; one addition is under way at a time, so that an
 * answer is never taken for the answer to another. A removed output is told at once.
 */
final class SharedProducer {
    private final String id;
    private final long epoch;
    private final String nodeId;
    private final StreamDefinition stream;
    private final Map<String, Edge> outputs = new LinkedHashMap<>();
    private final Set<String> paused = new TreeSet<>();
    private Set<String> told = Set.of();
    private boolean waiting;
    private boolean changed;
    private boolean ended;

    SharedProducer(String id, long epoch, String nodeId, StreamDefinition stream) {
        this.id = id;
        this.epoch = epoch;
        this.nodeId = nodeId;
        this.stream = stream;
    }

    /** One that a node runs already. */
    static SharedProducer running(Assignment.Producer assignment) {
        SharedProducer producer =
                new SharedProducer(
                        assignment.id(),
                        assignment.epoch(),
                        assignment.nodeId(),
                        assignment.stream());
        for (Edge edge : assignment.outputs()) {
            producer.outputs.put(edge.id(), edge);
        }
        producer.paused.addAll(assignment.paused());
        return producer;
    }

    String id() {
        return id;
    }

    String nodeId() {
        return nodeId;
    }

    /** True when a new query on that stream can get its rows here. */
    boolean serves(StreamDefinition wanted) {
        return !ended && stream.equals(wanted);
    }

    boolean feeds(String queryId) {
        return queries().contains(queryId);
    }

    Set<String> queries() {
        return outputs.keySet().stream()
                .map(AssignmentIds::queryOfEdge)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** True when the rows go over that edge too. */
    boolean feedsEdge(String edgeId) {
        return outputs.containsKey(edgeId);
    }

    /** Adds an output for a query; {@link #send} tells the node in its time. */
    void add(Edge edge, Outbox out) {
        outputs.put(edge.id(), edge);
        changed = true;
        send(out);
    }

    /** The outputs of a query get no rows, or get them again; the node is told at once. */
    void pause(String queryId, boolean now, Outbox out) {
        boolean changes = false;
        for (String edge : outputs.keySet()) {
            if (AssignmentIds.queryOfEdge(edge).equals(queryId)) {
                changes |= now ? paused.add(edge) : paused.remove(edge);
            }
        }
        if (changes) {
            out.assign(assignment());
        }
    }

    /** Removes the outputs of a query and says so; without any the node is told to end. */
    void remove(String queryId, Outbox out) {
        if (!outputs.keySet().removeIf(id -> AssignmentIds.queryOfEdge(id).equals(queryId))) {
            return;
        }
        paused.retainAll(outputs.keySet());
        if (outputs.isEmpty()) {
            out.unassign(nodeId, id);
        } else {
            out.assign(assignment());
        }
    }

    boolean isIdle() {
        return outputs.isEmpty();
    }

    /** The node carried out what it was told; returns the edges that are connected now. */
    Set<String> confirmed(Outbox out) {
        Set<String> connected = told;
        waiting = false;
        told = Set.of();
        send(out);
        return connected;
    }

    /** The stream is over: rows under way arrive, new queries need another producer. */
    void end() {
        ended = true;
    }

    private void send(Outbox out) {
        if (changed && !waiting) {
            waiting = true;
            changed = false;
            told = Set.copyOf(outputs.keySet());
            out.assign(assignment());
        }
    }

    Assignment.Producer assignment() {
        return new Assignment.Producer(
                id, "", epoch, nodeId, stream, List.copyOf(outputs.values()), List.copyOf(paused));
    }
}
