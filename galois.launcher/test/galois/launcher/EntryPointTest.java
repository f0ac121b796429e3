package galois.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./galois} refuses wrong command lines by itself, in one line, before it starts a JVM. */
class EntryPointTest {
    private static final Path SCRIPT =
            Path.of(System.getProperty("galois.workspace", ".."), "galois");

    private record Outcome(int exitCode, String text) {}

    @TempDir Path elsewhere;

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            textBlock =
                    """
            tset                   @ unknown command "tset" (did you mean "test"?): ./galois help lists the commands
            sql --fomat csv        @ unknown option --fomat: ./galois help sql lists the options
            sql -e                 @ option -e needs a value (SQL): see ./galois help sql
            sql --format xml       @ --format must be one of table|csv|json, not "xml"
            sql --for ten          @ --for needs a time such as 500ms, 10s, 5m or 1h, not "ten"
            sql absent.sql         @ sql: there is no file "absent.sql"; check the path
            demo --data absent.csv @ --data: there is no file "absent.csv"; check the path
            demo --rate fast       @ --rate needs a whole number or max, not "fast"
            demo --rows 1234567890 @ --rows needs a whole number of at most nine digits, not "1234567890"
            demo surplus           @ surplus argument "surplus": ./galois help demo shows what it takes
            bench                  @ NAME is missing: ./galois help bench shows an example
            """)
    void namesTheMistakeAndTheRemedy(String command, String message) throws Exception {
        Outcome outcome = galois(command.split(" "));
        assertEquals("galois: " + message, outcome.text().strip());
        assertEquals(2, outcome.exitCode());
    }

    @Test
    void everyListedCommandIsExplainedWithAnExample() throws Exception {
        String list = galois("help").text();
        for (String line : list.lines().filter(text -> text.matches("  [a-z].*")).toList()) {
            String command = line.strip().split(" ")[0];
            Outcome outcome = galois("help", command);
            assertEquals(0, outcome.exitCode(), command);
            boolean complete =
                    outcome.text().startsWith("Usage: ./galois " + command)
                            && outcome.text().contains("Example:");
            assertTrue(complete || command.equals("help"), outcome.text());
            assertEquals(outcome.text(), galois(command, "--help").text());
        }
    }

    private Outcome galois(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(elsewhere.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }
}
