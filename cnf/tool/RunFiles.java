package galois.tool;

import aQute.bnd.build.Container;
import aQute.bnd.build.Run;
import aQute.bnd.build.Workspace;
import aQute.bnd.header.Parameters;

import biz.aQute.resolve.Bndrun;

import java.io.File;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Resolves the run files and turns them into run descriptions for our launcher, which needs no bnd.
 */
final class RunFiles {
    /** The resolver may search for ever when there is no solution. */
    private static final long RESOLVE_TIMEOUT_S = 120;

    private RunFiles() {}

    /** Writes {@code cnf/cache/run/NAME.run} and {@code NAME.jvm} for every run file. */
    static void describe(Workspace workspace, List<Path> runs, Progress progress) throws Exception {
        List<String> failures = new ArrayList<>();
        for (Path file : runs) {
            try {
                describe(workspace, file, progress);
            } catch (BuildFailure failure) {
                failures.add(failure.getMessage());
            }
        }
        if (!failures.isEmpty()) {
            throw new BuildFailure(String.join("; ", failures));
        }
    }

    private static void describe(Workspace workspace, Path file, Progress progress)
            throws Exception {
        try (Run run = Run.createRun(workspace, file.toAbsolutePath().toFile())) {
            RunDescription description = describe(run, file);
            if (description.write(Path.of("cnf/cache/run"), name(file))) {
                progress.made(file.toString(), System.nanoTime());
            }
        }
    }

    static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.bndrun$", "");
    }

    private static RunDescription describe(Run run, Path file) throws Exception {
        Collection<Container> bundles = run.getRunbundles();
        if (bundles.isEmpty()) {
            throw new BuildFailure(file + " has no -runbundles: run ./galois resolve");
        }
        List<File> classPath = new ArrayList<>();
        Container launcher = run.getBundle("galois.launcher", "latest", null, null);
        classPath.addAll(jars(List.of(launcher), file));
        classPath.addAll(jars(run.getRunFw(), file));
        classPath.addAll(jars(run.getRunpath(), file));
        List<String> projects = new ArrayList<>(List.of("galois.launcher"));
        for (Container container : bundles) {
            if (container.getType() == Container.TYPE.PROJECT) {
                projects.add(container.getProject().getName());
            }
        }
        List<Container> ordered = new ArrayList<>(bundles);
        ordered.sort(Comparator.comparingInt(RunFiles::startRank));
        return new RunDescription(
                file,
                classPath,
                jars(ordered, file),
                run.getRunProperties(),
                systemPackages(run),
                List.copyOf(run.getRunVM()),
                projects.stream().distinct().sorted().toList());
    }

    /**
     * Configuration and components are there before the first of our bundles; the tester, which
     * begins as soon as it is started, comes after the last.
     */
    private static int startRank(Container container) {
        String name = container.getBundleSymbolicName();
        return switch (name) {
            case "org.apache.felix.configadmin" -> 0;
            case "org.apache.felix.scr" -> 1;
            case "biz.aQute.tester.junit-platform" -> 3;
            default -> 2;
        };
    }

    private static String systemPackages(Run run) {
        // bnd marks the second clause for one package with a tilde
        return run.getRunSystemPackages().toString().replace("~", "");
    }

    private static List<File> jars(Collection<Container> containers, Path file)
            throws BuildFailure {
        List<File> jars = new ArrayList<>();
        for (Container container : containers) {
            File jar = container.getFile();
            if (container.getError() != null || jar == null || !jar.isFile()) {
                throw new BuildFailure(
                        file
                                + ": "
                                + container.getBundleSymbolicName()
                                + " is not found ("
                                + container.getError()
                                + "): run ./galois resolve");
            }
            jars.add(jar.getAbsoluteFile());
        }
        return jars;
    }

    /** Rewrites {@code -runbundles} from {@code -runrequires}, where the bundles are others now. */
    static void resolve(Workspace workspace, List<Path> runs, Progress progress) throws Exception {
        for (Path file : runs) {
            long startNs = System.nanoTime();
            boolean changed = isStale(workspace, file);
            if (changed) {
                resolve(workspace, file, true);
            }
            progress.made(file + (changed ? " rewritten" : " unchanged"), startNs);
        }
    }

    /** Fails when the committed {@code -runbundles} are not what the resolver finds today. */
    static void verify(Workspace workspace, List<Path> runs, Progress progress) throws Exception {
        for (Path file : runs) {
            long startNs = System.nanoTime();
            if (isStale(workspace, file)) {
                throw new BuildFailure(
                        file + " does not name the bundles it needs: run ./galois resolve");
            }
            progress.made(file + " verified", startNs);
        }
    }

    /** Compares as sets: the resolver's order changes from run to run. */
    private static boolean isStale(Workspace workspace, Path file) throws Exception {
        Properties written = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            written.load(in);
        }
        Properties found = new Properties();
        found.load(new StringReader("-runbundles: " + resolve(workspace, file, false)));
        return !bundles(found).equals(bundles(written));
    }

    private static String bundles(Properties run) {
        String list = run.getProperty("-runbundles", "").replaceFirst("^-runbundles:", "");
        return new TreeMap<>(new Parameters(list)).toString();
    }

    private static String resolve(Workspace workspace, Path file, boolean write) throws Exception {
        ExecutorService resolver = Executors.newSingleThreadExecutor();
        try (Bndrun run = Bndrun.createBndrun(workspace, file.toAbsolutePath().toFile())) {
            String bundles =
                    resolver.submit(() -> run.resolve(false, write))
                            .get(RESOLVE_TIMEOUT_S, TimeUnit.SECONDS);
            if (!run.isOk()) {
                throw new BuildFailure(file + ": " + String.join("; ", run.getErrors()));
            }
            return bundles;
        } catch (ExecutionException e) {
            throw new BuildFailure(file + " does not resolve: " + e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new BuildFailure(
                    file + " was not resolved within " + RESOLVE_TIMEOUT_S + " s: simplify it");
        } finally {
            resolver.shutdownNow();
        }
    }
}
