package galois.tool;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Runs the unit tests of all bundles in one JVM, each bundle behind a class loader of its own, so
 * that two bundles may embed different versions of one library. Usage: {@code TestRunner
 * RESULT-FILE [-m PATTERN]... CLASS-PATH-FILE...}. The working directory is the root of the
 * workspace.
 *
 * <p>The result file gets one line {@code passed failed skipped}; what the tests and the code under
 * test print goes to {@code RESULT-FILE.output}. Exit code 1 when a test failed.
 */
public final class TestRunner {
    /** A test that takes longer is reported as failed instead of stopping the whole run. */
    private static final String TIMEOUT = "120 s";

    private TestRunner() {}

    public static void main(String[] args) throws IOException {
        Path result = Path.of(args[0]);
        List<String> patterns = new ArrayList<>();
        List<Path> classPaths = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            if (args[i].equals("-m")) {
                patterns.add(".*" + Pattern.quote(args[++i]) + ".*");
            } else {
                classPaths.add(Path.of(args[i]));
            }
        }
        PrintStream console = System.out;
        PrintStream output =
                new PrintStream(Files.newOutputStream(Path.of(result + ".output")), true);
        System.setOut(output);
        System.setErr(output);
        TestTally total = new TestTally(console);
        for (Path classPath : classPaths) {
            long startNs = System.nanoTime();
            TestTally tally = new TestTally(console);
            run(classPath, patterns, tally);
            if (tally.count() > 0) {
                String name = classPath.getFileName().toString().replaceFirst("\\.cp$", "");
                double seconds = (System.nanoTime() - startNs) / 1e9;
                console.printf(Locale.ROOT, "  %-28s %s (%.1f s)%n", name, tally, seconds);
            }
            total.add(tally);
        }
        Files.writeString(result, total.line() + "\n");
        if (total.failed() > 0) {
            console.println("  what the tests printed: " + result + ".output");
        }
        console.flush();
        // a test may have left a thread behind; the verdict does not wait for it
        Runtime.getRuntime().halt(total.failed() > 0 ? 1 : 0);
    }

    private static void run(Path classPathFile, List<String> patterns, TestTally tally)
            throws IOException {
        List<URL> urls = new ArrayList<>();
        List<String> lines = Files.readAllLines(classPathFile);
        for (String line : lines) {
            urls.add(Path.of(line).toUri().toURL());
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), TestRunner.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Launcher launcher = LauncherFactory.create();
            launcher.execute(request(Path.of(lines.get(0)), patterns), tally);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static LauncherDiscoveryRequest request(Path classes, List<String> patterns) {
        LauncherDiscoveryRequestBuilder request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClasspathRoots(Set.of(classes)))
                        .configurationParameter("junit.jupiter.execution.timeout.default", TIMEOUT);
        if (!patterns.isEmpty()) {
            request.filters(includeClassNamePatterns(patterns.toArray(String[]::new)));
        }
        return request.build();
    }
}
