package galois.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.client.ClientQuery;
import galois.api.client.ClientSession;
import galois.api.client.QueryClient;
import galois.api.control.QueryState;
import galois.api.query.SourceText;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A result that is updated while a real broker brings rows, on one node and on two. */
@Timeout(120)
class UpdatesIT {
    private static final int ROWS = 500;
    private static final int LIMIT_S = 60;
    private static final String TOPIC = "line/parts";

    @TempDir Path folder;

    private final List<Rows> results = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"fused", "spread"})
    void theChangesAddUpToTheResult(String placement) throws Exception {
        try (Mosquitto broker = new Mosquitto(folder);
                Installation installation = new Installation();
                ClientSession session = installation.await(QueryClient.class, "").open(p -> {});
                Publisher device = new Publisher(broker.url(), TOPIC)) {
            String script =
                    """
                    SET 'placement' = '%s';
                    SET 'update_interval' = '20 ms';
                    CREATE STREAM parts (station VARCHAR, n INTEGER)
                    WITH (transport = 'mqtt', url = '%s', topic = '%s', format = 'json',
                      end_field = 'end');
                    SELECT station, COUNT(*) AS c, MAX(n) AS m FROM parts
                      GROUP BY station HAVING COUNT(*) < 150;
                    SELECT DISTINCT station FROM parts;
                    """
                            .formatted(placement, broker.url(), TOPIC);
            List<ClientQuery> queries = run(session, script);
            for (int n = 0; n < ROWS; n++) {
                String station = n % 5 < 2 ? "a" : "s" + n % 7;
                device.publish("{\"station\":\"%s\",\"n\":%d}".formatted(station, n));
            }
            device.publish("{\"end\":true}");
            for (ClientQuery query : queries) {
                assertEquals(QueryState.FINISHED, query.ended().get(LIMIT_S, TimeUnit.SECONDS));
            }
        }
        List<String> changes = results.get(0).list();
        Map<String, Integer> left = new TreeMap<>();
        for (String change : changes) {
            int blank = change.lastIndexOf(' ');
            String op = change.substring(blank + 1);
            left.merge(change.substring(0, blank), op.startsWith("+") ? 1 : -1, Integer::sum);
            assertTrue(left.get(change.substring(0, blank)) >= 0, change);
        }
        left.values().removeIf(count -> count == 0);
        assertEquals(wanted(), left.keySet().stream().toList(), changes::toString);
        assertEquals(8, results.get(1).list().size());
    }

    private static List<String> wanted() {
        Map<String, int[]> groups = new TreeMap<>();
        for (int n = 0; n < ROWS; n++) {
            int[] group = groups.computeIfAbsent(n % 5 < 2 ? "a" : "s" + n % 7, key -> new int[2]);
            group[0]++;
            group[1] = n;
        }
        List<String> rows = new ArrayList<>();
        groups.forEach(
                (key, group) -> {
                    if (group[0] < 150) {
                        rows.add(key + " " + group[0] + " " + group[1]);
                    }
                });
        return rows;
    }

    private List<ClientQuery> run(ClientSession session, String script) throws Exception {
        List<ClientQuery> queries = new ArrayList<>();
        for (SourceText statement : session.split(script)) {
            Rows rows = new Rows();
            ClientQuery query = session.execute(statement, rows).query();
            if (query != null) {
                results.add(rows);
                queries.add(query);
            }
        }
        for (ClientQuery query : queries) {
            query.running().get(LIMIT_S, TimeUnit.SECONDS);
        }
        return queries;
    }
}
