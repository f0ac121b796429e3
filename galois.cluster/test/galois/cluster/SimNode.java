package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message;
import galois.api.control.Message.AssignmentChanged;
import galois.api.control.QueryState;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node of the simulation: roles start after a while, a bounded input is over after a while. */
final class SimNode implements ControlSim.Actor {
    private static final String MANAGER = "cluster/c1";

    private final ControlSim sim;
    private final String id;
    private final Map<String, Assignment> assignments = new LinkedHashMap<>();
    private final Map<String, QueryState> states = new LinkedHashMap<>();

    SimNode(ControlSim sim, String id) {
        this.sim = sim;
        this.id = id;
    }

    Map<String, Assignment> assignments() {
        return assignments;
    }

    @Override
    public void onMessage(String from, Message message) {
        if (message instanceof Message.MemberChanged change) {
            if (change.up() && change.address().equals(MANAGER)) {
                hello();
            }
        } else if (message instanceof Message.Assign assign) {
            assign(assign.assignment());
        } else if (message instanceof Message.Unassign unassign
                && assignments.containsKey(unassign.assignmentId())) {
            become(unassign.assignmentId(), QueryState.STOPPED);
            assignments.remove(unassign.assignmentId());
            states.remove(unassign.assignmentId());
        }
    }

    private void hello() {
        sim.send(
                address(),
                MANAGER,
                new Message.NodeHello(id, id + ":1", List.copyOf(assignments.values())));
        new ArrayList<>(states.keySet()).forEach(this::announce);
    }

    private void assign(Assignment assignment) {
        String key = assignment.id();
        if (assignment.equals(assignments.put(key, assignment))) {
            announce(key);
            return;
        }
        states.putIfAbsent(key, QueryState.STARTING);
        sim.later(() -> started(assignment));
    }

    /** Rows will come over the edge: where do they go next? */
    List<Edge> receive(Edge edge) {
        for (Assignment assignment : assignments.values()) {
            if (assignment instanceof Assignment.Consumer consumer
                    && consumer.inputs().get(0).edge().id().equals(edge.id())) {
                sim.check(states.get(consumer.id()) == QueryState.RUNNING, "feeds " + consumer);
                return outputs(consumer);
            }
            if (assignment instanceof Assignment.Sink sink && sink.input().id().equals(edge.id())) {
                sim.check(states.get(sink.id()) != QueryState.STARTING, "feeds " + sink);
                return List.of();
            }
        }
        sim.check(sim.hasLostNodes(), "nobody takes " + edge.id());
        return List.of();
    }

    private static List<Edge> outputs(Assignment.Consumer consumer) {
        return consumer.outputs().stream().map(Assignment.Output::edge).toList();
    }

    private void started(Assignment assignment) {
        if (!assignment.equals(assignments.get(assignment.id()))) {
            return;
        }
        become(assignment.id(), QueryState.RUNNING);
        if (assignment instanceof Assignment.Producer producer && !producer.queryId().isEmpty()) {
            sim.countInput(producer.queryId());
            sim.later(() -> ended(producer));
        }
    }

    private void ended(Assignment.Producer producer) {
        if (assignments.containsKey(producer.id())) {
            become(producer.id(), QueryState.FINISHED);
            sim.later(() -> producer.outputs().forEach(e -> sim.endOfInput(e.toNode(), e)));
        }
    }

    /** The end of the input arrives over an edge. */
    void onEnd(Edge edge) {
        for (Assignment assignment : List.copyOf(assignments.values())) {
            if (assignment instanceof Assignment.Consumer consumer
                    && consumer.inputs().get(0).edge().id().equals(edge.id())) {
                become(consumer.id(), QueryState.FINISHED);
                sim.later(() -> outputs(consumer).forEach(e -> sim.endOfInput(e.toNode(), e)));
            } else if (assignment instanceof Assignment.Sink sink
                    && sink.input().id().equals(edge.id())) {
                become(sink.id(), QueryState.FINISHED);
            }
        }
    }

    private void become(String assignmentId, QueryState state) {
        states.put(assignmentId, state);
        announce(assignmentId);
    }

    private void announce(String assignmentId) {
        QueryState state = states.get(assignmentId);
        if (state != QueryState.STARTING) {
            String queryId = assignments.get(assignmentId).queryId();
            sim.send(
                    address(),
                    MANAGER,
                    new AssignmentChanged(id, assignmentId, queryId, state, null));
        }
    }

    private String address() {
        return "node/" + id;
    }
}
