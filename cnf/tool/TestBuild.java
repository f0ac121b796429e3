package galois.tool;

import aQute.bnd.build.Project;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Compiles the tests of one project and writes the class path they run with to {@code
 * cnf/cache/test}.
 */
final class TestBuild {
    private final Project project;
    private final Progress progress;

    TestBuild(Project project, Progress progress) {
        this.project = project;
        this.progress = progress;
    }

    /**
     * The project itself has been built before. A project without tests leaves no class path file.
     */
    void bringUpToDate() throws Exception {
        long startNs = System.nanoTime();
        Path list = Path.of("cnf/cache/test", project.getName() + ".cp");
        Path sources = BundleBuild.relative(project.getTestSrc());
        if (!Files.isDirectory(sources)) {
            Files.deleteIfExists(list);
            return;
        }
        State state = State.of(project.getName() + ".test");
        String inputs = inputs();
        if (state.is(inputs) && Files.exists(list)) {
            return;
        }
        state.forget();
        Path output = BundleBuild.relative(project.getTestOutput());
        List<File> classPath = classPath();
        if (!JavaCompile.run(sources, output, classPath, List.of())) {
            throw new BuildFailure(
                    "the tests of " + project.getName() + " do not compile, see above");
        }
        List<String> lines = new ArrayList<>();
        lines.add(project.getTestOutput().getPath());
        classPath.forEach(file -> lines.add(file.getPath()));
        Files.createDirectories(list.getParent());
        Files.write(list, lines);
        state.remember(inputs);
        progress.made(project.getName() + " tests", startNs);
    }

    /** For programs that run without the framework: {@code NAME.cp}, one entry a line. */
    void writeClassPath(Path folder) throws Exception {
        Files.createDirectories(folder);
        Files.write(
                folder.resolve(project.getName() + ".cp"),
                classPath().stream().map(File::getPath).toList());
    }

    private List<File> classPath() throws Exception {
        LinkedHashSet<File> files = new LinkedHashSet<>();
        files.add(project.getOutput());
        files.addAll(BundleBuild.files(project.getTestpath()));
        files.addAll(BundleBuild.files(project.getBuildpath()));
        return List.copyOf(files);
    }

    private String inputs() throws Exception {
        Fingerprint print = new Fingerprint().text("1");
        print.tree(project.getBase().toPath());
        print.tree(Path.of("cnf/ext")).file(Path.of("cnf/build.bnd"));
        BundleBuild.addJars(print, project.getTestpath());
        BundleBuild.addJars(print, project.getBuildpath());
        return print.hex();
    }
}
