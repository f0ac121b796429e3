package galois.node.core;

import galois.api.Clock;
import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Assignment;
import galois.api.control.Message;
import galois.api.control.QueryState;
import galois.api.io.EdgeTransport;
import galois.api.kernel.KernelModule;
import galois.api.node.NodeReport;
import galois.node.edge.Edges;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A real node with a bus, a configuration store and a cluster manager made for tests. */
public final class TestNode implements AutoCloseable {
    private final ShiftedClock clock = new ShiftedClock();
    private final RecordingBus bus = new RecordingBus();
    private final TestRoles roles = new TestRoles();
    private final Map<String, byte[]> modules = new HashMap<>();
    private final NodeTimer timer;
    private final Edges edges;
    private final Node node;

    /**
     * @param transport null for a node without one
     */
    public TestNode(String id, EdgeTransport transport) {
        this(id, transport, 0);
    }

    /**
     * @param dataPort where to listen; the node is there, and deaf, when the port is taken
     */
    public TestNode(String id, EdgeTransport transport, int dataPort) {
        timer = new NodeTimer("test-" + id);
        edges = new Edges("127.0.0.1", dataPort, timer);
        node = new Node(id, "c1", clock, timer, edges, roles);
        roles.node(node);
        if (transport != null) {
            open(transport);
        }
        bus.onCodeRequest(
                request ->
                        timer.after(
                                0,
                                () ->
                                        bus.deliver(
                                                new Message.CodeReply(
                                                        request.codeId(),
                                                        modules.get(request.codeId())))));
        node.join(bus);
    }

    private void open(EdgeTransport transport) {
        try {
            edges.open(transport);
        } catch (GaloisException e) {
            if (e.code() != ErrorCode.PORT_IN_USE) {
                throw e;
            }
        }
    }

    /** The node's time of day. */
    public long epochUs() {
        return clock.epochUs();
    }

    /** Intervals of the node's clock end sooner by that much; roles notice when they are woken. */
    public void advanceMs(long ms) {
        clock.aheadNs.addAndGet(ms * 1_000_000);
    }

    public TestRoles roles() {
        return roles;
    }

    public String address() {
        return edges.address();
    }

    public Edges edges() {
        return edges;
    }

    /** What the cluster manager answers when it is asked for the code. */
    public String code(byte[] wasm) {
        String codeId = KernelModule.codeId(wasm);
        modules.put(codeId, wasm);
        return codeId;
    }

    public void assign(Assignment assignment) {
        bus.deliver(new Message.Assign(assignment));
    }

    public void unassign(String assignmentId) {
        bus.deliver(new Message.Unassign(assignmentId));
    }

    /** Waits until the node has told its manager of that state. */
    public Message.AssignmentChanged await(String assignmentId, QueryState state) {
        return bus.await(
                Message.AssignmentChanged.class,
                changed ->
                        changed.assignmentId().equals(assignmentId)
                                && (changed.state() == state
                                        || changed.state() == QueryState.FAILED));
    }

    /** From now on only what comes after counts for {@link #await}. */
    public void forget() {
        bus.forget();
    }

    public NodeReport.RoleReport report(String assignmentId) {
        return node.report().roles().stream()
                .filter(role -> role.assignmentId().equals(assignmentId))
                .findAny()
                .orElseThrow();
    }

    @Override
    public void close() {
        node.leave();
        roles.close();
        edges.close();
        timer.close();
    }

    /** The machine's clock, some time ahead. */
    private static final class ShiftedClock implements Clock {
        private final AtomicLong aheadNs = new AtomicLong();
        private final Clock machine = new MachineClock();

        @Override
        public long nowNs() {
            return machine.nowNs() + aheadNs.get();
        }

        @Override
        public long epochUs() {
            return machine.epochUs() + aheadNs.get() / 1_000;
        }
    }
}
