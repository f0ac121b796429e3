package galois.node.core;

import java.util.Map;

/**
 * Where the assignments of this node are written so that their roles start, change and stop:
 * factory configurations.
 */
interface RoleDirectory {
    /** Creates or replaces a configuration; its role starts or is modified soon after. */
    void put(String factoryPid, String name, Map<String, Object> properties);

    /** Deletes a configuration, if it is there; its role stops soon after. */
    void remove(String factoryPid, String name);

    /** Deletes every role configuration of this node, also those of an earlier run. */
    void clear();
}
