package galois.itest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Each rule of {@code tools/Tidy.java} and {@code tools/Layers.java} fails on a bad file. */
@Timeout(120)
class ToolsTest {
    private static final int LINES_MAX = 500;
    private static final int METHOD_LINES_MAX = 70;

    @TempDir Path root;

    private String run(int exitCode, String tool, List<String> arguments) throws Exception {
        Path out = root.resolve("out.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(GaloisCommand.ROOT.resolve("tools").resolve(tool).toString());
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command)
                        .directory(root.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(out);
        assertEquals(true, ended, text);
        assertEquals(exitCode, process.exitValue(), text);
        return text;
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String type(String... lines) {
        return "class T {\n" + String.join("\n", lines) + "\n}\n";
    }

    @Test
    void tidyFindsEachKindOfBadFile() throws Exception {
        Map<String, String> bad = new TreeMap<>();
        bad.put("a/Sleep.java", type("void f() { Thread.sleep(1); }"));
        bad.put("a/Trace.java", type("void f() { e.printStackTrace(); }"));
        bad.put("a/Print.java", type("void f() { System.out.println(); }"));
        bad.put("a/Clock.java", type("long f() { return System.nanoTime(); }"));
        bad.put("a/Random.java", type("Object f() { return new Random(); }"));
        bad.put("a/Name.java", "\nclass RowHelper {}\n");
        bad.put("a/Manager.java", "\nclass RowManager {}\n");
        bad.put("a/Catch.java", type("void f() { try { g(); } catch (Exception e) {} }"));
        bad.put("a/Open.txt", "\n// TO" + "DO later\n");
        bad.put("a/Place.txt", "\nsee /ro" + "ot/x\n");
        bad.put("a/Host.txt", "\nhttps://repo.mav" + "en.example\n");
        bad.put("a/Long.java", "\n".repeat(LINES_MAX + 1));
        bad.put("a/Method.java", type("void f() {" + "\n".repeat(METHOD_LINES_MAX) + "}"));
        bad.put("galois.api/src/x/Alone.java", "\n\n");
        Map<String, String> words = new TreeMap<>();
        words.put("a/Sleep.java:2", "sleeping is banned");
        words.put("a/Trace.java:2", "printStackTrace is banned");
        words.put("a/Print.java:2", "System.out and System.err are banned");
        words.put("a/Clock.java:2", "reading a clock is banned");
        words.put("a/Random.java:2", "unseeded randomness is banned");
        words.put("a/Name.java:2", "Impl, Util, Helper");
        words.put("a/Manager.java:2", "Manager is for the three tiers");
        words.put("a/Catch.java:2", "catching everything is banned");
        words.put("a/Open.txt:2", "open ends are banned");
        words.put("a/Place.txt:2", "a path of one machine is banned");
        words.put("a/Host.txt:2", "download hosts are banned");
        words.put("a/Long.java:" + LINES_MAX, "a file has at most");
        words.put("a/Method.java:2", "a method has at most");
        words.put("galois.api/src/x/Alone.java:1", "needs a package-info.java");
        write("cnf/tidy.txt", "# none is allowed\n");
        for (Map.Entry<String, String> file : bad.entrySet()) {
            write(file.getKey(), file.getValue());
        }
        assertLines(words, run(1, "Tidy.java", List.copyOf(bad.keySet())));
    }

    @Test
    void tidyLetsPassWhatIsGoodExplainedOrAllowed() throws Exception {
        write("cnf/tidy.txt", "print a/b for a reason\n");
        write("a/b/Print.java", type("void f() { System.out.println(); }"));
        write(
                "a/Good.java",
                type(
                        "// Thread.sleep in a comment",
                        "String s = \"new Random()\";",
                        "void f() { try { g(); } catch (Exception e) { // boundary: why",
                        "} }"));
        assertEquals("", run(0, "Tidy.java", List.of("a/b/Print.java", "a/Good.java")));
    }

    @Test
    void layersFindEachKindOfBadBundle() throws Exception {
        layers();
        bundle("galois.stray", "", "", "galois/stray/A.class");
        bundle("galois.low", "galois.high", "galois.low", "galois/low/A.class");
        bundle("galois.high", "", "galois.high", "galois/high/A.class");
        bundle("galois.lost", "galois.nowhere", "", "galois/lost/A.class");
        bundle("galois.thief", "", "", "galois/low/A.class");
        bundle("galois.greedy", "org.private;version=\"[1,2)\"", "", "galois/greedy/A.class");
        Map<String, String> words = new TreeMap<>();
        words.put("galois.stray", "is in no layer");
        words.put("galois.low", "must not import galois.high of galois.high");
        words.put("galois.high", "must not export [galois.high]");
        words.put("galois.lost", "imports galois.nowhere, which no bundle exports");
        words.put("galois.thief", "contains the package galois.low of another bundle");
        words.put("galois.greedy", "must not use org.private");
        assertLines(words, run(1, "Layers.java", List.of("cnf/layers.txt")));
    }

    @Test
    void layersLetPassWhatKeepsThem() throws Exception {
        layers();
        bundle("galois.low", "", "galois.low;version=\"1.0,0\"", "galois/low/A.class");
        bundle("galois.high", "galois.low,org.private", "", "galois/high/part/A.class");
        assertEquals("", run(0, "Layers.java", List.of("cnf/layers.txt")));
    }

    private void layers() throws IOException {
        write(
                "cnf/layers.txt",
                "layer low exports\n  galois.low\n"
                        + "layer high\n  galois.high galois.l* galois.thief galois.greedy\n"
                        + "only org.private galois.high\n");
    }

    private void bundle(String name, String imports, String exports, String entry)
            throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-SymbolicName", name);
        headers.putValue("Import-Package", imports);
        headers.putValue("Export-Package", exports);
        Path file = root.resolve(name).resolve("generated").resolve(name + ".jar");
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new ZipEntry(entry));
            jar.write("x".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** One line for each bad file, and no other. */
    private static void assertLines(Map<String, String> words, String printed) {
        Map<String, String> found = new TreeMap<>();
        for (String line : printed.lines().toList()) {
            String where = line.substring(0, line.indexOf(": error: "));
            String expected = words.getOrDefault(where, "nothing");
            found.merge(where, line.contains(expected) ? expected : line, (a, b) -> a + b);
        }
        assertEquals(words, found, printed);
    }
}
