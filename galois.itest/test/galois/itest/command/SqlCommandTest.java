package galois.itest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.itest.command.GaloisCommand.Result;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ./galois sql} as a person meets it: streams, exit codes, one line for each mistake. */
class SqlCommandTest {
    @TempDir Path folder;

    private Result sql(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("./galois", "sql"));
        command.addAll(List.of(words));
        return GaloisCommand.run(command, Map.of());
    }

    @Test
    void resultsOnlyOnStandardOutput() throws Exception {
        Path data = Files.writeString(folder.resolve("t.csv"), "a,b\n1,x\nno,y\n3,\"z, z\"\n4,\n");
        Path script =
                Files.writeString(
                        folder.resolve("t.sql"),
                        "CREATE STREAM t (a INTEGER, b VARCHAR) WITH (transport = 'file', path = 't.csv',"
                                + " format = 'csv', header = 'true');\n"
                                + "SELECT a, b FROM t WHERE a > 0;\nSELECT b FROM t WHERE a = 3;\n");
        Result result = sql(script.toString());
        assertEquals("a,b\n1,x\n3,\"z, z\"\n4,\n\nb\n\"z, z\"\n", result.out(), result::text);
        assertEquals(0, result.exitCode(), result::text);
        assertTrue(result.err().contains("line 3"), result::text);
        assertTrue(Files.exists(data));
    }

    @Test
    void aMistakeIsOneLineWithItsPlace() throws Exception {
        Path script =
                Files.writeString(
                        folder.resolve("bad.sql"), "-- first\nSELECT temps\nFROM nowhere;\n");
        Result result = sql(script.toString());
        assertEquals(2, result.exitCode(), result::text);
        assertEquals("", result.out());
        assertEquals(1, result.err().strip().lines().count(), result::text);
        assertTrue(
                result.err().matches("GLS-2002 \\S*bad.sql line 3, column 6: .*nowhere.*\\n"),
                result::text);
    }

    @Test
    void aMissingInputFileIsNamed() throws Exception {
        Result result =
                sql(
                        "-e",
                        "CREATE STREAM t (a INTEGER) WITH (transport = 'file', path = 'none.csv', format ="
                                + " 'csv'); SELECT a FROM t");
        assertEquals(2, result.exitCode(), result::text);
        assertEquals(1, result.err().strip().lines().count(), result::text);
        assertTrue(result.err().contains("none.csv"), result::text);
    }

    @Test
    void aReaderThatLeavesIsNoError() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            rows.append(i).append('\n');
        }
        Files.writeString(folder.resolve("big.csv"), rows);
        Path script =
                Files.writeString(
                        folder.resolve("big.sql"),
                        "CREATE STREAM big (i BIGINT) WITH (transport = 'file', path = 'big.csv',"
                                + " format = 'csv', header = 'false');\nSELECT i FROM big;\n");
        Result result =
                GaloisCommand.run(
                        List.of(
                                "bash",
                                "-c",
                                "./galois sql \"$1\" | head -n 2",
                                "x",
                                script.toString()),
                        Map.of());
        assertEquals("i\n0\n", result.out(), result::text);
        assertEquals("", result.err());
    }
}
