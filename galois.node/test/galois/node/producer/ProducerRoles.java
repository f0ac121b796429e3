package galois.node.producer;

import galois.api.io.Format;
import galois.api.io.SourceConnector;
import galois.api.node.NodeContext;
import galois.node.core.TestRoles;
import galois.node.role.Ending;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Producers over connectors that a test adds and removes. */
public final class ProducerRoles implements TestRoles.Factory {
    private final List<ProducerComponent> components = new ArrayList<>();
    private final Map<String, SourceConnector> connectors = new TreeMap<>();
    private final Format format;

    public ProducerRoles(Format format) {
        this.format = format;
    }

    public synchronized void add(String name, SourceConnector connector) {
        connectors.put(name, connector);
        components.forEach(each -> each.addConnector(connector, Map.of("name", name)));
    }

    public synchronized void remove(String name) {
        SourceConnector connector = connectors.remove(name);
        components.forEach(each -> each.removeConnector(connector, Map.of("name", name)));
    }

    @Override
    public synchronized TestRoles.Running start(NodeContext node, String assignmentId) {
        ProducerComponent component =
                new ProducerComponent(node, Map.of("assignment.id", assignmentId));
        connectors.forEach((name, each) -> component.addConnector(each, Map.of("name", name)));
        component.addFormat(format, Map.of("name", "line"));
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
