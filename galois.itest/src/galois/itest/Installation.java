package galois.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import galois.api.io.Broker;
import galois.api.node.NodeStatus;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.util.tracker.ServiceTracker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Two nodes of the cluster {@code c1} and a broker in this framework, and what an operator does to
 * bundles.
 */
final class Installation implements AutoCloseable {
    static final List<String> NODES = List.of("f-1", "f-2");

    private static final String ROLES = "(&(assignment.id=*)(node.id=f-*))";

    /** How long anything may take on a machine that is busy with other things. */
    private static final long LIMIT_MS = 60_000;

    private final BundleContext context =
            FrameworkUtil.getBundle(Installation.class).getBundleContext();
    private final ConfigurationAdmin configurations = await(ConfigurationAdmin.class, "");
    private final List<Configuration> settings = new ArrayList<>();
    private final String mark = Integer.toHexString(System.identityHashCode(this));
    private final Broker broker;

    Installation() throws Exception {
        for (String id : NODES) {
            configure(
                    configurations.getFactoryConfiguration("galois.node", id, "?"),
                    Map.of("node.id", id, "cluster", "c1", "data.host", "127.0.0.1"));
        }
        for (String id : NODES) {
            status(id); // from now on the cluster manager knows its data address
        }
        configure(configurations.getConfiguration("galois.broker", "?"), Map.of("mark", mark));
        broker = await(Broker.class, "(mark=" + mark + ")");
    }

    private void configure(Configuration of, Map<String, String> values) throws IOException {
        Dictionary<String, Object> dictionary = new Hashtable<>(values);
        of.update(dictionary);
        settings.add(of);
    }

    String brokerUrl() {
        return broker.url();
    }

    private NodeStatus status(String nodeId) throws Exception {
        return await(NodeStatus.class, "(node.id=" + nodeId + ")");
    }

    /** Returns when a service of that type is there. */
    <T> T await(Class<T> type, String condition) throws Exception {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context, filter(type, condition), null);
        tracker.open();
        try {
            assertNotNull(tracker.waitForService(LIMIT_MS), type + condition);
            return context.getService(tracker.getServiceReference()); // stays in use
        } finally {
            tracker.close();
        }
    }

    private Filter filter(Class<?> type, String condition) throws InvalidSyntaxException {
        return context.createFilter("(&(objectClass=" + type.getName() + ")" + condition + ")");
    }

    Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(each -> symbolicName.equals(each.getSymbolicName()))
                .findAny()
                .orElseThrow();
    }

    void restart(String symbolicName) throws BundleException {
        Bundle bundle = bundle(symbolicName);
        bundle.stop();
        bundle.start();
    }

    /** Reads the bundle anew and wires it again, as a new version of it would be. */
    void replace(String symbolicName) throws BundleException, InterruptedException {
        Bundle bundle = bundle(symbolicName);
        bundle.update();
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0)
                .adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundle), event -> refreshed.countDown());
        refreshed.await();
        assertEquals(Bundle.ACTIVE, bundle.getState(), symbolicName);
    }

    /** Returns when no query has left anything on a node: no role, no configuration, no thread. */
    void awaitNothingLeft() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        SynchronousConfigurationListener listener =
                event -> {
                    if (roles().isEmpty()) {
                        gone.countDown();
                    }
                };
        ServiceRegistration<?> registration =
                context.registerService(SynchronousConfigurationListener.class, listener, null);
        try {
            if (!roles().isEmpty()) {
                gone.await(LIMIT_MS, TimeUnit.MILLISECONDS);
            }
        } finally {
            registration.unregister();
        }
        assertEquals(List.of(), roles());
        for (String id : NODES) {
            assertEquals(List.of(), status(id).report().roles());
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().matches("galois-(producer|consumer|sink)-.*")) {
                thread.join(LIMIT_MS);
                assertFalse(thread.isAlive(), thread::getName);
            }
        }
    }

    private List<String> roles() {
        try {
            Configuration[] found = configurations.listConfigurations(ROLES);
            return Arrays.stream(found == null ? new Configuration[0] : found)
                    .map(each -> String.valueOf(each.getProperties().get("assignment.id")))
                    .toList();
        } catch (IOException | InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Deletes the nodes and the broker; returns when they have left. */
    @Override
    public void close() throws IOException {
        String nodes = "(&(objectClass=" + NodeStatus.class.getName() + ")(node.id=f-*))";
        String brokers = "(&(objectClass=" + Broker.class.getName() + ")(mark=" + mark + "))";
        try (Departure departure =
                new Departure(context, "(|" + nodes + brokers + ")", NODES.size() + 1)) {
            for (Configuration each : settings) {
                each.delete();
            }
            departure.await();
        }
    }
}
