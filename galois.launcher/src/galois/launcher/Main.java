package galois.launcher;

import org.osgi.framework.BundleException;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Starts the OSGi framework with the bundles of one run description and, with {@code --main}, runs
 * the command that one of them registers.
 *
 * <p>Exit code: what the command returned; 2 for a mistake of the user, 1 when the runtime does not
 * come up or the command fails, 130 and 143 after SIGINT and SIGTERM. In every case the framework
 * has been stopped before the process ends, or {@link LaunchOptions#STOP_TIMEOUT_MS} have passed.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        long jvmStartMs = ManagementFactory.getRuntimeMXBean().getStartTime();
        int exit = 1;
        try {
            LaunchOptions options = LaunchOptions.parse(args);
            Timing timing = new Timing(options.timing(), System.err, jvmStartMs);
            timing.phase("JVM");
            exit = run(options, timing);
        } catch (LaunchFailure failure) {
            System.err.println(failure.getMessage());
            exit = failure.exitCode();
        }
        // when a signal is already ending the process, exit never returns and changes nothing
        System.exit(exit);
    }

    private static int run(LaunchOptions options, Timing timing) throws LaunchFailure {
        try {
            RunDescription description = RunDescription.read(options.runFile());
            Storage storage = Storage.at(options.dataDir());
            return run(options, description, storage, timing);
        } catch (NoSuchFileException e) {
            throw new LaunchFailure(
                    2,
                    "GLS-1001 there is no file \"" + e.getFile() + "\": build the runtime first");
        } catch (IOException e) {
            throw new LaunchFailure(
                    1, "GLS-1005 cannot prepare the framework's storage: " + e.getMessage());
        } catch (BundleException e) {
            throw new LaunchFailure(1, "GLS-1005 the framework does not start: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new LaunchFailure(1, "GLS-1005 interrupted while the runtime was starting");
        }
    }

    private static int run(
            LaunchOptions options, RunDescription description, Storage storage, Timing timing)
            throws BundleException, InterruptedException, LaunchFailure {
        BundleRuntime runtime = new BundleRuntime(description, options, storage.folder());
        Shutdown shutdown =
                new Shutdown(
                        runtime::stop,
                        storage::delete,
                        options.stopTimeoutMs(),
                        Path.of(System.getProperty("java.io.tmpdir")),
                        System.err);
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown, "galois-shutdown"));
        if (options.main().isPresent()) {
            System.setOut(StrayOutput.to(LoggerFactory.getLogger("stdout")));
        }
        try {
            return run(options, runtime, shutdown, timing);
        } catch (LaunchFailure | BundleException | IllegalStateException e) {
            if (shutdown.hasBegun()) {
                return 1; // a signal came in the middle of the start: that is all there is to say
            }
            throw e;
        }
    }

    private static int run(
            LaunchOptions options, BundleRuntime runtime, Shutdown shutdown, Timing timing)
            throws BundleException, InterruptedException, LaunchFailure {
        runtime.startFramework();
        timing.phase("framework started");
        runtime.startBundles();
        timing.phase("bundles started");
        if (options.main().isEmpty()) {
            runtime.awaitStop();
            return 0;
        }
        Callable<Integer> command = runtime.awaitCommand(options.main().get());
        timing.phase("command " + options.main().get() + " found");
        return new CommandCall(command, shutdown, System.err, LoggerFactory.getLogger(Main.class))
                .exitCode();
    }
}
