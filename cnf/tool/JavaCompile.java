package galois.tool;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles one source folder into one output folder, in this JVM: the second bundle already finds a
 * warm compiler. Files that are no Java sources are copied beside the classes.
 */
final class JavaCompile {
    /**
     * The lints that JDK 17 knows, named one by one: a newer JDK must not fail a build that 17
     * accepts. Not among them: options (the newer JDK's remark about 17), processing, path (empty
     * folders).
     */
    private static final String LINTS =
            "-Xlint:auxiliaryclass,cast,classfile,deprecation,dep-ann,divzero,empty,exports,fallthrough,"
                    + "finally,missing-explicit-ctor,module,opens,overloads,overrides,preview,rawtypes,"
                    + "removal,requires-automatic,requires-transitive-automatic,serial,static,strictfp,"
                    + "synchronization,text-blocks,try,unchecked,varargs";

    private JavaCompile() {}

    /**
     * @return whether there was no error; the compiler's lines have been printed to standard error
     */
    static boolean run(Path sources, Path output, List<File> classPath, List<File> processors)
            throws IOException, BuildFailure {
        clear(output);
        if (!Files.isDirectory(sources)) {
            return true;
        }
        copyResources(sources, output);
        List<Path> files = list(sources, true);
        if (files.isEmpty()) {
            return true;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new BuildFailure(
                    System.getProperty("java.home") + " has no compiler: install a JDK, not a JRE");
        }
        PrintWriter out = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            return compiler.getTask(
                            out,
                            manager,
                            null,
                            options(output, classPath, processors),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
        }
    }

    private static List<String> options(Path output, List<File> classPath, List<File> processors) {
        List<String> options = new ArrayList<>();
        options.addAll(List.of("--release", "17", "-encoding", "UTF-8", "-g", "-parameters"));
        options.addAll(List.of(LINTS, "-Werror", "-d", output.toString()));
        options.addAll(List.of("-implicit:none", "-sourcepath", ""));
        options.addAll(List.of("-cp", join(classPath)));
        if (processors.isEmpty()) {
            options.add("-proc:none");
        } else {
            options.addAll(List.of("-processorpath", join(processors)));
        }
        return options;
    }

    private static String join(List<File> files) {
        return files.stream().map(File::getPath).collect(Collectors.joining(File.pathSeparator));
    }

    private static void clear(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(folder);
    }

    private static void copyResources(Path sources, Path output) throws IOException {
        for (Path file : list(sources, false)) {
            Path target = output.resolve(sources.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<Path> list(Path root, boolean java) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".java") == java)
                    .filter(file -> !file.getFileName().toString().equals(".gitkeep"))
                    .sorted()
                    .toList();
        }
    }
}
