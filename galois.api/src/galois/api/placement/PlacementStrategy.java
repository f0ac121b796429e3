package galois.api.placement;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.Map;

/**
 * Chooses a node for every operator of a subquery; a service with property {@code name} ({@code
 * fused}, {@code spread}). Neighbours on one node are fused into one kernel. Pure; must not block.
 */
@ConsumerType
public interface PlacementStrategy {
    /**
     * @return a node for every operator of the request, pins respected; never null
     * @throws galois.api.GaloisException PLACEMENT_INFEASIBLE when there is none
     */
    Map<String, String> place(PlacementRequest request);
}
