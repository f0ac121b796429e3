package galois.cluster;

import galois.api.ErrorCode;
import galois.api.control.Message.ExplainPlacement;
import galois.api.control.Message.Failure;
import galois.api.control.Message.PlacementExplained;
import galois.api.control.Message.SourceBinding;
import galois.api.control.Message.Subquery;
import galois.api.placement.PlacementRequest.NodeLoad;
import galois.api.plan.StreamDefinition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits to be placed and compiled: one at a time, so that each plan sees the one before, and
 * not before the nodes it needs are there.
 */
final class PlanningQueue {
    /** How long a subquery waits for the nodes it needs. */
    static final long NODE_WAIT_NS = 10_000_000_000L;

    /** Requests that may wait; one more is refused. */
    static final int WAITING_MAX = 4096;

    private final String clusterId;
    private final int nodesMin;
    private final NodeTable nodes;
    private final Deployments deployments;
    private final Outbox out;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private Request underWay;
    private long ticket;

    /**
     * @param question null when the subquery is to run
     */
    private record Request(
            long ticket, Subquery subquery, ExplainPlacement question, long deadlineNs) {
        boolean isFor(String queryId) {
            return question == null && subquery.queryId().equals(queryId);
        }

        /** Operator to the stream whose option {@code node} binds it to a node. */
        Map<String, StreamDefinition> pinned() {
            Map<String, StreamDefinition> pinned = new LinkedHashMap<>();
            for (int i = 0; i < subquery.sources().size(); i++) {
                SourceBinding source = subquery.sources().get(i);
                pinned.put(Operators.source(i), source.stream());
                if (source.side() != null) {
                    pinned.put(Operators.lateSink(i), source.side());
                }
            }
            pinned.put(Operators.SINK, subquery.sink().stream());
            pinned.values().removeIf(stream -> node(stream) == null);
            return pinned;
        }
    }

    private static String node(StreamDefinition stream) {
        return stream.option("node", null);
    }

    PlanningQueue(
            String clusterId, int nodesMin, NodeTable nodes, Deployments deployments, Outbox out) {
        this.clusterId = clusterId;
        this.nodesMin = nodesMin;
        this.nodes = nodes;
        this.deployments = deployments;
        this.out = out;
    }

    void deploy(Subquery subquery, long nowNs) {
        add(new Request(++ticket, subquery, null, nowNs + NODE_WAIT_NS));
    }

    void explain(ExplainPlacement question, long nowNs) {
        add(new Request(++ticket, question.subquery(), question, nowNs + NODE_WAIT_NS));
    }

    private void add(Request request) {
        if (waiting.size() >= WAITING_MAX) {
            refuse(
                    request,
                    Failure.of(
                            ErrorCode.QUERY_LIMIT,
                            WAITING_MAX + " queries wait to be placed: try again later"));
            return;
        }
        waiting.add(request);
        out.wakeAt(request.deadlineNs());
    }

    /** The query is not wanted any more; an answer that is under way will be ignored. */
    void forget(String queryId) {
        waiting.removeIf(request -> request.isFor(queryId));
        if (underWay != null && underWay.isFor(queryId)) {
            underWay = null;
        }
    }

    void onPlanned(ClusterEvent.Planned planned, long nowNs) {
        Request request = answered(planned.ticket());
        if (request == null) {
            return;
        }
        PhysicalPlan plan = planned.plan();
        if (request.question() != null) {
            String text =
                    PlanDescription.of(plan, request.subquery().placement())
                            + SharedParts.of(request.subquery(), plan, deployments);
            ExplainPlacement question = request.question();
            out.send(question.replyTo(), new PlacementExplained(question.requestId(), text, null));
        } else if (!plan.placement().values().stream().allMatch(nodes::isReady)) {
            waiting.addFirst(request);
        } else {
            deployments
                    .of(request.subquery().queryId())
                    .filter(known -> known.phase() == DeploymentPhase.WAITING)
                    .ifPresent(known -> start(known, request.subquery(), plan, nowNs));
        }
    }

    private void start(Deployment known, Subquery subquery, PhysicalPlan plan, long nowNs) {
        Wiring wiring =
                Wiring.of(subquery, plan, nodes::dataAddress, deployments.shared()::kernelId);
        deployments.start(known, wiring, nowNs);
    }

    void onRefused(ClusterEvent.NotPlanned refused) {
        Request request = answered(refused.ticket());
        if (request != null) {
            refuse(request, refused.failure());
        }
    }

    private Request answered(long answeredTicket) {
        if (underWay == null || underWay.ticket() != answeredTicket) {
            return null;
        }
        Request request = underWay;
        underWay = null;
        return request;
    }

    /** Gives up what waited too long and starts the next that can be planned. */
    void onTime(long nowNs) {
        List<Request> late = waiting.stream().filter(r -> r.deadlineNs() - nowNs <= 0).toList();
        waiting.removeAll(late);
        late.forEach(request -> refuse(request, missing(request)));
        if (underWay != null || !nodes.isSettled(nowNs) || !isActive()) {
            return;
        }
        for (Request request : waiting) {
            if (request.pinned().values().stream().allMatch(s -> nodes.isReady(node(s)))) {
                waiting.remove(request);
                underWay = request;
                out.add(plan(request));
                return;
            }
        }
    }

    private ClusterEffect.Plan plan(Request request) {
        List<NodeLoad> loads =
                nodes.ready().stream().map(id -> new NodeLoad(id, deployments.load(id))).toList();
        Map<String, String> pinned = new HashMap<>();
        request.pinned().forEach((operator, stream) -> pinned.put(operator, node(stream)));
        List<SourceBinding> sources = request.subquery().sources();
        for (int i = 0; i < sources.size(); i++) {
            String runsAt =
                    sources.get(i).bounded()
                            ? null
                            : deployments.sourceNode(Wiring.forConnectors(sources.get(i).stream()));
            if (runsAt != null) {
                pinned.put(Operators.source(i), runsAt);
            }
        }
        return new ClusterEffect.Plan(request.ticket(), request.subquery(), loads, pinned);
    }

    private boolean isActive() {
        return nodes.ready().size() >= Math.max(1, nodesMin);
    }

    private void refuse(Request request, Failure failure) {
        if (request.question() != null) {
            ExplainPlacement question = request.question();
            out.send(
                    question.replyTo(),
                    new PlacementExplained(question.requestId(), null, failure));
        } else {
            deployments
                    .of(request.subquery().queryId())
                    .filter(known -> known.phase() == DeploymentPhase.WAITING)
                    .ifPresent(known -> deployments.fail(known, failure));
        }
    }

    private Failure missing(Request request) {
        String why;
        if (!isActive()) {
            why =
                    "cluster \""
                            + clusterId
                            + "\" has "
                            + nodes.ready().size()
                            + " of "
                            + Math.max(1, nodesMin)
                            + " nodes it needs: start a node";
        } else {
            why =
                    request.pinned().values().stream()
                            .filter(stream -> !nodes.isReady(node(stream)))
                            .findFirst()
                            .map(stream -> notThere(node(stream), stream.name()))
                            .orElse(
                                    "cluster \""
                                            + clusterId
                                            + "\" is busy placing other queries: try again later");
        }
        return Failure.of(ErrorCode.PLACEMENT_INFEASIBLE, why);
    }

    private String notThere(String nodeId, String streamName) {
        return "node \""
                + nodeId
                + "\" of stream \""
                + streamName
                + "\" (option node) is not in"
                + " cluster \""
                + clusterId
                + "\": nodes are \""
                + String.join("\", \"", nodes.ready())
                + "\"";
    }
}
