package galois.node.role;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Why a role is being stopped. */
public enum Ending {
    /** Its assignment was withdrawn, or its bundle is being replaced and it will go on. */
    ROLE,
    /** The whole framework ends. */
    FRAMEWORK;

    public static Ending of(BundleContext context) {
        return context.getBundle(0).getState() == Bundle.STOPPING ? FRAMEWORK : ROLE;
    }
}
