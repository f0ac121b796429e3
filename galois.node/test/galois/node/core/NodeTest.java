package galois.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message;
import galois.api.control.QueryState;
import galois.api.node.EdgeOutput;
import galois.api.plan.StreamDefinition;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;
import galois.node.edge.Edges;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

@Timeout(60)
class NodeTest {
    private static final Schema SCHEMA = Schema.of(new Field("n", FieldType.BIGINT));

    private final RecordingBus bus = new RecordingBus();
    private final TestRoles roles = new TestRoles();
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final Edges edges = new Edges("127.0.0.1", 0, (delayMs, task) -> timers.add(task));
    private final Node node =
            new Node(
                    "node-1",
                    "c1",
                    new MachineClock(),
                    (delayMs, task) -> timers.add(task),
                    edges,
                    roles);

    @AfterEach
    void closeRoles() {
        roles.close();
    }

    @Test
    void joiningDeletesStaleRolesAndGreetsTheManager() {
        roles.put("galois.node.sink", "node-1_old", Map.of("assignment.id", "old"));
        node.join(bus);
        assertTrue(roles.configurations().isEmpty());
        assertEquals("node/node-1", bus.address());
        assertEquals(List.of(new Message.NodeHello("node-1", "", List.of())), bus.sent());
    }

    @Test
    void anAssignmentBecomesAConfigurationAndGoesWithIt() {
        node.join(bus);
        assign(sink("q-1.sink", 1));
        Map<String, Object> configuration = roles.configurations().get("node-1_q-1.sink");
        assertEquals("node-1", configuration.get("node.id"));
        assertEquals("(node.id=node-1)", configuration.get("node.target"));
        assertEquals("q-1.sink", configuration.get("assignment.id"));
        assertEquals("q-1", configuration.get("query.id"));
        assertTrue(node.assignment("q-1.sink").isPresent());
        bus.deliver(new Message.Unassign("q-1.sink"));
        bus.deliver(new Message.Unassign("q-1.sink"));
        assertTrue(roles.configurations().isEmpty());
        assertTrue(node.assignment("q-1.sink").isEmpty());
        bus.await(Message.AssignmentChanged.class, each -> each.state() == QueryState.STOPPED);
    }

    @Test
    void namesOfConfigurationsCannotCollide() {
        node.join(bus);
        assign(sink("a/b", 1));
        assign(sink("a_b", 1));
        assertEquals(2, roles.configurations().size());
    }

    @Test
    void aManagerThatComesBackHearsWhatRunsAndHowItEnded() {
        node.join(bus);
        Assignment running = sink("q-1.sink", 1);
        Assignment finished = sink("q-2.sink", 1);
        assign(running);
        assign(finished);
        node.report("q-1.sink", QueryState.RUNNING, null);
        node.report("q-2.sink", QueryState.FINISHED, null);
        bus.forget();
        bus.deliver(new Message.MemberChanged("cluster/c2", true));
        bus.deliver(new Message.MemberChanged("cluster/c1", false));
        assertTrue(bus.sent().isEmpty());
        bus.deliver(new Message.MemberChanged("cluster/c1", true));
        assertEquals(
                List.of(
                        new Message.NodeHello("node-1", "", List.of(running, finished)),
                        changed("q-1.sink", QueryState.RUNNING),
                        changed("q-2.sink", QueryState.FINISHED)),
                bus.sent());
    }

    @Test
    void theSameAssignmentAgainChangesNothingButIsAnswered() {
        node.join(bus);
        assign(sink("q-1.sink", 1));
        node.report("q-1.sink", QueryState.RUNNING, null);
        Object before = roles.configurations();
        bus.forget();
        assign(sink("q-1.sink", 1));
        assertEquals(before, roles.configurations());
        assertEquals(List.of(changed("q-1.sink", QueryState.RUNNING)), bus.sent());
    }

    @Test
    void anAssignmentOfAnEarlierEpochOrAnotherNodeIsIgnored() {
        node.join(bus);
        assign(sink("q-1.sink", 2));
        assign(sink("q-1.sink", 1));
        assertEquals(2, node.assignment("q-1.sink").orElseThrow().epoch());
        Edge edge = new Edge("e", "node-2", "node-2", "", SCHEMA);
        assign(new Assignment.Sink("x", "q", 1, "node-2", edge, stream("t")));
        assertTrue(node.assignment("x").isEmpty());
    }

    @Test
    void finalNumbersAreReportedBeforeTheEnd() {
        node.join(bus);
        assign(sink("q-1.sink", 1));
        node.counters("q-1.sink").addRowsOut(17);
        bus.forget();
        node.report("q-1.sink", QueryState.FINISHED, null);
        Message.Report report = (Message.Report) bus.sent().get(0);
        assertEquals(17, report.report().roles().get(0).rowsOut());
        assertEquals("z", report.report().roles().get(0).role());
        assertEquals(changed("q-1.sink", QueryState.FINISHED), bus.sent().get(1));
    }

    @Test
    void reportsGoOnWhileSomethingRunsAndStopAfterwards() {
        node.join(bus);
        assertTrue(timers.isEmpty());
        assign(sink("q-1.sink", 1));
        bus.forget();
        timers.remove().run();
        timers.remove().run();
        assertEquals(2, bus.sent().size());
        node.report("q-1.sink", QueryState.FINISHED, null);
        timers.remove().run();
        assertTrue(timers.isEmpty());
        assign(sink("q-2.sink", 1));
        assertEquals(1, timers.size());
    }

    @Test
    void edgesCountersAndParkedStateOutliveTheRoleButNotTheAssignment() {
        node.join(bus);
        assign(producer(List.of("e1", "e2")));
        EdgeOutput first = node.output(edge("e1"), 1);
        assertSame(first, node.output(edge("e1"), 1));
        node.counters("p").addRowsIn(3);
        node.park("p", new byte[] {1});
        assign(producer(List.of("e1")));
        assertSame(first, node.output(edge("e1"), 1));
        assertEquals(3, node.counters("p").rowsIn());
        assertTrue(node.unpark("p").isPresent());
        assertFalse(node.unpark("p").isPresent());
        bus.deliver(new Message.Unassign("p"));
        node.park("p", new byte[] {1});
        assertFalse(node.unpark("p").isPresent());
        assertTrue(first.offer(new byte[8], 8, 0)); // thrown away, nobody waits
    }

    private void assign(Assignment assignment) {
        bus.deliver(new Message.Assign(assignment));
    }

    private static Message changed(String id, QueryState state) {
        return new Message.AssignmentChanged(
                "node-1", id, id.replaceFirst("\\..*", ""), state, null);
    }

    private static Assignment sink(String id, long epoch) {
        String query = id.replaceFirst("\\..*", "");
        return new Assignment.Sink(id, query, epoch, "node-1", edge(id + ".e"), stream("t"));
    }

    private static Assignment producer(List<String> edges) {
        return new Assignment.Producer(
                "p", "q", 1, "node-1", stream("s"), edges.stream().map(NodeTest::edge).toList());
    }

    private static Edge edge(String id) {
        return new Edge(id, "node-1", "node-1", "", SCHEMA);
    }

    private static StreamDefinition stream(String name) {
        return new StreamDefinition(name, SCHEMA, Map.of(), -1, 0, Map.of());
    }
}
