package galois.tool;

import aQute.bnd.build.Container;
import aQute.bnd.build.Project;
import aQute.bnd.build.Run;
import aQute.bnd.build.Workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a goal works on.
 *
 * @param projects everything to build, dependencies first
 * @param named the projects that were asked for
 * @param runs the run files that were asked for
 */
record Selection(List<Project> projects, List<Project> named, List<Path> runs) {
    /**
     * Names are projects ({@code galois.api}) or run files ({@code runtimes/sql.bndrun}); none
     * means all.
     */
    static Selection of(Workspace workspace, List<String> names) throws Exception {
        Collection<Project> order = workspace.getBuildOrder();
        if (names.isEmpty()) {
            List<Project> all = List.copyOf(order);
            return new Selection(all, all, allRuns());
        }
        List<Path> runs = new ArrayList<>();
        List<Project> named = new ArrayList<>();
        Set<Project> wanted = new LinkedHashSet<>();
        for (String name : names) {
            if (name.endsWith(".bndrun")) {
                runs.add(existing(name));
                wanted.addAll(projectsOf(workspace, Path.of(name)));
            } else {
                Project project = workspace.getProject(name);
                if (project == null) {
                    throw new BuildFailure(
                            "no bundle is called " + name + ": name one of the folders");
                }
                named.add(project);
                wanted.add(project);
            }
        }
        for (Project project : List.copyOf(wanted)) {
            project.prepare();
            wanted.addAll(project.getDependson());
        }
        return new Selection(order.stream().filter(wanted::contains).toList(), named, runs);
    }

    /** The runtimes of OSGi tests; tests do not need the others. */
    List<Path> testRuns() {
        return runs.stream().filter(run -> run.startsWith("galois.itest")).toList();
    }

    private static Path existing(String name) throws BuildFailure {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file)) {
            throw new BuildFailure(
                    name + " does not exist: name a file of runtimes/ or galois.itest/");
        }
        return file;
    }

    static List<Path> allRuns() throws IOException {
        List<Path> runs = new ArrayList<>();
        for (String folder : List.of("runtimes", "galois.itest")) {
            if (Files.isDirectory(Path.of(folder))) {
                try (Stream<Path> files = Files.list(Path.of(folder))) {
                    files.filter(file -> file.toString().endsWith(".bndrun"))
                            .sorted()
                            .forEach(runs::add);
                }
            }
        }
        return runs;
    }

    static List<Project> projectsOf(Workspace workspace, Path runFile) throws Exception {
        List<Project> projects = new ArrayList<>();
        try (Run run = Run.createRun(workspace, runFile.toAbsolutePath().toFile())) {
            for (Container container : run.getRunbundles()) {
                Project project = workspace.getProject(container.getBundleSymbolicName());
                if (container.getType() == Container.TYPE.PROJECT) {
                    project = container.getProject();
                }
                if (project != null) {
                    projects.add(project);
                }
            }
        }
        Project launcher = workspace.getProject("galois.launcher");
        if (launcher != null) {
            projects.add(launcher);
        }
        return projects;
    }
}
