package galois.node.sink;

import galois.api.io.Format;
import galois.api.io.SinkConnector;
import galois.api.node.NodeContext;
import galois.node.core.TestRoles;
import galois.node.role.Ending;

import java.util.Map;

/** Sinks over one connector. */
public final class SinkRoles implements TestRoles.Factory {
    private final SinkConnector connector;
    private final Format format;

    public SinkRoles(SinkConnector connector, Format format) {
        this.connector = connector;
        this.format = format;
    }

    @Override
    public TestRoles.Running start(NodeContext node, String assignmentId) {
        SinkComponent component = new SinkComponent(node, Map.of("assignment.id", assignmentId));
        component.addConnector(connector, Map.of("name", "memory"));
        component.addFormat(format, Map.of("name", "line"));
        component.activate();
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
