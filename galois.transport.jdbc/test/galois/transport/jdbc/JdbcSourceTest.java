package galois.transport.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.Decoder.Origin;
import galois.api.io.MalformedRow;
import galois.api.io.SourceConnector.Handler;
import galois.api.io.SourceConnector.Session;
import galois.api.plan.StreamDefinition;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Reads an H2 database over TCP with the driver of a jar that no class path has. */
@Timeout(60)
class JdbcSourceTest {
    private static final Schema DEVICES =
            Schema.of(
                    new Field("id", FieldType.VARCHAR),
                    new Field("n", FieldType.INTEGER),
                    new Field("max", FieldType.DOUBLE),
                    new Field("seen", FieldType.TIMESTAMP),
                    new Field("on", FieldType.BOOLEAN));

    @TempDir Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Server server;
    private String url;
    private JdbcSource source;

    @BeforeEach
    void startDatabase() throws Exception {
        server =
                Server.createTcpServer(
                                "-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                        .start();
        url = "jdbc:h2:tcp://localhost:" + server.getPort() + "/./plant";
        Path jar =
                Path.of(
                        org.h2.Driver.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        environment.put(Drivers.PATH, jar.toString());
        environment.put("SECRET", "open sesame");
        source = new JdbcSource(() -> 42, environment::get);
        sql(
                "CREATE TABLE devices (max DOUBLE, id VARCHAR(20), n INT, seen TIMESTAMP, \"ON\""
                        + " BOOLEAN, more INT)",
                "INSERT INTO devices VALUES (1.5, 'd1', 7, '2026-03-01 08:00:00.25', TRUE, 1),"
                        + " (NULL, 'a, \"b\"', NULL, NULL, FALSE, 2), (0, '', -1, NULL, NULL, 3)");
    }

    @AfterEach
    void stopDatabase() {
        source.deactivate();
        server.stop();
    }

    /** Asks the driver itself: a test before may have loaded it for the DriverManager elsewhere. */
    private void sql(String... statements) throws Exception {
        Properties login = new Properties();
        login.setProperty("user", "sa");
        login.setProperty("password", "open sesame");
        try (Connection connection = org.h2.Driver.load().connect(url, login);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private StreamDefinition table(String... options) {
        Map<String, String> all = new HashMap<>();
        all.putAll(Map.of("format", "csv", "header", "false", "url", url, "user", "sa"));
        all.put("password", "env:SECRET");
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return new StreamDefinition("devices", DEVICES, Map.of(), -1, 0, all, List.of("id"));
    }

    /** Collects what is read; waits in the first payload if asked to. */
    private static final class Reader implements Handler {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final CompletableFuture<String> text = new CompletableFuture<>();
        final CountDownLatch first = new CountDownLatch(1);
        boolean waits;

        @Override
        public void onPayload(byte[] b, int offset, int length, Origin origin) {
            assertEquals(new Origin(null, 42), origin);
            bytes.write(b, offset, length);
            first.countDown();
            try {
                if (waits) {
                    new CountDownLatch(1).await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onEnd() {
            text.complete(bytes.toString(StandardCharsets.UTF_8));
        }

        @Override
        public void onProblem(MalformedRow problem) {
            throw new AssertionError(problem);
        }

        @Override
        public void onConnection(boolean up, String detail) {
            throw new AssertionError(detail);
        }

        @Override
        public void onFailure(GaloisException failure) {
            text.completeExceptionally(failure);
        }
    }

    private String read(StreamDefinition table) throws Exception {
        Reader reader = new Reader();
        Session session = source.open(table, reader);
        try {
            return reader.text.get(30, TimeUnit.SECONDS);
        } finally {
            session.close();
        }
    }

    @Test
    void aTableIsReadWithTheColumnsThatAreDeclared() throws Exception {
        assertEquals(
                "\"d1\",7,1.5,2026-03-01T08:00:00.250Z,true\n"
                        + "\"a, \"\"b\"\"\",,,,false\n"
                        + "\"\",-1,0.0,,\n",
                read(table("query", "SELECT * FROM devices ORDER BY more")));
    }

    @Test
    void aSelectGivesColumnsByName() throws Exception {
        String select =
                "SELECT 1 AS n, 'x' AS ID, 2 AS max, TRUE AS \"on\", DATE '2026-03-01' AS seen";
        assertEquals("\"x\",1,2.0,2026-03-01T00:00Z,true\n", read(table("query", select)));
        sql("CREATE TABLE plain (id INT, n INT)", "INSERT INTO plain VALUES (3, 4)");
        StreamDefinition plain = table("table", "PUBLIC.plain");
        Schema two =
                Schema.of(
                        new Field("N", FieldType.BIGINT),
                        new Field("ID", FieldType.decimal(18, 0)));
        assertEquals(
                "4,3\n",
                read(new StreamDefinition("p", two, Map.of(), -1, 0, plain.options(), List.of())));
    }

    @Test
    void manyRowsComeInPieces() throws Exception {
        sql(
                "CREATE TABLE many AS SELECT 'd' || x AS id, x AS n, x / 2.0 AS max, NULL AS seen,"
                        + " NULL AS \"ON\" FROM SYSTEM_RANGE(1, 5000)");
        String text = read(table("query", "SELECT * FROM many ORDER BY n", "fetch_rows", "100"));
        assertEquals(5000, text.lines().count());
        assertTrue(text.endsWith("\"d5000\",5000,2500.0,,\n"));
    }

    @Test
    void closeEndsAReaderThatNobodyTakesFrom() throws Exception {
        Reader reader = new Reader();
        reader.waits = true;
        Session session = source.open(table("query", "SELECT * FROM devices"), reader);
        assertTrue(reader.first.await(30, TimeUnit.SECONDS));
        session.close();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            assertFalse(thread.getName().equals("galois-jdbc-devices"), "the thread is left");
        }
    }

    @Test
    void whatIsWrongIsSaidWithoutTheSecret() throws Exception {
        String place = "jdbc:h2:tcp://localhost:" + server.getPort() + "/./plant";
        environment.put("SECRET", "wrong");
        GaloisException refused =
                assertThrows(GaloisException.class, () -> read(table("table", "devices")));
        assertEquals(ErrorCode.SOURCE_OPEN, refused.code());
        assertTrue(
                refused.getMessage()
                        .startsWith("table \"devices\" cannot be read from " + place + ": "),
                refused::getMessage);
        assertFalse(refused.getMessage().contains("wrong:"), refused::getMessage);
        environment.remove("SECRET");
        assertEquals(
                "table \"devices\": the environment variable of option 'password' (env:SECRET) is"
                        + " not set on the node",
                message(table("table", "devices")));
        Path file = folder.resolve("secret");
        Files.writeString(file, "open sesame\n");
        String password = "file:" + file;
        assertTrue(
                read(table("query", "SELECT * FROM devices", "password", password)).length() > 9);
        assertEquals(
                "table \"devices\": its select gives no column \"n\", it gives [ID]",
                problem(table("query", "SELECT 1 AS id", "password", password)).getMessage());
        assertEquals(
                "table \"devices\": give one of the options 'table' and 'query'",
                message(table("password", password)));
        assertEquals(
                "table \"devices\": option 'table' is no plain name such as devices or"
                        + " shop.devices: use 'query'",
                message(table("table", "a; DROP TABLE a", "password", password)));
        assertTrue(
                message(table("url", "jdbc:other:x", "table", "a", "password", password))
                        .contains("there is no JDBC driver for it"));
    }

    private String message(StreamDefinition table) {
        return assertThrows(GaloisException.class, () -> source.open(table, new Reader()))
                .getMessage();
    }

    private GaloisException problem(StreamDefinition table) throws Exception {
        Reader reader = new Reader();
        Session session = source.open(table, reader);
        ExecutionException failed =
                assertThrows(ExecutionException.class, () -> reader.text.get(30, TimeUnit.SECONDS));
        session.close();
        return (GaloisException) failed.getCause();
    }
}
