package galois.node.core;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Bus;
import galois.api.io.EdgeTransport;
import galois.api.node.NodeContext;
import galois.api.node.NodeStatus;
import galois.node.edge.Edges;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Hashtable;

/** A node in the framework; each factory configuration is one. */
@Component(
        configurationPid = "galois.node",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = NodeComponent.Config.class, factory = true)
public final class NodeComponent {
    private static final Logger LOG = LoggerFactory.getLogger(NodeComponent.class);

    /** Settings of a node. */
    @ObjectClassDefinition(name = "GALOIS node")
    public @interface Config {
        @AttributeDefinition(description = "Name of the node in its cluster, e.g. node-1")
        String node_id();

        @AttributeDefinition(description = "Cluster that the node belongs to, e.g. c1")
        String cluster() default "c1";

        @AttributeDefinition(description = "Address that other nodes send to, e.g. 127.0.0.1")
        String data_host() default "127.0.0.1";

        @AttributeDefinition(description = "Port that other nodes send to; 0 picks a free one")
        int data_port() default 0;
    }

    private final Bus bus;
    private final NodeTimer timer;
    private final Edges edges;
    private final Node node;
    private ServiceRegistration<?> registration;
    private EdgeTransport transport;

    @Activate
    public NodeComponent(@Reference ConfigurationAdmin admin, @Reference Bus bus, Config config) {
        String id = config.node_id();
        if (id == null || !id.matches("[A-Za-z0-9._-]+")) {
            throw new GaloisException(
                    ErrorCode.CONFIGURATION,
                    "node.id \"" + id + "\": give letters, digits, point, minus or underscore");
        }
        this.bus = bus;
        timer = new NodeTimer("galois-node-" + id);
        edges = new Edges(config.data_host(), config.data_port(), timer);
        node =
                new Node(
                        id,
                        config.cluster(),
                        new MachineClock(),
                        timer,
                        edges,
                        new RoleConfigurations(admin, id));
    }

    @Activate
    void activate(BundleContext context) {
        node.join(bus);
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("node.id", node.nodeId());
        registration =
                context.registerService(
                        new String[] {NodeContext.class.getName(), NodeStatus.class.getName()},
                        node,
                        properties);
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        node.leave();
        edges.close();
        timer.close();
    }

    /** A transport appeared, also the same one again after an update of its bundle. */
    @Reference(
            name = "transport",
            target = "(name=tcp)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindTransport(EdgeTransport appeared) {
        transport = appeared;
        try {
            edges.open(appeared);
            node.hello();
        } catch (GaloisException e) {
            LOG.error("node {}: {}", node.nodeId(), e.userText());
        }
    }

    synchronized void unbindTransport(EdgeTransport gone) {
        if (transport == gone) {
            transport = null;
            edges.close();
        }
    }
}
