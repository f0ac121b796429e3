package galois.cluster;

import galois.api.ErrorCode;
import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message.AssignmentChanged;
import galois.api.control.Message.Failure;
import galois.api.control.Message.QueryChanged;
import galois.api.control.Message.Subquery;
import galois.api.control.QueryState;
import galois.api.plan.StreamDefinition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Every subquery of the cluster from its plan to its end: starts sink, kernels and source in that
 * order, follows what the nodes report, ends the rest when a part fails.
 */
final class Deployments {
    /** How long the roles of a query may take to start. */
    static final long START_WAIT_NS = 30_000_000_000L;

    /** How long the roles of a withdrawn query may take to let go before it counts as stopped. */
    static final long END_WAIT_NS = 2_000_000_000L;

    private final Outbox out;
    private final Map<String, Deployment> byQuery = new LinkedHashMap<>();
    private final SharedSenders shared = new SharedSenders();
    private final List<Subquery> replacements = new ArrayList<>();
    private final EndedQueries ended = new EndedQueries();

    Deployments(Outbox out) {
        this.out = out;
    }

    Optional<Deployment> of(String queryId) {
        return Optional.ofNullable(byQuery.get(queryId));
    }

    /** How a query ended, when that was not long ago. */
    Optional<QueryChanged> end(Subquery subquery) {
        return ended.of(subquery);
    }

    List<Deployment> all() {
        return List.copyOf(byQuery.values());
    }

    SharedSenders shared() {
        return shared;
    }

    void add(Deployment deployment) {
        byQuery.put(deployment.queryId(), deployment);
    }

    /** Assignments on a node, for placement. */
    int load(String nodeId) {
        long parts =
                byQuery.values().stream()
                        .flatMap(d -> d.parts().stream())
                        .filter(p -> p.assignment().nodeId().equals(nodeId))
                        .count();
        return (int) parts + shared.onNode(nodeId).size();
    }

    // ---- start

    void start(Deployment deployment, Wiring wiring, long nowNs) {
        deployment.wiring(wiring);
        wiring.kernels().forEach(kernel -> shared.hold(kernel, deployment.queryId(), out));
        deployment.put(wiring.sink(), QueryState.STARTING);
        wiring.lateSinks().forEach(sink -> deployment.put(sink, QueryState.STARTING));
        for (int i = wiring.consumers().size() - 1; i >= 0; i--) {
            deployment.put(wiring.consumers().get(i), QueryState.STARTING);
        }
        deployment.parts().forEach(part -> out.assign(part.assignment()));
        phase(deployment, DeploymentPhase.STARTING, nowNs + START_WAIT_NS);
        tell(deployment);
    }

    /** The last to start: nothing is read before every kernel can take it. */
    private void connect(Deployment deployment, long nowNs) {
        phase(deployment, DeploymentPhase.CONNECTING, nowNs + START_WAIT_NS);
        Wiring wiring = deployment.wiring();
        String queryId = deployment.queryId();
        for (int i = wiring.taps().size() - 1; i >= 0; i--) {
            tap(deployment, wiring.taps().get(i));
        }
        for (Wiring.Source source : wiring.sources()) {
            Assignment.Producer producer =
                    new Assignment.Producer(
                            AssignmentIds.part(queryId, source.name()),
                            queryId,
                            deployment.subquery().epoch(),
                            source.nodeId(),
                            source.stream(),
                            List.of(source.edge()));
            deployment.put(paused(producer, deployment), QueryState.STARTING);
            out.assign(paused(producer, deployment));
        }
        shared.of(queryId)
                .forEach(s -> deployment.problems().startFrom(s.id(), shared.problems(s.id())));
        shared.pause(queryId, deployment.subquery().paused(), out);
        if (deployment.everyPartHasRun() && deployment.confirmed(Set.of())) {
            run(deployment); // all that it needs is there already
        }
    }

    private void tap(Deployment deployment, Wiring.Tap tap) {
        SharedSender sender =
                tap.from() instanceof SharedWork.Reading reading
                        ? shared.reader(reading, deployment.subquery().epoch())
                        : shared.held(tap.from(), deployment.queryId());
        if (!sender.isConnected(tap.edge().id())) {
            deployment.await(Set.of(tap.edge().id()));
        }
        sender.add(tap.edge(), out);
    }

    /** Its sources give it rows, or keep or drop them, as its subquery says. */
    void pauseOrResume(Deployment deployment) {
        shared.pause(deployment.queryId(), deployment.subquery().paused(), out);
        for (Deployment.Part part : deployment.parts()) {
            if (part.assignment() instanceof Assignment.Producer known) {
                Assignment.Producer wanted = paused(known, deployment);
                if (!wanted.equals(known)) {
                    deployment.put(wanted, part.state());
                    out.assign(wanted);
                }
            }
        }
    }

