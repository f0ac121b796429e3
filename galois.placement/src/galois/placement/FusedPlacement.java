package galois.placement;

import galois.api.placement.PlacementRequest;
import galois.api.placement.PlacementRequest.NodeLoad;
import galois.api.placement.PlacementStrategy;

import org.osgi.service.component.annotations.Component;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything on one node, so that the chain becomes one kernel and no row crosses the network: the
 * least loaded node (the first of equals), or the node of a pinned source or sink. With several
 * pins an operator stays with the nearest pinned one before it, else with the first after it: the
 * filter works where the rows are born.
 */
@Component(property = "name=fused")
public final class FusedPlacement implements PlacementStrategy {
    @Override
    public Map<String, String> place(PlacementRequest request) {
        Pins pins = Pins.of(request);
        String node =
                pins.firstNode()
                        .orElseGet(
                                () ->
                                        request.nodes().stream()
                                                .min(Comparator.comparingInt(NodeLoad::assignments))
                                                .orElseThrow(Pins::noNode)
                                                .nodeId());
        Map<String, String> placement = new LinkedHashMap<>();
        for (String operator : request.operators()) {
            node = pins.nodeOf(operator).orElse(node);
            placement.put(operator, node);
        }
        return placement;
    }
}
