package galois.tool;

import aQute.bnd.build.Container;
import aQute.bnd.build.Project;
import aQute.bnd.service.Strategy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Compiles and packages one project when its sources, its bnd files, the shared settings or the
 * bytes of a jar that it is built against have changed. (bnd's own {@code isStale} does not look at
 * sources.)
 */
final class BundleBuild {
    private final Project project;
    private final Progress progress;

    BundleBuild(Project project, Progress progress) {
        this.project = project;
        this.progress = progress;
    }

    /** On return the jars in {@code generated} belong to the present sources. */
    void bringUpToDate() throws Exception {
        long startNs = System.nanoTime();
        project.prepare();
        failOnErrors();
        State state = State.of(project.getName());
        String inputs = inputs();
        if (state.is(inputs) && jarsExist()) {
            return;
        }
        state.forget();
        Path output = relative(project.getOutput());
        List<File> processors = processors();
        if (!JavaCompile.run(
                relative(project.getSourcePath().iterator().next()),
                output,
                files(project.getBuildpath()),
                processors)) {
            throw new BuildFailure(project.getName() + " does not compile, see above");
        }
        if (!project.isNoBundles()) {
            removeJars();
            File[] jars = project.build();
            failOnErrors();
            if (jars == null) {
                throw new BuildFailure(project.getName() + " was not packaged");
            }
        }
        state.remember(inputs);
        progress.made(project.getName(), startNs);
    }

    private String inputs() throws Exception {
        Fingerprint print = new Fingerprint().text("1");
        print.tree(project.getBase().toPath(), "test");
        print.tree(Path.of("cnf/ext")).file(Path.of("cnf/build.bnd"));
        addJars(print, project.getBuildpath());
        for (File processor : processors()) {
            print.text(processor.getPath());
        }
        return print.hex();
    }

    /** Our own jars count by content, libraries by name: a released version never changes. */
    static void addJars(Fingerprint print, Collection<Container> containers) throws Exception {
        for (Container container : containers) {
            if (container.getType() == Container.TYPE.PROJECT) {
                Path file = container.getFile().toPath();
                print.tree(file).file(file); // a folder when it is version=project
            } else {
                print.text(String.valueOf(container.getFile()));
            }
        }
    }

    /**
     * A JVM that still runs from an old jar keeps it; overwriting it in place would break that JVM.
     */
    private void removeJars() throws Exception {
        File[] old = project.getTarget().listFiles((folder, name) -> name.endsWith(".jar"));
        for (File jar : old == null ? new File[0] : old) {
            Files.delete(jar.toPath());
        }
    }

    private boolean jarsExist() throws Exception {
        if (project.isNoBundles()) {
            return true;
        }
        File[] jars = project.getBuildFiles(false);
        if (jars == null) {
            return false;
        }
        for (File jar : jars) {
            if (!jar.isFile()) {
                return false;
            }
        }
        return true;
    }

    private List<File> processors() throws Exception {
        return files(
                project.getBundles(
                        Strategy.HIGHEST, project.getProperty("-processorpath"), "-processorpath"));
    }

    private void failOnErrors() throws BuildFailure {
        project.getWarnings().forEach(line -> progress.warn(project.getName() + ": " + line));
        if (!project.isOk()) {
            project.getErrors()
                    .forEach(
                            line ->
                                    System.err.println(
                                            "error: " + project.getName() + ": " + line));
            throw new BuildFailure(project.getName() + " has errors, see above");
        }
    }

    static List<File> files(Collection<Container> containers) throws BuildFailure {
        List<File> files = new ArrayList<>();
        for (Container container : containers) {
            if (container.getError() != null || container.getFile() == null) {
                throw new BuildFailure(
                        container.getBundleSymbolicName()
                                + " is not found: "
                                + container.getError());
            }
            files.add(container.getFile());
        }
        return files;
    }

    /**
     * The compiler prints paths as it got them: relative to the workspace they are short and
     * clickable.
     */
    static Path relative(File file) throws IOException {
        Path root = Path.of("").toAbsolutePath();
        Path path = file.toPath().toAbsolutePath();
        return path.startsWith(root) ? root.relativize(path) : path;
    }
}
