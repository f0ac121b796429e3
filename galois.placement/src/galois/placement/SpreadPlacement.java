package galois.placement;

import galois.api.placement.PlacementRequest;
import galois.api.placement.PlacementStrategy;

import org.osgi.service.component.annotations.Component;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts the chain into contiguous runs of equal length, one for each node, in the order of the
 * nodes: with two nodes, source and filter on the first, projection and sink on the second. With
 * more nodes than operators the last nodes get nothing. The runs are rotated so that the first
 * pinned operator lies on its node; any other pinned operator leaves its run when it must.
 */
@Component(property = "name=spread")
public final class SpreadPlacement implements PlacementStrategy {
    @Override
    public Map<String, String> place(PlacementRequest request) {
        Pins pins = Pins.of(request);
        List<String> operators = request.operators();
        List<String> nodes = pins.nodes();
        int runs = Math.min(nodes.size(), operators.size());
        int rotation = rotation(operators, nodes, pins, runs);
        Map<String, String> placement = new LinkedHashMap<>();
        for (int i = 0; i < operators.size(); i++) {
            String inRun = nodes.get((run(i, runs, operators.size()) + rotation) % nodes.size());
            placement.put(operators.get(i), pins.nodeOf(operators.get(i)).orElse(inRun));
        }
        return placement;
    }

    private static int rotation(List<String> operators, List<String> nodes, Pins pins, int runs) {
        for (int i = 0; i < operators.size(); i++) {
            String pinned = pins.nodeOf(operators.get(i)).orElse(null);
            if (pinned != null) {
                int run = run(i, runs, operators.size());
                return Math.floorMod(nodes.indexOf(pinned) - run, nodes.size());
            }
        }
        return 0;
    }

    private static int run(int operator, int runs, int operators) {
        return operator * runs / operators;
    }
}
