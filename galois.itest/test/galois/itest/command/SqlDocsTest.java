package galois.itest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import galois.itest.command.GaloisCommand.Result;
import galois.itest.command.MarkdownBlocks.Block;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every example of the pages {@code docs/sql*.md} prints what the page says, all in one run of
 * {@code ./galois sql --each}. A {@code sql} block is a script; the {@code csv} or {@code text}
 * block after it is what it prints, errors included (a line {@code ...} stands for any lines).
 * Comments before a block: {@code before each} (put in front of every script that follows), {@code
 * file: NAME} (a file beside the scripts), {@code not run: REASON}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SqlDocsTest {
    private static final String FILE = "file: ";

    @TempDir Path folder;

    /** A script of a page and what follows it; null when the page shows no result. */
    private record Example(Block sql, Block result, Path script) {}

    static boolean isSqlPage(Path page) {
        return page.getFileName().toString().matches("sql.*\\.md");
    }

    @TestFactory
    List<DynamicTest> examples() throws Exception {
        List<Example> examples = new ArrayList<>();
        try (Stream<Path> docs = Files.list(GaloisCommand.ROOT.resolve("docs"))) {
            for (Path page : docs.filter(SqlDocsTest::isSqlPage).sorted().toList()) {
                examples.addAll(write(page));
            }
        }
        assertTrue(examples.size() > 5, "the pages have examples");
        Result run = GaloisCommand.run("sql", "--each", folder.toString());
        assertTrue(run.err().contains(examples.size() + " scripts"), run::text);
        List<DynamicTest> tests = new ArrayList<>();
        for (Example example : examples) {
            String output = Files.readString(output(example.script()));
            tests.add(
                    DynamicTest.dynamicTest(
                            example.sql().toString(), () -> check(example, output, run)));
        }
        return tests;
    }

    private List<Example> write(Path page) throws IOException {
        List<Example> examples = new ArrayList<>();
        String before = "";
        List<Block> blocks = MarkdownBlocks.of(page);
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            if (block.remark().startsWith(FILE)) {
                Files.writeString(
                        folder.resolve(block.remark().substring(FILE.length())), block.text());
            } else if (block.language().equals("sql") && block.remark().equals("before each")) {
                before = block.text();
            } else if (block.language().equals("sql") && !block.remark().startsWith("not run: ")) {
                Block next = i + 1 < blocks.size() ? blocks.get(i + 1) : null;
                boolean isResult =
                        next != null
                                && next.remark().isEmpty()
                                && (next.language().equals("csv")
                                        || next.language().equals("text"));
                String name = page.getFileName() + "-" + (10_000 + block.line()) + ".sql";
                String text = oneLine(before) + '\n' + block.text();
                examples.add(
                        new Example(
                                block,
                                isResult ? next : null,
                                Files.writeString(folder.resolve(name), text)));
            }
        }
        return examples;
    }

    private static String oneLine(String sql) {
        return sql.replaceAll("\\s+", " ");
    }

    private static Path output(Path script) {
        String name = script.getFileName().toString().replaceFirst("\\.sql$", ".out");
        return script.resolveSibling(name);
    }

    private static void check(Example example, String output, Result run) {
        if (example.result() == null) {
            if (output.startsWith("GLS-") || output.contains("\nGLS-")) {
                fail(output);
            }
            return;
        }
        String expected = example.result().text();
        // Places are those of the example: without the script's name and its first line.
        String actual =
                Pattern.compile("(?m)^(GLS-\\d+) \\S+\\.sql line (\\d+)")
                        .matcher(output)
                        .replaceAll(
                                m -> m.group(1) + " line " + (Integer.parseInt(m.group(2)) - 1));
        if (!matches(expected, actual)) {
            assertEquals(expected, actual, run::err);
        }
    }

    /** Equal, but for {@code ...} that stands for anything. */
    private static boolean matches(String expected, String actual) {
        StringBuilder pattern = new StringBuilder("(?s)");
        for (String part : expected.split("\\.\\.\\.", -1)) {
            pattern.append(pattern.length() > 4 ? ".*" : "");
            pattern.append(Pattern.quote(part));
        }
        return actual.matches(pattern.toString());
    }
}
