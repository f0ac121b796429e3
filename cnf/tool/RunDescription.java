package galois.tool;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that is needed to start one runtime without bnd.
 *
 * @param source the run file
 * @param classPath our launcher, the framework and what the framework exports to the bundles
 * @param bundles the bundles in start order
 * @param properties of the framework; those of {@code -runproperties}
 * @param systemPackages packages of the class path that bundles may import
 * @param vmOptions of the JVM; those of {@code -runvm}
 * @param projects the folders that the runtime is made of
 */
record RunDescription(
        Path source,
        List<File> classPath,
        List<File> bundles,
        Map<String, String> properties,
        String systemPackages,
        List<String> vmOptions,
        List<String> projects) {

    /**
     * Writes {@code NAME.run} (for the launcher), {@code NAME.jvm} (arguments of java) and {@code
     * NAME.projects} (for the check whether a build is needed).
     *
     * @return whether anything was different before
     */
    boolean write(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Path run = folder.resolve(name + ".run");
        boolean changed = replace(run, runLines());
        changed |= replace(folder.resolve(name + ".jvm"), jvmLines(run));
        changed |= replace(folder.resolve(name + ".projects"), projects);
        return changed;
    }

    private List<String> runLines() {
        List<String> lines = new ArrayList<>();
        lines.add("# made from " + source + ", do not edit");
        new TreeMap<>(properties)
                .forEach((key, value) -> lines.add("property=" + key + "=" + value));
        if (!systemPackages.isEmpty()) {
            lines.add("property=org.osgi.framework.system.packages.extra=" + systemPackages);
        }
        classPath.forEach(jar -> lines.add("classpath=" + jar));
        bundles.forEach(bundle -> lines.add("bundle=" + bundle));
        return lines;
    }

    private List<String> jvmLines(Path run) {
        List<String> lines = new ArrayList<>(vmOptions);
        String path =
                classPath.stream()
                        .map(File::getPath)
                        .collect(Collectors.joining(File.pathSeparator));
        lines.addAll(List.of("-cp", quote(path), "galois.launcher.Main"));
        lines.addAll(List.of("--run", quote(run.toAbsolutePath().toString())));
        return lines;
    }

    private static String quote(String path) {
        return '"' + path.replace("\\", "\\\\") + '"';
    }

    private static boolean replace(Path file, List<String> lines) throws IOException {
        if (Files.exists(file) && Files.readAllLines(file).equals(lines)) {
            return false;
        }
        Files.write(file, lines);
        return true;
    }
}
