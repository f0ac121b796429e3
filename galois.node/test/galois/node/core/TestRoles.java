package galois.node.core;

import galois.api.node.NodeContext;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Does what the framework does with role configurations: starts, modifies and stops roles. */
public final class TestRoles implements RoleDirectory {
    /** Makes the role of one factory PID. */
    public interface Factory {
        Running start(NodeContext node, String assignmentId);
    }

    /** A role that was started. */
    public interface Running {
        void modified();

        void stop();
    }

    private final Map<String, Factory> factories = new HashMap<>();
    private final Map<String, Running> running = new HashMap<>();
    private final Map<String, Map<String, Object>> configurations = new HashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private NodeContext node;

    public void role(String factoryPid, Factory factory) {
        factories.put(factoryPid, factory);
    }

    void node(NodeContext owner) {
        node = owner;
    }

    @Override
    public synchronized void put(String factoryPid, String name, Map<String, Object> properties) {
        configurations.put(name, properties);
        String assignmentId = (String) properties.get("assignment.id");
        thread.execute(() -> started(factoryPid, name, assignmentId));
    }

    @Override
    public synchronized void remove(String factoryPid, String name) {
        configurations.remove(name);
        thread.execute(() -> stopped(name));
    }

    @Override
    public synchronized void clear() {
        configurations.clear();
        thread.execute(() -> List.copyOf(running.keySet()).forEach(this::stopped));
    }

    /** Stops and starts a role as an update of its bundle does. */
    public void restart(String factoryPid, String assignmentId) {
        thread.execute(
                () -> {
                    String name =
                            running.keySet().stream()
                                    .filter(each -> each.endsWith(assignmentId))
                                    .findAny()
                                    .orElseThrow();
                    stopped(name);
                    started(factoryPid, name, assignmentId);
                });
    }

    /** Returns when everything asked for so far was done. */
    public void settle() {
        try {
            thread.submit(() -> {}).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    synchronized Map<String, Map<String, Object>> configurations() {
        return Map.copyOf(configurations);
    }

    /** Returns when everything asked for so far was done; then no role runs any more. */
    void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new AssertionError("roles do not stop");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void started(String factoryPid, String name, String assignmentId) {
        Running there = running.get(name);
        Factory factory = factories.get(factoryPid);
        if (there != null) {
            there.modified();
        } else if (factory != null) {
            running.put(name, factory.start(node, assignmentId));
        }
    }

    private void stopped(String name) {
        Running there = running.remove(name);
        if (there != null) {
            there.stop();
        }
    }
}
