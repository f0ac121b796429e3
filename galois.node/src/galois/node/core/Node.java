package galois.node.core;

import galois.api.Clock;
import galois.api.GaloisException;
import galois.api.control.Assignment;
import galois.api.control.Bus;
import galois.api.control.Edge;
import galois.api.control.Message;
import galois.api.control.Message.Failure;
import galois.api.control.QueryState;
import galois.api.node.EdgeInput;
import galois.api.node.EdgeOutput;
import galois.api.node.NodeContext;
import galois.api.node.NodeReport;
import galois.api.node.NodeStatus;
import galois.api.node.RoleCounters;
import galois.node.edge.Edges;
import galois.node.edge.Timer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * One node: takes assignments from its cluster manager, turns each into a role configuration, and
 * keeps for the roles what must outlive their bundles. Messages come one at a time from the bus;
 * roles call from their own threads.
 */
final class Node implements Bus.Receiver, NodeContext, NodeStatus {
    /** How often a report is sent while something runs. */
    static final long REPORT_INTERVAL_MS = 1_000;

    /** Every so many reports the peers are asked whether they are there. */
    private static final int REPORTS_PER_KEEP_ALIVE = 5;

    private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9.-]");
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private final String nodeId;
    private final String manager;
    private final Clock clock;
    private final Timer timer;
    private final Edges edges;
    private final RoleDirectory roles;
    private final CodeStore code;
    private final Map<String, RoleEntry> entries = new ConcurrentSkipListMap<>();
    private final AtomicBoolean reporting = new AtomicBoolean();
    private volatile Bus.Member member;
    private int reports;

    Node(
            String nodeId,
            String clusterId,
            Clock clock,
            Timer timer,
            Edges edges,
            RoleDirectory roles) {
        this.nodeId = nodeId;
        this.manager = "cluster/" + clusterId;
        this.clock = clock;
        this.timer = timer;
        this.edges = edges;
        this.roles = roles;
        this.code = new CodeStore(codeId -> send(new Message.CodeRequest(nodeId, codeId)), timer);
    }

    /** Takes the node's address on the bus; the cluster manager hears of it when it is there. */
    void join(Bus bus) {
        roles.clear();
        member = bus.join("node/" + nodeId, this);
        hello();
    }

    /** Leaves the bus; every role is stopped. */
    void leave() {
        Bus.Member left = member;
        member = null;
        if (left != null) {
            left.close();
        }
        roles.clear();
        entries.clear();
    }

    /** The data address changed: the cluster manager must know before it places anything here. */
    void hello() {
        List<Assignment> running = new ArrayList<>();
        entries.values().forEach(entry -> running.add(entry.assignment()));
        send(new Message.NodeHello(nodeId, edges.address(), running));
        entries.values().forEach(this::announce);
    }

    @Override
    public void onMessage(String from, Message message) {
        if (message instanceof Message.MemberChanged changed) {
            if (changed.up() && changed.address().equals(manager)) {
                hello();
            }
        } else if (message instanceof Message.Assign assign) {
            assign(assign.assignment());
        } else if (message instanceof Message.Unassign unassign) {
            unassign(unassign.assignmentId());
        } else if (message instanceof Message.CodeReply reply) {
            code.onReply(reply.codeId(), reply.wasm());
        } else {
            LOG.warn("node {} does not expect {} from {}", nodeId, message.getClass(), from);
        }
    }

    private void assign(Assignment assignment) {
        if (!assignment.nodeId().equals(nodeId)) {
            LOG.warn("node {} was given an assignment of {}", nodeId, assignment.nodeId());
            return;
        }
        RoleEntry entry = entries.get(assignment.id());
        if (entry == null) {
            entry = new RoleEntry(assignment, clock.epochUs());
            entries.put(assignment.id(), entry);
        } else if (entry.assignment().equals(assignment)) {
            announce(entry); // said again by a manager that came back
            return;
        } else if (assignment.epoch() < entry.assignment().epoch()) {
            LOG.info("node {} ignores an assignment of an earlier epoch", nodeId);
            return;
        }
        closeGone(entry.assignment(), assignment);
        entry.update(assignment);
        RoleKind kind = RoleKind.of(assignment);
        try {
            roles.put(kind.factoryPid(), name(assignment.id()), properties(entry, kind));
        } catch (GaloisException e) {
            report(assignment.id(), QueryState.FAILED, failure(e));
            return;
        }
        if (entry.state().isFinal()) {
            announce(entry); // it ended before it was changed
        } else if (reporting.compareAndSet(false, true)) {
            timer.after(REPORT_INTERVAL_MS, this::tick);
        }
    }

    private void unassign(String assignmentId) {
        RoleEntry entry = entries.remove(assignmentId);
        if (entry == null) {
            return;
        }
        Assignment assignment = entry.assignment();
        RoleKind kind = RoleKind.of(assignment);
        kind.outputs().forEach(edges::closeOutput);
        kind.inputs().forEach(edges::closeInput);
        entry.become(QueryState.STOPPED, null);
        try {
            roles.remove(kind.factoryPid(), name(assignmentId));
        } catch (GaloisException e) {
            LOG.warn("node {}: {}", nodeId, e.userText());
        }
        announce(entry);
    }

    private void closeGone(Assignment before, Assignment after) {
        Set<Edge> gone = new HashSet<>(RoleKind.of(before).outputs());
        gone.removeAll(RoleKind.of(after).outputs());
        gone.forEach(edges::closeOutput);
    }

    private Map<String, Object> properties(RoleEntry entry, RoleKind kind) {
        Assignment assignment = entry.assignment();
        Map<String, Object> properties = new TreeMap<>();
        properties.put("node.id", nodeId);
        properties.put("node.target", "(node.id=" + nodeId + ")");
        properties.put("assignment.id", assignment.id());
        properties.put("revision", entry.revision());
        properties.put("query.id", assignment.queryId());
        properties.put("epoch", assignment.epoch());
        properties.put("label", kind.label());
        return properties;
    }

    /** A configuration's name: the node is part of it, because nodes share a framework. */
    private String name(String assignmentId) {
        return plain(nodeId) + "_" + plain(assignmentId);
    }

    private static String plain(String text) {
        return NOT_PLAIN
                .matcher(text)
                .replaceAll(found -> "_" + Integer.toHexString(found.group().charAt(0)) + "_");
    }

    private void tick() {
        reportNumbers();
        if (++reports % REPORTS_PER_KEEP_ALIVE == 0) {
            edges.keepAlive(clock.epochUs());
        }
        if (member != null && !isIdle()) {
            timer.after(REPORT_INTERVAL_MS, this::tick);
            return;
        }
        reporting.set(false);
        if (member != null && !isIdle() && reporting.compareAndSet(false, true)) {
            timer.after(REPORT_INTERVAL_MS, this::tick); // assigned between the two checks
        }
    }

    private boolean isIdle() {
        return entries.values().stream().allMatch(entry -> entry.state().isFinal());
    }

    private void announce(RoleEntry entry) {
        if (entry.state() != QueryState.STARTING) {
            Assignment assignment = entry.assignment();
            send(
                    new Message.AssignmentChanged(
                            nodeId,
                            assignment.id(),
                            assignment.queryId(),
                            entry.state(),
                            entry.failure()));
        }
    }

    private void send(Message message) {
        Bus.Member to = member;
        if (to != null) {
            to.send(manager, message);
        }
    }

    static Failure failure(GaloisException e) {
        return new Failure(e.code().number(), e.getMessage(), 0, 0);
    }

    // ---- for roles and views

    @Override
    public String nodeId() {
        return nodeId;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Optional<Assignment> assignment(String assignmentId) {
        return Optional.ofNullable(entries.get(assignmentId)).map(RoleEntry::assignment);
    }

    @Override
    public EdgeOutput output(Edge edge, long epoch) {
        return edges.output(edge, epoch);
    }

    @Override
    public EdgeInput input(Edge edge, long epoch) {
        return edges.input(edge);
    }

    @Override
    public CompletionStage<byte[]> code(String codeId) {
        return code.code(codeId);
    }

    @Override
    public void report(String assignmentId, QueryState state, Failure failure) {
        RoleEntry entry = entries.get(assignmentId);
        if (entry == null || entry.state().isFinal()) {
            return; // withdrawn in the meantime, or over: a bundle that is replaced changes nothing
        }
        if (state.isFinal()) {
            reportNumbers(); // the last numbers come before the end
        }
        entry.become(state, failure);
        announce(entry);
    }

    @Override
    public void reportNumbers() {
        send(new Message.Report(report()));
    }

    @Override
    public void park(String assignmentId, byte[] state) {
        RoleEntry entry = entries.get(assignmentId);
        if (entry != null) {
            entry.park(state);
        }
    }

    @Override
    public Optional<byte[]> unpark(String assignmentId) {
        return Optional.ofNullable(entries.get(assignmentId)).flatMap(RoleEntry::unpark);
    }

    @Override
    public RoleCounters counters(String assignmentId) {
        RoleEntry entry = entries.get(assignmentId);
        return entry == null ? new RoleCounters() : entry.counters();
    }

    @Override
    public NodeReport report() {
        return new NodeReport(
                nodeId, edges.address(), entries.values().stream().map(RoleEntry::report).toList());
    }
}
