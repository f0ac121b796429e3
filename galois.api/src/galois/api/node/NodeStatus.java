package galois.api.node;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A node's own view, for live views in the same runtime; a service with property {@code node.id}.
 */
@ProviderType
public interface NodeStatus {
    /** A snapshot; any thread. */
    NodeReport report();
}
