package galois.node.sink;

import galois.api.GaloisException;
import galois.api.control.Assignment;
import galois.api.io.Format;
import galois.api.io.SinkConnector;
import galois.api.node.NodeContext;
import galois.node.role.Ending;
import galois.node.role.Failures;
import galois.node.role.NamedServices;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import java.util.Map;

/** The role z in the framework: one for each factory configuration that the node writes. */
@Component(
        configurationPid = "galois.node.sink",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
public final class SinkComponent {
    private final NodeContext node;
    private final String assignmentId;
    private final NamedServices<SinkConnector> connectors = new NamedServices<>("transport");
    private final NamedServices<Format> formats = new NamedServices<>("format");
    private volatile SinkRole role;

    @Activate
    public SinkComponent(
            @Reference(name = "node") NodeContext node, Map<String, Object> properties) {
        this.node = node;
        this.assignmentId = String.valueOf(properties.get("assignment.id"));
    }

    @Activate
    void activate() {
        Assignment assignment = node.assignment(assignmentId).orElse(null);
        if (!(assignment instanceof Assignment.Sink sink)) {
            return; // withdrawn in the meantime
        }
        try {
            role = new SinkRole(node, sink, connectors, formats);
            role.start();
        } catch (GaloisException e) {
            Failures.report(node, assignmentId, e);
        }
    }

    @Deactivate
    void deactivate(BundleContext context) {
        stop(Ending.of(context));
    }

    void stop(Ending ending) {
        if (role != null) {
            role.stop(ending);
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addConnector(SinkConnector connector, Map<String, ?> properties) {
        connectors.add(connector, properties);
        changed();
    }

    void removeConnector(SinkConnector connector, Map<String, ?> properties) {
        connectors.remove(connector, properties);
        changed();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFormat(Format format, Map<String, ?> properties) {
        formats.add(format, properties);
        changed();
    }

    void removeFormat(Format format, Map<String, ?> properties) {
        formats.remove(format, properties);
        changed();
    }

    private void changed() {
        SinkRole running = role;
        if (running != null) {
            running.changed();
        }
    }
}
