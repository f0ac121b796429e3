package galois.itest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.itest.command.GaloisCommand.Result;
import galois.itest.command.MarkdownBlocks.Block;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Everything that README and docs tell to type works as told: {@code sh} and {@code sql} blocks are
 * run, a {@code csv} block is what the one before it printed, {@code java} blocks compile. A
 * comment before a block says what is run instead, or why nothing is.
 */
class DocsTest {
    private String printed = "";

    @TestFactory
    List<DynamicTest> blocks() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(GaloisCommand.ROOT.resolve("README.md")));
        try (Stream<Path> docs = Files.list(GaloisCommand.ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md"))
                    .filter(page -> !SqlDocsTest.isSqlPage(page))
                    .sorted()
                    .forEach(pages::add);
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages) {
            for (Block block : MarkdownBlocks.of(page)) {
                if (block.remark().startsWith("not run: ")
                        || block.remark().startsWith("run by ")) {
                    continue;
                }
                switch (block.language()) {
                    case "sh" -> tests.add(DynamicTest.dynamicTest(name(block), () -> sh(block)));
                    case "sql" -> tests.add(DynamicTest.dynamicTest(name(block), () -> sql(block)));
                    case "csv" -> tests.add(DynamicTest.dynamicTest(name(block), () -> csv(block)));
                    case "java" ->
                            tests.add(DynamicTest.dynamicTest(name(block), () -> compile(block)));
                    default -> {}
                }
            }
        }
        assertTrue(tests.size() > 5, "the pages have examples");
        return tests;
    }

    private static String name(Block block) {
        return block.toString();
    }

    private void sh(Block block) throws Exception {
        if (block.remark().startsWith("run: ")) {
            run(block.remark().substring(5));
            return;
        }
        for (String line : block.text().split("\n")) {
            run(line);
        }
    }

    private void run(String line) throws Exception {
        Result result = GaloisCommand.shell(line);
        assertEquals(0, result.exitCode(), () -> line + "\n" + result.text());
        printed = result.out();
    }

    private void sql(Block block) throws Exception {
        Result result = GaloisCommand.run("sql", "-e", block.text());
        assertEquals(0, result.exitCode(), result::text);
        printed = result.out();
    }

    private void csv(Block block) {
        assertEquals(block.text(), printed);
    }

    private static void compile(Block block) throws IOException {
        Path folder = Files.createTempDirectory("galois-docs");
        String type = block.text().replaceFirst("(?s).*public final class (\\w+).*", "$1");
        Path source = Files.writeString(folder.resolve(type + ".java"), block.text());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            StringWriter messages = new StringWriter();
            boolean compiled =
                    compiler.getTask(
                                    messages,
                                    files,
                                    null,
                                    List.of(
                                            "-d",
                                            folder.toString(),
                                            "-proc:none",
                                            "-cp",
                                            System.getProperty(
                                                    "galois.docs.classpath", classPath())),
                                    null,
                                    files.getJavaFileObjects(source))
                            .call();
            assertTrue(compiled, messages::toString);
        }
    }

    /** What a bundle of ours compiles against. */
    private static String classPath() throws IOException {
        List<String> path = new ArrayList<>();
        for (String project : List.of("galois.batch", "galois.api")) {
            path.add(GaloisCommand.ROOT.resolve(project).resolve("bin").toString());
        }
        for (String jar : Files.readAllLines(GaloisCommand.ROOT.resolve("cnf/cache/libraries"))) {
            if (jar.contains("osgi")) {
                path.add(jar);
            }
        }
        return String.join(System.getProperty("path.separator"), path);
    }
}
