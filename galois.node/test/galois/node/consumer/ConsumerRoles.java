package galois.node.consumer;

import galois.api.kernel.KernelRuntime;
import galois.api.node.NodeContext;
import galois.node.core.TestRoles;
import galois.node.role.Ending;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Consumers over a runtime that a test replaces. */
public final class ConsumerRoles implements TestRoles.Factory {
    private final List<ConsumerComponent> components = new ArrayList<>();
    private KernelRuntime runtime;

    public ConsumerRoles(KernelRuntime runtime) {
        this.runtime = runtime;
    }

    /** What the framework does when the runtime's bundle is updated. */
    public synchronized void replace(KernelRuntime next) {
        components.forEach(each -> each.unbindRuntime(runtime));
        runtime = next;
        components.forEach(each -> each.bindRuntime(next));
    }

    @Override
    public synchronized TestRoles.Running start(NodeContext node, String assignmentId) {
        ConsumerComponent component =
                new ConsumerComponent(node, Map.of("assignment.id", assignmentId));
        component.bindRuntime(runtime);
        component.activate();
        components.add(component);
        return new TestRoles.Running() {
            @Override
            public void modified() {
                component.modified();
            }

            @Override
            public void stop() {
                component.stop(Ending.ROLE);
            }
        };
    }
}
