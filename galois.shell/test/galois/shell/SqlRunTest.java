package galois.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.group.LocalBus;
import galois.shell.client.BusClient;
import galois.shell.client.ResultConnector;
import galois.shell.output.TableText;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class SqlRunTest {
    @TempDir Path folder;

    private final ResultConnector results = new ResultConnector();
    private final LocalBus bus = new LocalBus();
    private final TestManager manager = new TestManager(bus, results);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final BusClient client = new BusClient(bus, new SplitLanguage(), results);
    private final SqlRun run =
            new SqlRun(
                    client,
                    format -> TableText::new,
                    name -> null,
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    null);

    @AfterEach
    void leave() {
        manager.close();
    }

    private int sql(String... words) {
        return run.run(SqlOptions.parse(List.of(words)), out, "table");
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsResultsOneAfterAnother() {
        assertEquals(0, sql("-e", "SELECT 2\nSHOW x\nSELECT 1"));
        assertEquals("i\n-\n0\n1\n\nshown\n\ni\n-\n0\n", out());
        assertEquals("", err());
    }

    @Test
    void endsAnUnboundedQueryAfterItsRows() {
        assertEquals(0, sql("-e", "SELECT FOREVER", "--rows", "2"));
        assertEquals("i\n-\n0\n1\n", out());
    }

    @Test
    void endsAnUnboundedQueryAfterItsTime() {
        assertEquals(0, sql("-e", "SELECT FOREVER", "--for", "300ms"));
        assertTrue(client.queries().get(0).state().isFinal());
    }

    @Test
    void settingsGoWithTheStatementsThatFollow() {
        assertEquals(0, sql("-e", "SET x\nSELECT 1"));
        assertEquals("spread", manager.settings.get(1).get("placement"));
    }

    @Test
    void namesFileAndPlaceOfAnErrorAndStops() throws Exception {
        Path file = Files.writeString(folder.resolve("a.sql"), "SELECT 1\nBAD\nSELECT 2");
        assertEquals(2, sql(file.toString()));
        assertEquals("GLS-2003 " + file + " line 2, column 1: unknown column\n", err());
        assertEquals("i\n-\n0\n", out());
        assertEquals(folder.toString(), manager.settings.get(0).get("script_directory"));
    }

    @Test
    void runsEveryScriptOfAFolderAndDropsItsStreams() throws Exception {
        Files.writeString(folder.resolve("b.sql"), "CREATE STREAM s\nSELECT 1");
        Files.writeString(folder.resolve("a.sql"), "BAD");
        assertEquals(2, sql("--each", folder.toString()));
        assertEquals(
                "GLS-2003 a.sql line 1, column 1: unknown column\n",
                Files.readString(folder.resolve("a.out")));
        assertEquals("i\n-\n0\n", Files.readString(folder.resolve("b.out")));
        assertTrue(err().endsWith("2 scripts, 1 failed\n"), err());
        assertTrue(manager.statements.contains("DROP STREAM IF EXISTS s"));
        assertEquals("", out());
    }
}
