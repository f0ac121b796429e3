package galois.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.control.Bus;
import galois.api.control.Message.QueryChanged;
import galois.api.io.SinkConnector;
import galois.api.io.SourceConnector;
import galois.api.query.LogicalOptimizer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** From SQL to rows through every tier over two nodes, while bundles are replaced. */
@ExtendWith(BundleContextExtension.class)
@ExtendWith(ServiceExtension.class)
@Timeout(180)
class PipelineIT {
    private static final int STEP = 500;

    /** Fewer than the batches of an edge's window: more would wait for the stopped bundle. */
    private static final int WHILE_STOPPED = 10;

    @InjectBundleContext BundleContext context;

    @InjectService(timeout = 10_000)
    ConfigurationAdmin configurations;

    @InjectService(timeout = 10_000)
    Bus bus;

    private final StepSource source = new StepSource();
    private final CollectingSink sink = new CollectingSink();
    private final List<ServiceRegistration<?>> services = new ArrayList<>();
    private final List<Configuration> configured = new ArrayList<>();
    private TestClient client;
    private long given;

    @BeforeEach
    void startEveryTier() throws Exception {
        register(SourceConnector.class, source, "steps");
        register(SinkConnector.class, sink, "collecting");
        register(LogicalOptimizer.class, plan -> plan, "dropped-in");
        Configuration cluster = configurations.getConfiguration("galois.cluster", "?");
        configure(cluster, Map.of("id", "c1", "nodesMin", 2));
        for (String id : List.of("pipe-1", "pipe-2")) {
            configure(
                    configurations.getFactoryConfiguration("galois.node", id, "?"),
                    Map.of("node.id", id, "cluster", "c1", "data.host", "127.0.0.1"));
        }
        client = new TestClient(bus, "pipeline");
        client.run("SET 'optimizer' = 'dropped-in'");
        client.run("SET 'placement' = 'spread'");
        client.run("CREATE STREAM given (n BIGINT) WITH (transport = 'steps', format = 'raw')");
        client.run(
                "CREATE STREAM taken (n BIGINT) WITH (transport = 'collecting', format = 'raw')");
    }

    @AfterEach
    void stopThem() throws Exception {
        try (TestClient closing = client) {
            closing.run("DROP STREAM IF EXISTS given");
            closing.run("DROP STREAM IF EXISTS taken");
        }
        for (Configuration each : configured) {
            each.delete();
        }
        services.forEach(ServiceRegistration::unregister);
    }

    @Test
    void countsStayExactWhileManagersAndTheSandboxAreReplaced() throws Exception {
        QueryChanged running =
                client.start("INSERT INTO taken SELECT n * 2 AS n FROM given WHERE n >= 0");
        assertEquals(
                "{source=pipe-1, filter=pipe-1, project=pipe-2, sink=pipe-2}",
                running.placement().toString());
        for (String name :
                List.of(
                        "galois.cluster",
                        "galois.region",
                        "galois.wasm",
                        "galois.compiler",
                        "galois.transport.tcp",
                        "galois.cluster")) {
            give(STEP);
            Bundle bundle = bundle(name);
            bundle.stop();
            give(WHILE_STOPPED);
            bundle.update();
            bundle.start();
            give(STEP);
            assertExact(name);
        }
        client.stop(running.queryId());
        assertEquals(null, configurations.listConfigurations("(assignment.id=q-*)"));
    }

    @Test
    void anOptimizerOfANewBundleIsUsableByItsName() throws Exception {
        register(LogicalOptimizer.class, plan -> plan, "brought-along");
        client.run("SET 'optimizer' = 'brought-along'");
        String text = client.run("EXPLAIN SELECT n * 2 AS n FROM given WHERE n >= 0").text();
        assertTrue(text.contains("Optimized plan (brought-along)"), text);
        assertTrue(text.contains("project on pipe-2: code "), text);
    }

    private void give(int rows) throws Exception {
        for (int i = 0; i < rows; i++) {
            source.give(given++, 1);
        }
    }

    private void assertExact(String after) throws Exception {
        assertEquals(
                LongStream.range(0, given).map(n -> n * 2).boxed().toList(),
                sink.await((int) given),
                "after " + after);
    }

    private <T> void register(Class<T> type, T service, String name) {
        services.add(context.registerService(type, service, new Hashtable<>(Map.of("name", name))));
    }

    private void configure(Configuration configuration, Map<String, Object> properties)
            throws Exception {
        configuration.update(new Hashtable<>(properties));
        configured.add(configuration);
    }

    private Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(each -> symbolicName.equals(each.getSymbolicName()))
                .findAny()
                .orElseThrow();
    }
}
