package galois.cluster;

import galois.api.control.Message;
import galois.api.control.Message.Subquery;
import galois.api.placement.PlacementRequest.NodeLoad;

import java.util.List;
import java.util.Map;

/** What a cluster manager wants done; in the order of the list. */
public sealed interface ClusterEffect {
    /** Send a message. */
    record Send(String to, Message message) implements ClusterEffect {}

    /** Answer with a {@link ClusterEvent.Tick} at that time or a little later. */
    record WakeAt(long timeNs) implements ClusterEffect {}

    /**
     * Place and compile, beside the agent; answer with Planned or NotPlanned. At most one is under
     * way.
     *
     * @param pinned operator to the node where it must be
     */
    record Plan(long ticket, Subquery subquery, List<NodeLoad> nodes, Map<String, String> pinned)
            implements ClusterEffect {}

    /** Send the code with that id, or that it is unknown. */
    record SendCode(String to, String codeId) implements ClusterEffect {}
}
