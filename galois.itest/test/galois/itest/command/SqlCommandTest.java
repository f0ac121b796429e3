package galois.itest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.itest.command.GaloisCommand.Result;

import org.h2.Driver;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

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

    /** A table of a database, by the driver that the environment names. */
    @Test
    void aDatabaseIsLookedUp() throws Exception {
        Server server =
                Server.createTcpServer(
                        "-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString());
        server.start();
        try {
            String url = "jdbc:h2:tcp://localhost:" + server.getPort() + "/plant";
            try (Connection connection = Driver.load().connect(url, new Properties());
                    java.sql.Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE devices (id VARCHAR PRIMARY KEY, \"MAX\" DOUBLE)");
                statement.execute("INSERT INTO devices VALUES ('a', 1.5), ('b', NULL)");
                Path script =
                        Files.writeString(
                                folder.resolve("db.sql"),
                                "CREATE STREAM s (n INTEGER, id VARCHAR) AS VALUES (1, 'a'), (2, 'b'),"
                                        + " (3, 'c');\nCREATE TABLE devices (id VARCHAR PRIMARY KEY,"
                                        + " max DOUBLE) WITH (source = 'jdbc', url = '"
                                        + url
                                        + "', table = 'devices');\nSELECT n, d.id, d.max FROM s LEFT"
                                        + " JOIN devices FOR SYSTEM_TIME AS OF PROCTIME() AS d ON"
                                        + " s.id = d.id;\n");
                List<String> command = List.of("./galois", "sql", script.toString());
                Result without = GaloisCommand.run(command, Map.of("GALOIS_JDBC_PATH", ""));
                assertEquals(2, without.exitCode(), without::text);
                assertTrue(without.err().contains("GALOIS_JDBC_PATH"), without::text);
                Path jar =
                        Path.of(
                                Driver.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI());
                Result result =
                        GaloisCommand.run(command, Map.of("GALOIS_JDBC_PATH", jar.toString()));
                assertEquals("n,id,max\n1,a,1.5\n2,b,\n3,,\n", result.out(), result::text);
            }
        } finally {
            server.stop();
        }
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
