package galois.node.consumer;

import galois.api.GaloisException;
import galois.api.control.Assignment;
import galois.api.kernel.KernelRuntime;
import galois.api.node.NodeContext;
import galois.node.role.Ending;
import galois.node.role.Failures;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.util.Map;

/** The role c in the framework: one for each factory configuration that the node writes. */
@Component(
        configurationPid = "galois.node.consumer",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
public final class ConsumerComponent {
    private final ConsumerRole role;

    @Activate
    public ConsumerComponent(
            @Reference(name = "node") NodeContext node, Map<String, Object> properties) {
        role = role(node, String.valueOf(properties.get("assignment.id")));
    }

    private static ConsumerRole role(NodeContext node, String assignmentId) {
        Assignment assignment = node.assignment(assignmentId).orElse(null);
        if (!(assignment instanceof Assignment.Consumer consumer)) {
            return null; // withdrawn in the meantime
        }
        try {
            return new ConsumerRole(node, consumer);
        } catch (GaloisException e) {
            Failures.report(node, assignmentId, e);
            return null;
        }
    }

    @Activate
    void activate() {
        if (role != null) {
            role.start();
        }
    }

    @Modified
    void modified() {
        if (role != null) {
            role.changed();
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

    @Reference(
            name = "runtime",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRuntime(KernelRuntime runtime) {
        if (role != null) {
            role.runtimeCame(runtime);
        }
    }

    void unbindRuntime(KernelRuntime runtime) {
        if (role != null) {
            role.runtimeGone(runtime);
        }
    }
}
