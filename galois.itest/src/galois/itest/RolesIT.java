package galois.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.control.Assignment;
import galois.api.control.Bus;
import galois.api.control.Edge;
import galois.api.control.Message;
import galois.api.control.QueryState;
import galois.api.io.SinkConnector;
import galois.api.plan.StreamDefinition;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Two nodes in one framework: roles start and stop by assignment, and bundles may be replaced. */
@ExtendWith(BundleContextExtension.class)
@ExtendWith(ServiceExtension.class)
@Timeout(120)
class RolesIT {
    private static final Schema SCHEMA = Schema.of(new Field("n", FieldType.BIGINT));
    private static final int ROWS = 400_000;

    @InjectBundleContext BundleContext context;

    @InjectService(timeout = 10_000)
    ConfigurationAdmin configurations;

    @InjectService(timeout = 10_000)
    Bus bus;

    @TempDir Path folder;

    private final CountingSink sink = new CountingSink();
    private ServiceRegistration<SinkConnector> registration;
    private Configuration first;
    private Configuration second;
    private TestCluster cluster;

    @BeforeEach
    void startTwoNodes() throws Exception {
        Dictionary<String, Object> name = new Hashtable<>(Map.of("name", "counting"));
        registration = context.registerService(SinkConnector.class, sink, name);
        cluster = new TestCluster(bus, "roles");
        first = node("it-1");
        second = node("it-2");
    }

    @AfterEach
    void stopThem() throws Exception {
        sink.goOn();
        first.delete();
        second.delete();
        cluster.awaitGone("it-1"); // else the next test takes the old node for its own
        cluster.awaitGone("it-2");
        cluster.close();
        registration.unregister();
    }

    @Test
    void rolesStartAndStopByAssignmentEachOnItsOwnNode() throws Exception {
        deploy(10);
        sink.goOn();
        cluster.await("q.sink", QueryState.FINISHED);
        assertEquals(LongStream.range(0, 10).boxed().toList(), sink.rows());
        assertEquals(List.of("it-1 q.source", "it-2 q.sink"), roles());

        cluster.unassign("it-1", "q.source");
        cluster.await("q.source", QueryState.STOPPED);
        assertEquals(List.of("it-2 q.sink"), roles());
        cluster.unassign("it-2", "q.sink");
        cluster.await("q.sink", QueryState.STOPPED);
        assertEquals(List.of(), roles());
    }

    @Test
    void countsStayExactWhenTheTransportBundleIsStoppedAndStarted() throws Exception {
        deploy(ROWS);
        sink.awaitRows();
        Bundle transport = bundle("galois.transport.tcp");
        transport.stop();
        sink.goOn();
        transport.start();
        cluster.await("q.sink", QueryState.FINISHED);
        assertExact();
    }

    @Test
    void countsStayExactWhenTheSourceConnectorBundleIsStoppedAndStarted() throws Exception {
        deploy(ROWS);
        sink.awaitRows();
        Bundle connector = bundle("galois.transport.file");
        connector.stop();
        sink.goOn();
        connector.start();
        cluster.await("q.sink", QueryState.FINISHED);
        assertExact();
    }

    @Test
    void aMissingConnectorFailsTheAssignmentAndNamesWhatIsThere() throws Exception {
        cluster.address("it-1");
        Edge edge = new Edge("x.e0", "it-1", "it-1", "", SCHEMA);
        StreamDefinition stream = stream(Map.of("transport", "pigeon", "format", "csv"));
        cluster.assign(new Assignment.Producer("x", "x", 1, "it-1", stream, List.of(edge)));
        Message.AssignmentChanged failed = cluster.await("x", QueryState.FAILED);
        assertTrue(
                failed.failure().message().startsWith("unknown transport \"pigeon\": installed"),
                failed::toString);
        cluster.unassign("it-1", "x");
    }

    private void deploy(int rows) throws Exception {
        cluster.address("it-1");
        Edge edge = new Edge("q.e0", "it-1", "it-2", cluster.address("it-2"), SCHEMA);
        StreamDefinition target = stream(Map.of("transport", "counting"));
        cluster.assign(new Assignment.Sink("q.sink", "q", 1, "it-2", edge, target));
        StreamDefinition source =
                stream(
                        Map.of(
                                "transport", "file",
                                "path", csv(rows).toString(),
                                "format", "csv",
                                "header", "true"));
        cluster.assign(new Assignment.Producer("q.source", "q", 1, "it-1", source, List.of(edge)));
    }

    private Path csv(int rows) throws Exception {
        String lines =
                LongStream.range(0, rows)
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining("\n", "n\n", "\n"));
        return Files.writeString(folder.resolve("rows.csv"), lines);
    }

    private void assertExact() {
        assertEquals(LongStream.range(0, ROWS).boxed().toList(), sink.rows());
    }

    private Configuration node(String id) throws Exception {
        Configuration node = configurations.getFactoryConfiguration("galois.node", id, "?");
        node.update(
                new Hashtable<>(
                        Map.of("node.id", id, "cluster", "roles", "data.host", "127.0.0.1")));
        return node;
    }

    private List<String> roles() throws Exception {
        Configuration[] found =
                configurations.listConfigurations("(&(assignment.id=*)(node.id=it-*))");
        return Arrays.stream(found == null ? new Configuration[0] : found)
                .map(Configuration::getProperties)
                .map(each -> each.get("node.id") + " " + each.get("assignment.id"))
                .sorted()
                .toList();
    }

    private Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(each -> symbolicName.equals(each.getSymbolicName()))
                .findAny()
                .orElseThrow();
    }

    private static StreamDefinition stream(Map<String, String> options) {
        return new StreamDefinition("s", SCHEMA, Map.of(), -1, 0, options);
    }
}
