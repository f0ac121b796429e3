package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Message;

import java.util.ArrayList;
import java.util.List;

/** The effects of the event in hand, in order. */
final class Outbox {
    private final String regionAddress;
    private List<ClusterEffect> effects = new ArrayList<>();

    Outbox(String regionAddress) {
        this.regionAddress = regionAddress;
    }

    List<ClusterEffect> take() {
        List<ClusterEffect> taken = List.copyOf(effects);
        effects = new ArrayList<>();
        return taken;
    }

    void add(ClusterEffect effect) {
        effects.add(effect);
    }

    void send(String to, Message message) {
        effects.add(new ClusterEffect.Send(to, message));
    }

    void toRegion(Message message) {
        send(regionAddress, message);
    }

    void assign(Assignment assignment) {
        send(NodeTable.ADDRESS + assignment.nodeId(), new Message.Assign(assignment));
    }

    void unassign(String nodeId, String assignmentId) {
        send(NodeTable.ADDRESS + nodeId, new Message.Unassign(assignmentId));
    }

    void wakeAt(long timeNs) {
        effects.add(new ClusterEffect.WakeAt(timeNs));
    }
}
