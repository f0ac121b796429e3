package galois.itest;

import galois.api.control.Assignment;
import galois.api.control.Bus;
import galois.api.control.Message;
import galois.api.control.QueryState;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A cluster manager by hand: says what a test tells it to, and keeps what nodes answer. */
final class TestCluster implements AutoCloseable {
    /** How long nothing at all may come. */
    private static final long LIMIT_MS = 30_000;

    private final List<Message> received = new ArrayList<>();
    private final Bus.Member member;

    TestCluster(Bus bus, String id) {
        member = bus.join("cluster/" + id, (from, message) -> receive(message));
    }

    void assign(Assignment assignment) {
        member.send("node/" + assignment.nodeId(), new Message.Assign(assignment));
    }

    void unassign(String nodeId, String assignmentId) {
        member.send("node/" + nodeId, new Message.Unassign(assignmentId));
    }

    /** The data address of a node, once it has said it. */
    String address(String nodeId) throws InterruptedException {
        return await(
                        Message.NodeHello.class,
                        hello -> hello.nodeId().equals(nodeId) && !hello.dataAddress().isEmpty())
                .dataAddress();
    }

    Message.AssignmentChanged await(String assignmentId, QueryState state)
            throws InterruptedException {
        return await(
                Message.AssignmentChanged.class,
                changed -> changed.assignmentId().equals(assignmentId) && changed.state() == state);
    }

    /** Returns when the node has left the bus: a deleted configuration takes effect later. */
    void awaitGone(String nodeId) throws InterruptedException {
        await(
                Message.MemberChanged.class,
                changed -> changed.address().equals("node/" + nodeId) && !changed.up());
    }

    /** The first message that fits, received before or after now; the test's limit ends it. */
    synchronized <T extends Message> T await(Class<T> type, Predicate<T> fits)
            throws InterruptedException {
        for (int seen = 0; ; ) {
            for (; seen < received.size(); seen++) {
                Message message = received.get(seen);
                if (type.isInstance(message) && fits.test(type.cast(message))) {
                    return type.cast(message);
                }
            }
            wait(LIMIT_MS);
            if (seen == received.size()) {
                throw new AssertionError("no such " + type.getSimpleName() + " in " + received);
            }
        }
    }

    @Override
    public void close() {
        member.close();
    }

    private synchronized void receive(Message message) {
        received.add(message);
        notifyAll();
    }
}