    private static Assignment.Producer paused(Assignment.Producer producer, Deployment deployment) {
        List<String> edges =
                deployment.subquery().paused()
                        ? producer.outputs().stream().map(Edge::id).toList()
                        : List.of();
        return new Assignment.Producer(
                producer.id(),
                producer.queryId(),
                producer.epoch(),
                producer.nodeId(),
                producer.stream(),
                producer.outputs(),
                edges);
    }

    // ---- what nodes report

    void onChanged(AssignmentChanged change, long nowNs) {
        Optional<SharedSender> sender = shared.byId(change.assignmentId());
        if (sender.isPresent()) {
            onShared(sender.get(), change, nowNs);
            return;
        }
        Deployment deployment = byQuery.get(change.queryId());
        Deployment.Part part = deployment == null ? null : deployment.part(change.assignmentId());
        if (part == null || !part.assignment().nodeId().equals(change.nodeId())) {
            return;
        }
        deployment.put(part.assignment(), change.state());
        if (deployment.phase() == DeploymentPhase.ENDING) {
            if (change.state().isFinal()) {
                deployment.remove(change.assignmentId());
                stopWhenEmpty(deployment);
            }
        } else if (change.state() == QueryState.FAILED) {
            fail(deployment, orBug(change.failure(), change.assignmentId()));
        } else if (change.state() == QueryState.FINISHED
                && part.assignment() instanceof Assignment.Sink
                && deployment.isWritten()
                && deployment.phase() != DeploymentPhase.ADOPTED) {
            finish(deployment);
        } else {
            goOn(deployment, nowNs);
        }
    }

    /** To the next phase, if all it needs for that is there. */
    private void goOn(Deployment deployment, long nowNs) {
        if (!deployment.everyPartHasRun() || !shared.haveRun(deployment.queryId())) {
            return;
        }
        if (deployment.phase() == DeploymentPhase.STARTING) {
            connect(deployment, nowNs);
        } else if (deployment.phase() == DeploymentPhase.CONNECTING
                && deployment.confirmed(Set.of())) {
            run(deployment);
        }
    }

    private void onShared(SharedSender sender, AssignmentChanged change, long nowNs) {
        if (change.state() == QueryState.FAILED) {
            Set<String> queries = shared.queries(sender);
            shared.remove(sender);
            Failure failure = orBug(change.failure(), change.assignmentId());
            queries.forEach(id -> of(id).ifPresent(d -> fail(d, failure)));
            return;
        }
        if (change.state() == QueryState.FINISHED) {
            sender.end();
        } else if (change.state() != QueryState.RUNNING) {
            return;
        }
        Set<String> edges = sender.confirmed(out);
        for (Deployment deployment : all()) {
            deployment.confirmed(edges);
            goOn(deployment, nowNs);
        }
    }

    private static Failure orBug(Failure failure, String assignmentId) {
        return failure != null
                ? failure
                : Failure.of(ErrorCode.BUG, assignmentId + " failed without saying why");
    }

    void run(Deployment deployment) {
        phase(deployment, DeploymentPhase.RUNNING, 0);
        tell(deployment);
    }

    // ---- end

    void finish(Deployment deployment) {
        if (deployment.phase() != DeploymentPhase.RUNNING) {
            run(deployment); // a short input can be over before the news that it was open
        }
        Map<String, String> placement = deployment.placement(shared);
        release(deployment);
        over(deployment, QueryState.FINISHED, null, placement);
    }

    void fail(Deployment deployment, Failure failure) {
        Map<String, String> placement = deployment.placement(shared);
        release(deployment);
        over(deployment, QueryState.FAILED, failure, placement);
    }

    void withdraw(Deployment deployment, long nowNs) {
        if (deployment.phase() == DeploymentPhase.ENDING) {
            return;
        }
        release(deployment);
        phase(deployment, DeploymentPhase.ENDING, nowNs + END_WAIT_NS);
        stopWhenEmpty(deployment);
    }

    /**
     * Ends the parts without a word to the region; {@code next} starts when they are gone, so that
     * late news of an old part is never taken for news of a new one of the same name.
     *
     * @param next null when what comes next is not known yet
     */
    void replace(Deployment deployment, Subquery next, long nowNs) {
        deployment.next(next);
        deployment.subquery(null);
        withdraw(deployment, nowNs);
    }

    /** What can start now in place of what has ended. */
    List<Subquery> takeReplacements() {
        List<Subquery> taken = List.copyOf(replacements);
        replacements.clear();
        return taken;
    }

    private void stopWhenEmpty(Deployment deployment) {
        if (deployment.parts().isEmpty()) {
            stopped(deployment);
        }
    }

    private void stopped(Deployment deployment) {
        if (deployment.next() != null) {
            remove(deployment);
            replacements.add(deployment.next());
        } else if (deployment.subquery() == null) {
            remove(deployment);
        } else {
            over(deployment, QueryState.STOPPED, null, Map.of());
        }
    }

    /**
     * Tells the nodes to end every part, against the stream: nobody sends to a kernel that is gone.
     */
    void release(Deployment deployment) {
        shared.release(deployment.queryId(), out);
        deployment.fromTheSource().forEach(a -> out.unassign(a.nodeId(), a.id()));
    }

