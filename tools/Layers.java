import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Holds the built bundles against cnf/layers.txt. Usage, in the root: {@code java tools/Layers.java
 * cnf/layers.txt}. Prints what is wrong and exits with 1, or prints nothing.
 */
public final class Layers {
    private record Layer(String name, boolean exports, List<String> bundles) {
        boolean has(String bundle) {
            return bundles.stream().anyMatch(pattern -> matches(pattern, bundle));
        }
    }

    private record Built(
            String name,
            String folder,
            Set<String> imports,
            Set<String> exports,
            Set<String> contents) {}

    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, List<String>> owners = new TreeMap<>();
    private int errors;

    public static void main(String[] args) throws IOException {
        Layers check = new Layers();
        check.readRules(Path.of(args[0]));
        List<Built> bundles = readBundles(Path.of(""));
        bundles.forEach(bundle -> check.check(bundle, bundles));
        System.exit(check.errors == 0 ? 0 : 1);
    }

    private void readRules(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip().split("\\s+");
            if (line.startsWith("layer ")) {
                boolean exports = words.length > 2 && words[2].equals("exports");
                layers.add(new Layer(words[1], exports, new ArrayList<>()));
            } else if (line.startsWith("only ")) {
                owners.put(words[1], List.of(words).subList(2, words.length));
            } else if (line.startsWith("  ")) {
                layers.get(layers.size() - 1).bundles().addAll(List.of(words));
            }
        }
    }

    private void check(Built bundle, List<Built> all) {
        int level = levelOf(bundle.name());
        if (level < 0) {
            error(bundle, "is in no layer, add it to cnf/layers.txt");
            return;
        }
        if (!layers.get(level).exports() && !bundle.exports().isEmpty()) {
            error(bundle, "must not export " + bundle.exports() + ", only contracts are exported");
        }
        for (String imported : bundle.imports()) {
            Built owner = exporter(imported, all);
            if (owner == null && imported.startsWith("galois.")) {
                error(bundle, "imports " + imported + ", which no bundle exports");
            } else if (owner != null && owner != bundle && levelOf(owner.name()) >= level) {
                error(bundle, "must not import " + imported + " of " + owner.name());
            }
        }
        for (String content : bundle.contents()) {
            if (content.startsWith("galois.") && !isPart(content, bundle.folder())) {
                error(bundle, "contains the package " + content + " of another bundle");
            }
        }
        owners.forEach((library, users) -> checkOwner(bundle, library, users));
    }

    private void checkOwner(Built bundle, String library, List<String> owners) {
        boolean uses =
                Stream.concat(bundle.imports().stream(), bundle.contents().stream())
                        .anyMatch(name -> isPart(name, library));
        if (uses && !owners.contains(bundle.name())) {
            error(bundle, "must not use " + library + ", which only " + owners + " may know");
        }
    }

    private static boolean isPart(String name, String prefix) {
        return name.equals(prefix) || name.startsWith(prefix + ".");
    }

    private static boolean matches(String pattern, String bundle) {
        return pattern.endsWith("*")
                ? bundle.startsWith(pattern.substring(0, pattern.length() - 1))
                : bundle.equals(pattern);
    }

    private int levelOf(String bundle) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).has(bundle)) {
                return i;
            }
        }
        return -1;
    }

    private static Built exporter(String packageName, List<Built> all) {
        return all.stream().filter(b -> b.exports().contains(packageName)).findFirst().orElse(null);
    }

    private void error(Built bundle, String what) {
        errors++;
        System.out.println(bundle.name() + ": error: " + what);
    }

    private static List<Built> readBundles(Path root) throws IOException {
        List<Built> bundles = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root, 3)) {
            for (Path file : files.filter(Layers::isOurs).sorted().toList()) {
                bundles.add(read(file));
            }
        }
        return bundles;
    }

    private static boolean isOurs(Path file) {
        return file.toString().endsWith(".jar")
                && file.getNameCount() == 3
                && file.getName(0).toString().startsWith("galois.")
                && file.getName(1).toString().equals("generated");
    }

    private static Built read(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Attributes headers = jar.getManifest().getMainAttributes();
            Set<String> contents = new LinkedHashSet<>();
            jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && name.contains("/"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                    .forEach(contents::add);
            String name = headers.getValue("Bundle-SymbolicName");
            if (name == null) {
                name = file.getFileName().toString().replaceFirst("\\.jar$", "");
            }
            return new Built(
                    name.replaceFirst(";.*", "").strip(),
                    file.getName(0).toString(),
                    names(headers.getValue("Import-Package")),
                    names(headers.getValue("Export-Package")),
                    contents);
        }
    }

    /** The names of an OSGi header; commas within quotes do not separate. */
    private static Set<String> names(String header) {
        Set<String> names = new LinkedHashSet<>();
        String plain = header == null ? "" : header.replaceAll("\"[^\"]*\"", "");
        for (String clause : plain.split(",")) {
            for (String part : clause.split(";")) {
                if (!part.contains("=") && !part.isBlank()) {
                    names.add(part.strip());
                }
            }
        }
        return names;
    }
}
