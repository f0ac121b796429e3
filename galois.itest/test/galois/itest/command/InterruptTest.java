package galois.itest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ctrl-C at several moments: exit code 130, and no process is left. */
@Timeout(180)
class InterruptTest {
    private static final int INTERRUPTED = 130;
    private static final int LIMIT_S = 60;

    @TempDir Path folder;

    /** What runs in the background of a shell without job control is deaf to Ctrl-C. */
    @BeforeEach
    void needsInterrupts() throws Exception {
        String ignored = GaloisCommand.shell("trap").out();
        assumeFalse(ignored.contains("INT"), "interrupts are ignored here");
    }

    private Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("./galois"));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(GaloisCommand.ROOT.toFile())
                        .redirectError(folder.resolve("err").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private void assertInterrupted(Process process) throws Exception {
        List<ProcessHandle> children = process.descendants().toList();
        String pid = Long.toString(process.pid());
        assertEquals(0, new ProcessBuilder("kill", "-INT", pid).start().waitFor());
        boolean ended = process.waitFor(LIMIT_S, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, "still there after " + LIMIT_S + " s");
        String text = Files.readString(folder.resolve("err"));
        assertEquals(INTERRUPTED, process.exitValue(), text);
        children.forEach(child -> assertFalse(child.isAlive(), () -> "left: " + child.info()));
    }

    @Test
    void atTheVeryStart() throws Exception {
        assertInterrupted(start("demo", "--port", "0"));
    }

    @Test
    void whileTheDemoRuns() throws Exception {
        Process process = start("demo", "--rate", "200", "--port", "0");
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.contains("READY")) {
            line = output.readLine();
        }
        assertTrue(line != null, "the demo ended before it was ready");
        assertInterrupted(process);
    }

    @Test
    void whileNobodyReadsTheResults() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 1_000_000; i++) {
            rows.append(i).append('\n');
        }
        Files.writeString(folder.resolve("big.csv"), rows);
        Path script =
                Files.writeString(
                        folder.resolve("big.sql"),
                        "CREATE STREAM big (i BIGINT) WITH (transport = 'file', path = 'big.csv',"
                                + " format = 'csv', header = 'false');\nSELECT i FROM big;\n");
        Process process = start("sql", script.toString());
        assertEquals('i', process.getInputStream().read());
        assertInterrupted(process);
    }
}
