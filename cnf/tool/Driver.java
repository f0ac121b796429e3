package galois.tool;

import aQute.bnd.build.Project;
import aQute.bnd.build.Workspace;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the bnd workspace in one JVM. Usage: {@code Driver [-q] GOAL [NAME...]} in the root of the
 * workspace.
 *
 * <ul>
 *   <li>{@code build}: brings the named bundles and runtimes (all when none is named) up to date
 *   <li>{@code tests}: the same, then compiles the tests of the named bundles and writes their
 *       class paths
 *   <li>{@code classpath}: builds and writes the named bundles' class paths to {@code cnf/cache/cp}
 *   <li>{@code resolve}: rewrites the {@code -runbundles} of the named run files; {@code verify}
 *       only compares
 *   <li>{@code index}: builds all and writes an OBR index of our bundles to {@code cnf/cache/obr}
 * </ul>
 *
 * Exit code 0 when done, 1 when something is wrong; then the last line on standard error says what.
 */
public final class Driver {
    private Driver() {}

    public static void main(String[] args) {
        List<String> names = new ArrayList<>(List.of(args));
        boolean quiet = names.remove("-q");
        if (names.isEmpty()) {
            throw new IllegalArgumentException("usage: Driver [-q] GOAL [NAME...]");
        }
        String goal = names.remove(0);
        Progress progress = new Progress(quiet);
        int exit = 0;
        try {
            lock(Path.of("cnf/cache/build.lock"));
            File root = Path.of("").toAbsolutePath().toFile();
            try (Workspace workspace = Workspace.getWorkspace(root)) {
                run(workspace, goal, names, progress);
            }
        } catch (BuildFailure failure) {
            progress.failed(failure.getMessage());
            exit = 1;
        } catch (Exception e) { // boundary: bnd declares Exception everywhere
            e.printStackTrace();
            progress.failed("the build tool itself failed: " + e);
            exit = 1;
        }
        System.err.flush();
        // bnd leaves executor threads behind that would keep the JVM alive for a minute
        Runtime.getRuntime().halt(exit);
    }

    /**
     * Two builds in one folder would tread on each other: the second waits. Held until the JVM
     * ends.
     */
    private static void lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            System.err.println("waiting for another build in this folder ...");
            channel.lock();
        }
    }

    private static void run(Workspace workspace, String goal, List<String> names, Progress progress)
            throws Exception {
        Selection selection = Selection.of(workspace, names);
        switch (goal) {
            case "build", "index" -> {
                build(selection.projects(), progress);
                RunFiles.describe(workspace, selection.runs(), progress);
                if (goal.equals("index")) {
                    ObrIndex.write(selection.projects(), Path.of("cnf/cache/obr"));
                }
            }
            case "tests" -> {
                build(selection.projects(), progress);
                for (Project project : selection.named()) {
                    new TestBuild(project, progress).bringUpToDate();
                }
                RunFiles.describe(workspace, selection.testRuns(), progress);
            }
            case "classpath" -> {
                build(selection.projects(), progress);
                for (Project project : selection.named()) {
                    new TestBuild(project, progress).writeClassPath(Path.of("cnf/cache/cp"));
                }
            }
            case "resolve" -> {
                // the resolver may choose any bundle, so that all must be there
                build(Selection.of(workspace, List.of()).projects(), progress);
                RunFiles.resolve(workspace, selection.runs(), progress);
                RunFiles.describe(workspace, selection.runs(), progress);
            }
            case "verify" -> RunFiles.verify(workspace, selection.runs(), progress);
            default -> throw new BuildFailure("unknown goal " + goal);
        }
        if (!workspace.isOk()) {
            workspace.getErrors().forEach(error -> System.err.println("error: " + error));
            throw new BuildFailure("cnf/build.bnd or cnf/central.mvn has errors, see above");
        }
        progress.done();
    }

    private static void build(List<Project> projects, Progress progress) throws Exception {
        for (Project project : projects) {
            new BundleBuild(project, progress).bringUpToDate();
        }
    }
}
