package galois.node.sink;

import galois.api.io.Format;
import galois.api.io.SinkConnector;
import galois.api.node.NodeContext;
import galois.node.core.TestRoles;
import galois.node.role.Ending;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sinks over one connector. */
public final class SinkRoles implements TestRoles.Factory {
    private SinkConnector connector;
    private final Format format;
    private final List<SinkComponent> components = new CopyOnWriteArrayList<>();

    public SinkRoles(SinkConnector connector, Format format) {
        this.connector = connector;
        this.format = format;
    }

    /** The connector goes and another comes. */
    void replace(SinkConnector successor) {
        SinkConnector before = connector;
        connector = successor;
        components.forEach(each -> each.removeConnector(before, Map.of("name", "memory")));
        wake();
    }

    /** Tells every sink that connectors have changed. */
    void wake() {
        components.forEach(each -> each.addConnector(connector, Map.of("name", "memory")));
    }

    @Override
    public TestRoles.Running start(NodeContext node, String assignmentId) {
        SinkComponent component = new SinkComponent(node, Map.of("assignment.id", assignmentId));
        component.addConnector(connector, Map.of("name", "memory"));
        component.addFormat(format, Map.of("name", "line"));
        component.activate();
        components.add(component);
        return new TestRoles.Running() {
            @Override
            public void modified() {
                component.stop(Ending.ROLE);
                component.activate();
            }

            @Override
            public void stop() {
                component.stop(Ending.ROLE);
            }
        };
    }
}
