package galois.node.core;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;

/** Role configurations in the framework's configuration store. */
final class RoleConfigurations implements RoleDirectory {
    private final ConfigurationAdmin admin;
    private final String nodeId;

    RoleConfigurations(ConfigurationAdmin admin, String nodeId) {
        this.admin = admin;
        this.nodeId = nodeId;
    }

    @Override
    public void put(String factoryPid, String name, Map<String, Object> properties) {
        Dictionary<String, Object> dictionary = new Hashtable<>(properties);
        try {
            admin.getFactoryConfiguration(factoryPid, name, "?").update(dictionary);
        } catch (IOException e) {
            throw failure("written", e);
        }
    }

    @Override
    public void remove(String factoryPid, String name) {
        try {
            admin.getFactoryConfiguration(factoryPid, name, "?").delete();
        } catch (IOException e) {
            throw failure("deleted", e);
        }
    }

    @Override
    public void clear() {
        String filter = "(&(service.factoryPid=galois.node.*)(node.id=" + nodeId + "))";
        try {
            Configuration[] stale = admin.listConfigurations(filter);
            for (Configuration configuration : stale == null ? new Configuration[0] : stale) {
                if (configuration.getProperties().get("assignment.id") != null) {
                    configuration.delete();
                }
            }
        } catch (IOException e) {
            throw failure("deleted", e);
        } catch (InvalidSyntaxException e) {
            throw new GaloisException(
                    ErrorCode.CONFIGURATION, "node.id \"" + nodeId + "\" is not a plain name", e);
        }
    }

    private static GaloisException failure(String verb, IOException cause) {
        return new GaloisException(
                ErrorCode.CONFIGURATION,
                "a role configuration cannot be "
                        + verb
                        + ": "
                        + cause.getMessage()
                        + "; is the data directory writable?",
                cause);
    }
}
