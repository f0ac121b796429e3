package galois.node.consumer;

import galois.api.control.Assignment;
import galois.api.kernel.KernelRuntime;
import galois.api.node.NodeContext;
import galois.node.role.Ending;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
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
        Assignment assignment =
                node.assignment(String.valueOf(properties.get("assignment.id"))).orElse(null);
        role =
                assignment instanceof Assignment.Consumer consumer
                        ? new ConsumerRole(node, consumer)
                        : null; // withdrawn in the meantime
    }

    @Activate
    void activate() {
        if (role != null) {
            role.start();
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
