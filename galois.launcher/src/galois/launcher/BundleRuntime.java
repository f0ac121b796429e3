package galois.launcher;

import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.util.tracker.ServiceTracker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * One Felix framework with the bundles of a run description. Main thread, but {@link #stop} any
 * thread.
 */
final class BundleRuntime {
    /** How long a command may take to appear as a service. */
    static final long COMMAND_TIMEOUT_MS = 30_000;

    /**
     * Framework property with the command's arguments, joined by U+001F; absent when there are
     * none.
     */
    static final String ARGUMENTS = "galois.args";

    /** One resolver thread: bundles are replaced while others resolve, and its pool can starve. */
    private static final Map<String, String> RESOLVER = Map.of("felix.resolver.parallelism", "1");

    private final RunDescription description;
    private final Framework framework;

    BundleRuntime(RunDescription description, LaunchOptions options, Path storage) {
        this.description = description;
        Map<String, Object> properties = new HashMap<>(RESOLVER);
        properties.putAll(description.properties());
        properties.putAll(options.properties());
        properties.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        properties.put(
                Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put("felix.log.logger", new FelixLog());
        if (!options.arguments().isEmpty()) {
            properties.put(ARGUMENTS, String.join("\u001f", options.arguments()));
        }
        framework = new FrameworkFactory().newFramework(properties);
    }

    /** On return the framework is active and has no bundles. */
    void startFramework() throws BundleException {
        framework.start();
    }

    /**
     * On return all bundles are active, in the order of the run description, but for {@link
     * LateBundles}. They are used where they are ({@code reference:}), not copied.
     *
     * @throws LaunchFailure names every bundle that does not start; the others have been started
     */
    void startBundles() throws LaunchFailure {
        BundleContext context = framework.getBundleContext();
        List<String> failures = new ArrayList<>();
        List<Bundle> bundles = new ArrayList<>();
        LateBundles late = LateBundles.of(context.getProperty(LateBundles.PROPERTY));
        for (Path path : description.bundles()) {
            try {
                Bundle bundle = context.installBundle("reference:" + path.toUri());
                if (late.contains(bundle.getSymbolicName())) {
                    bundle.adapt(BundleStartLevel.class).setStartLevel(LateBundles.START_LEVEL);
                }
                bundles.add(bundle);
            } catch (BundleException e) {
                failures.add("GLS-1005 cannot install " + path + ": " + reason(e));
            }
        }
        for (Bundle bundle : bundles) {
            try {
                if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                    bundle.start(Bundle.START_ACTIVATION_POLICY);
                }
            } catch (BundleException e) {
                failures.add(
                        "GLS-1005 cannot start bundle "
                                + bundle.getSymbolicName()
                                + ": "
                                + reason(e));
            }
        }
        if (!failures.isEmpty()) {
            throw new LaunchFailure(1, String.join(System.lineSeparator(), failures));
        }
    }

    /**
     * Waits for the service {@code Callable} with the property {@code galois.main}.
     *
     * @throws LaunchFailure when it did not come in time; says what is unresolved or unsatisfied
     */
    Callable<Integer> awaitCommand(String name) throws LaunchFailure, InterruptedException {
        BundleContext context = framework.getBundleContext();
        ServiceTracker<Callable<Integer>, Callable<Integer>> tracker =
                new ServiceTracker<>(context, filter(name), null);
        tracker.open();
        Callable<Integer> command = tracker.waitForService(COMMAND_TIMEOUT_MS);
        if (command == null) {
            throw new LaunchFailure(
                    1,
                    "GLS-1006 no bundle offers the command \""
                            + name
                            + "\" after "
                            + COMMAND_TIMEOUT_MS / 1000
                            + " s"
                            + new Diagnosis(context).text());
        }
        return command;
    }

    private static Filter filter(String name) throws LaunchFailure {
        try {
            return FrameworkUtil.createFilter(
                    "(&(objectClass=" + Callable.class.getName() + ")(galois.main=" + name + "))");
        } catch (InvalidSyntaxException e) {
            throw new LaunchFailure(2, "GLS-1001 \"" + name + "\" is no name of a command");
        }
    }

    /** Returns when somebody has stopped the framework. */
    void awaitStop() throws InterruptedException {
        framework.waitForStop(0);
    }

    /** On return all bundles have been stopped. */
    void stop() {
        LogConfiguration.ending();
        try {
            framework.stop();
            framework.waitForStop(0);
        } catch (BundleException e) {
            System.err.println("GLS-3006 the framework does not stop: " + reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The innermost message, in one line: the outer ones only say that a bundle failed. */
    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String text = cause instanceof BundleException ? cause.getMessage() : cause.toString();
        return String.valueOf(text).replace('\n', ' ').strip();
    }
}
