package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Edge;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The one role that does some {@link SharedWork}: the reader of a stream that does not end, or a
 * kernel over such. It has an output for each edge of a query or of another shared kernel. An added
 * output counts only when the node has confirmed it; one addition is under way at a time, so that
 * an answer is never taken for the answer to another. A removed output is told at once.
 */
final class SharedSender {
    private final Assignment template;
    private final Map<String, Edge> outputs = new LinkedHashMap<>();
    private final Set<String> paused = new TreeSet<>();
    private final Set<String> connected = new HashSet<>();
    private final Set<String> users = new TreeSet<>();

    /** Null: the inputs of one that a node runs already are not known. */
    private SharedWork work;

    private Set<String> told = Set.of();
    private boolean waiting;
    private boolean changed;
    private boolean hasRun;
    private boolean ended;

    /**
     * @param template with its first outputs
     */
    SharedSender(Assignment template, SharedWork work) {
        this.template = template;
        this.work = work;
        for (Edge edge : edges(template)) {
            outputs.put(edge.id(), edge);
        }
    }

    /** One that a node runs already. */
    static SharedSender running(Assignment assignment) {
        SharedSender sender = new SharedSender(assignment, null);
        sender.connected.addAll(sender.outputs.keySet());
        sender.hasRun = true;
        if (assignment instanceof Assignment.Producer producer) {
            sender.paused.addAll(producer.paused());
            sender.work = new SharedWork.Reading(producer.nodeId(), producer.stream());
        } else if (assignment instanceof Assignment.Consumer consumer) {
            sender.paused.addAll(consumer.paused());
        }
        return sender;
    }

    private static List<Edge> edges(Assignment assignment) {
        if (assignment instanceof Assignment.Producer producer) {
            return producer.outputs();
        }
        return ((Assignment.Consumer) assignment)
                .outputs().stream().map(Assignment.Output::edge).toList();
    }

    String id() {
        return template.id();
    }

    String nodeId() {
        return template.nodeId();
    }

    /** What it is, for people. */
    String label() {
        return template instanceof Assignment.Consumer kernel
                ? String.join("+", kernel.operators())
                : Operators.SOURCE;
    }

    /** The edges over which a kernel gets its rows; empty for the reader of a stream. */
    List<Edge> inputs() {
        return template instanceof Assignment.Consumer kernel
                ? kernel.inputs().stream().map(Assignment.Port::edge).toList()
                : List.of();
    }

    boolean isKernel() {
        return template instanceof Assignment.Consumer;
    }

    SharedWork work() {
        return work;
    }

    void work(SharedWork known) {
        work = known;
    }

    /** True when a query that needs that work can get it here. */
    boolean does(SharedWork wanted) {
        return !ended && wanted.equals(work);
    }

    /** Those for whom an output is there: queries, and shared kernels by their ids. */
    Set<String> owners() {
        return outputs.keySet().stream()
                .map(AssignmentIds::queryOfEdge)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Queries that hold this kernel, also while they start and have no output yet. */
    Set<String> users() {
        return users;
    }

    /** True when the rows go over that edge too. */
    boolean feeds(String edgeId) {
        return outputs.containsKey(edgeId);
    }

    /** True when the node has said that rows go over that edge. */
    boolean isConnected(String edgeId) {
        return connected.contains(edgeId);
    }

    boolean hasRun() {
        return hasRun;
    }

    /** Tells the node for the first time. */
    void start(Outbox out) {
        changed = true;
        send(out);
    }

    /** Adds an output that is not there yet; {@link #send} tells the node in its time. */
    void add(Edge edge, Outbox out) {
        if (outputs.putIfAbsent(edge.id(), edge) == null) {
            changed = true;
            send(out);
        }
    }

    /** The outputs of an owner get no rows, or get them again; the node is told at once. */
    void pause(String owner, boolean now, Outbox out) {
        boolean changes = false;
        for (String edge : outputs.keySet()) {
            if (AssignmentIds.queryOfEdge(edge).equals(owner)) {
                changes |= now ? paused.add(edge) : paused.remove(edge);
            }
        }
        if (changes) {
            out.assign(assignment());
        }
    }

    boolean isPaused() {
        return !outputs.isEmpty() && paused.containsAll(outputs.keySet());
    }

    /**
     * Removes the outputs of an owner and says so. Without any the node is told nothing: it is
     * going to end, or to get the output of a query that starts.
     */
    void remove(String owner, Outbox out) {
        if (!outputs.keySet().removeIf(id -> AssignmentIds.queryOfEdge(id).equals(owner))) {
            return;
        }
        paused.retainAll(outputs.keySet());
        connected.retainAll(outputs.keySet());
        if (!outputs.isEmpty()) {
            out.assign(assignment());
        }
    }

    boolean isIdle() {
        return outputs.isEmpty() && users.isEmpty();
    }

    /** The node carried out what it was told; returns the edges that are connected now. */
    Set<String> confirmed(Outbox out) {
        Set<String> confirmed = new HashSet<>(told);
        confirmed.retainAll(outputs.keySet());
        connected.addAll(confirmed);
        hasRun = true;
        waiting = false;
        told = Set.of();
        send(out);
        return confirmed;
    }

    /** The stream is over: rows under way arrive, new queries need another sender. */
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

    Assignment assignment() {
        List<Edge> edges = List.copyOf(outputs.values());
        if (template instanceof Assignment.Producer p) {
            return new Assignment.Producer(
                    p.id(), "", p.epoch(), p.nodeId(), p.stream(), edges, List.copyOf(paused));
        }
        return ((Assignment.Consumer) template)
                .withOutputs(
                        edges.stream().map(Assignment.Output::of).toList(), List.copyOf(paused));
    }
}
