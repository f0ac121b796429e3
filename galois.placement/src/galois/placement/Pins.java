package galois.placement;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.placement.PlacementRequest;
import galois.api.placement.PlacementRequest.NodeLoad;

import java.util.List;
import java.util.Optional;

/** The operators that are bound to a node, checked against the nodes that are there. */
record Pins(PlacementRequest request, List<String> nodes) {
    /**
     * @throws GaloisException PLACEMENT_INFEASIBLE without any node, or when a pin names another
     *     one
     */
    static Pins of(PlacementRequest request) {
        List<String> nodes = request.nodes().stream().map(NodeLoad::nodeId).toList();
        if (nodes.isEmpty()) {
            throw noNode();
        }
        request.pinned()
                .forEach(
                        (operator, node) -> {
                            if (!nodes.contains(node)) {
                                throw new GaloisException(
                                        ErrorCode.PLACEMENT_INFEASIBLE,
                                        "the "
                                                + operator
                                                + " must run on node \""
                                                + node
                                                + "\", which is not in the cluster: nodes are \""
                                                + String.join("\", \"", nodes)
                                                + "\"");
                            }
                        });
        return new Pins(request, nodes);
    }

    static GaloisException noNode() {
        return new GaloisException(
                ErrorCode.PLACEMENT_INFEASIBLE, "the cluster has no node: start one");
    }

    Optional<String> nodeOf(String operator) {
        return Optional.ofNullable(request.pinned().get(operator));
    }

    /** The node of the first pinned operator of the chain. */
    Optional<String> firstNode() {
        return request.operators().stream().flatMap(o -> nodeOf(o).stream()).findFirst();
    }
}