    void remove(Deployment deployment) {
        byQuery.remove(deployment.queryId(), deployment);
    }

    private void over(
            Deployment deployment,
            QueryState state,
            Failure failure,
            Map<String, String> placement) {
        remove(deployment);
        QueryChanged last = new QueryChanged(deployment.queryId(), state, failure, placement);
        ended.add(deployment.epoch(), last);
        out.toRegion(last);
    }

    /** A node is gone with everything on it: what ran there has failed. */
    void nodeLeft(String nodeId) {
        for (SharedSender sender : shared.onNode(nodeId)) {
            Set<String> queries = shared.queries(sender);
            shared.remove(sender);
            for (String queryId : queries) {
                of(queryId).ifPresent(d -> fail(d, left(nodeId, sender.label(), queryId)));
            }
        }
        for (Deployment deployment : all()) {
            List<String> lost = new ArrayList<>();
            for (Deployment.Part part : deployment.parts()) {
                if (part.assignment().nodeId().equals(nodeId)) {
                    lost.add(part.assignment().id());
                }
            }
            if (deployment.phase() == DeploymentPhase.ENDING) {
                lost.forEach(deployment::remove);
                stopWhenEmpty(deployment);
            } else if (!lost.isEmpty() || deployment.startsSourceOn(nodeId)) {
                String what = lost.isEmpty() ? Operators.SOURCE : String.join(", ", lost);
                fail(deployment, left(nodeId, what, deployment.queryId()));
            }
        }
    }

    private static Failure left(String nodeId, String what, String queryId) {
        return Failure.of(
                ErrorCode.UNREACHABLE,
                "node \""
                        + nodeId
                        + "\" left while it ran "
                        + what
                        + " of "
                        + queryId
                        + ": start the query again when it is back");
    }

    // ---- time and news

    void onTime(long nowNs) {
        for (Deployment deployment : all()) {
            if (!deployment.isLate(nowNs)) {
                continue;
            }
            if (deployment.phase() == DeploymentPhase.ENDING) {
                stopped(deployment);
            } else if (deployment.phase() == DeploymentPhase.STARTING
                    || deployment.phase() == DeploymentPhase.CONNECTING) {
                fail(deployment, silent(deployment));
            }
        }
    }

    private Failure silent(Deployment deployment) {
        String missing =
                deployment.parts().stream()
                        .filter(part -> !part.hasRun())
                        .map(p -> p.assignment().id() + " on " + p.assignment().nodeId())
                        .findFirst()
                        .orElse("its source");
        return Failure.of(
                ErrorCode.UNREACHABLE,
                missing
                        + " did not start within "
                        + START_WAIT_NS / 1_000_000_000L
                        + " s: look at the log of the node");
    }

    void tell(Deployment deployment) {
        out.toRegion(
                new QueryChanged(
                        deployment.queryId(),
                        deployment.state(),
                        null,
                        deployment.placement(shared)));
    }

    private void phase(Deployment deployment, DeploymentPhase next, long deadlineNs) {
        deployment.phase(next, deadlineNs);
        if (deadlineNs != 0) {
            out.wakeAt(deadlineNs);
        }
    }

    /** True when rows flow into the query: from its own producer or from a shared one. */
    boolean isFed(Deployment deployment) {
        return deployment.parts().stream()
                        .anyMatch(p -> p.assignment() instanceof Assignment.Producer)
                || deployment.sourceEdges().stream().anyMatch(e -> shared.isFlowing(e.id()));
    }

    /** Every part from the sources to the sink is there. */
    boolean isComplete(Deployment deployment) {
        List<Edge> edges = deployment.sourceEdges();
        return !edges.isEmpty() && edges.stream().allMatch(edge -> isFed(deployment, edge));
    }

    private boolean isFed(Deployment deployment, Edge edge) {
        return shared.isComplete(edge.id())
                || deployment.parts().stream()
                        .map(Deployment.Part::assignment)
                        .filter(Assignment.Producer.class::isInstance)
                        .map(Assignment.Producer.class::cast)
                        .anyMatch(p -> p.outputs().contains(edge));
    }

    /**
     * Where the source of a stream runs already, or will when a query that was placed before has
     * started; null when nowhere. Two queries on one stream share its source, so they must agree.
     */
    String sourceNode(StreamDefinition stream) {
        return shared.reading(stream)
                .map(SharedSender::nodeId)
                .or(() -> plannedSourceNode(stream))
                .orElse(null);
    }

    private Optional<String> plannedSourceNode(StreamDefinition stream) {
        return all().stream()
                .filter(deployment -> deployment.phase() == DeploymentPhase.STARTING)
                .map(Deployment::wiring)
                .filter(Objects::nonNull)
                .flatMap(wiring -> wiring.taps().stream())
                .map(Wiring.Tap::from)
                .filter(from -> from instanceof SharedWork.Reading r && r.stream().equals(stream))
                .map(SharedWork::nodeId)
                .findFirst();
    }
}
