package galois.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.client.ClientQuery;
import galois.api.client.ClientSession;
import galois.api.client.QueryClient;
import galois.api.control.QueryState;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A stream over MQTT is joined with a table in a file that changes meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class TableIT {
    private static final long LIMIT_S = 120;

    @TempDir Path folder;

    private Installation installation;
    private QueryClient client;

    @BeforeAll
    void install() throws Exception {
        installation = new Installation();
        client = installation.await(QueryClient.class, "");
    }

    @AfterAll
    void remove() throws Exception {
        installation.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spread", "fused"})
    void rowsMeetTheVersionOfTheTableThatIsInUse(String placement) throws Exception {
        String topic = "it/table/" + placement;
        Path file = folder.resolve(placement + ".csv");
        write(file, "1,north,1\n1,hidden,0\n2,east,1\n");
        Rows rows = new Rows();
        int published = 0;
        try (ClientSession session = client.open(problems -> {});
                Publisher device = new Publisher(installation.brokerUrl(), topic)) {
            execute(session, table(placement, file), null);
            execute(session, stream(placement, topic), null);
            session.set("placement", placement);
            String sql =
                    "SELECT s.n, d.site FROM s_%1$s AS s JOIN (SELECT id, site FROM t_%1$s WHERE"
                            + " shown = 1) AS d ON s.n = d.id";
            ClientQuery query = execute(session, sql.formatted(placement), rows);
            query.running().get(LIMIT_S, TimeUnit.SECONDS);

            published += publishUntil(device, rows, "1 north");
            write(file, "1,south,1\n1,hidden,0\n");
            published += publishUntil(device, rows, "1 south");
            device.publish("{\"n\":2}"); // is there no more
            Files.delete(file); // the last version stays
            published += publishUntil(device, rows, "1 south");
            write(file, "1,west,1\n");
            published += publishUntil(device, rows, "1 west");
            device.publish("{\"end\":true}");
            assertEquals(QueryState.FINISHED, query.ended().get(LIMIT_S, TimeUnit.SECONDS));
        }
        List<String> list = rows.list();
        assertEquals(published, list.size());
        assertEquals(List.of("1 north", "1 south", "1 west"), list.stream().distinct().toList());
        assertTrue(list.lastIndexOf("1 north") < list.indexOf("1 south"), list::toString);
        installation.awaitNothingLeft();
    }

    /** In one step: nobody reads half of it. */
    private void write(Path file, String text) throws IOException {
        Path other = folder.resolve("next");
        Files.writeString(other, text);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int publishUntil(Publisher device, Rows rows, String last) throws Exception {
        Semaphore nobody = new Semaphore(0);
        int count = 0;
        int before = rows.list().size();
        while (true) {
            device.publish("{\"n\":1}");
            count++;
            while (rows.list().size() < before + count) {
                nobody.tryAcquire(5, TimeUnit.MILLISECONDS);
            }
            if (rows.list().get(before + count - 1).equals(last)) {
                return count;
            }
        }
    }

    private static String table(String name, Path file) {
        return "CREATE TABLE t_"
                + name
                + " (id BIGINT, site VARCHAR, shown INTEGER) WITH (source = 'file', format = 'csv',"
                + " header = 'false', refresh = '50 ms', path = '"
                + file
                + "')";
    }

    private String stream(String name, String topic) {
        return "CREATE STREAM s_"
                + name
                + " (n BIGINT) WITH (transport = 'mqtt', format = 'json', qos = '1', end_field ="
                + " 'end', url = '"
                + installation.brokerUrl()
                + "', topic = '"
                + topic
                + "')";
    }

    private static ClientQuery execute(ClientSession session, String sql, Rows rows) {
        return session.execute(session.split(sql).get(0), rows).query();
    }
}
