package galois.api.placement;

import java.util.List;
import java.util.Map;

/**
 * A chain of operators and the nodes that could run them.
 *
 * @param operators names in the order of the data: {@code source}, {@code filter}, ..., {@code
 *     sink}
 * @param nodes at least one, in a stable order
 * @param pinned operator to the node it must be on
 */
public record PlacementRequest(
        List<String> operators, List<NodeLoad> nodes, Map<String, String> pinned) {
    public PlacementRequest {
        operators = List.copyOf(operators);
        nodes = List.copyOf(nodes);
        pinned = Map.copyOf(pinned);
    }

    /**
     * @param assignments running on the node now
     */
    public record NodeLoad(String nodeId, int assignments) {}
}
