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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Queries with equal parts over a stream of a real broker: each part runs once, on one node or two.
 */
@Timeout(120)
class SharingIT {
    private static final int ROWS = 400;
    private static final int LIMIT_S = 60;
    private static final String TOPIC = "line/parts";
    private static final String WINDOWS =
            """
            SELECT station, window_start, SUM(n) AS s FROM
              TUMBLE(TABLE parts, DESCRIPTOR(ts), INTERVAL '1' SECOND)
              WHERE n % 2 = 0 GROUP BY station, window_start, window_end\
            """;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"fused", "spread"})
    void queriesWithEqualPartsGiveWhatEachGivesAlone(String placement) throws Exception {
        try (Mosquitto broker = new Mosquitto(folder);
                Installation installation = new Installation();
                ClientSession session = installation.await(QueryClient.class, "").open(p -> {});
                Publisher device = new Publisher(broker.url(), TOPIC)) {
            String stream =
                    """
                    SET 'placement' = '%s';
                    CREATE STREAM parts (station VARCHAR, n INTEGER, ts TIMESTAMP,
                      WATERMARK FOR ts)
                    WITH (transport = 'mqtt', url = '%s', topic = '%s', format = 'json',
                      end_field = 'end');
                    """
                            .formatted(placement, broker.url(), TOPIC);
            List<Rows> results = new ArrayList<>();
            List<ClientQuery> queries = new ArrayList<>();
            run(session, stream, results, queries);
            run(session, WINDOWS + ";", results, queries);
            run(session, WINDOWS + ";", results, queries);
            run(session, "SELECT s FROM (" + WINDOWS + ") WHERE s > 700;", results, queries);
            // One query that has the same part twice.
            String twice =
                    "SELECT a.station, a.s + b.s FROM (%s) a JOIN (%s) b ON a.station = b.station AND"
                            + " a.window_start = b.window_start;";
            run(session, twice.formatted(WINDOWS, WINDOWS), results, queries);
            expectShared(explain(session, "EXPLAIN " + WINDOWS), queries);
            for (int n = 0; n < ROWS; n++) {
                device.publish(
                        "{\"station\":\"s%d\",\"n\":%d,\"ts\":\"2026-03-01T00:00:%02d.%03dZ\"}"
                                .formatted(n % 3, n, n / 50, n % 50));
            }
            device.publish("{\"end\":true}");
            for (ClientQuery query : queries) {
                assertEquals(QueryState.FINISHED, query.ended().get(LIMIT_S, TimeUnit.SECONDS));
            }
            List<String> all = sorted(results.get(0));
            assertEquals(24, all.size());
            assertEquals(all, sorted(results.get(1)));
            List<String> sums =
                    all.stream().map(row -> row.split(" ")).map(w -> w[w.length - 1]).toList();
            assertEquals(
                    sums.stream().filter(s -> Long.parseLong(s) > 700).sorted().toList(),
                    sorted(results.get(2)));
            assertEquals(24, results.get(3).list().size());
            long total = sums.stream().mapToLong(Long::parseLong).sum();
            assertEquals(ROWS / 2 * (ROWS - 2) / 2, total);
            assertEquals(
                    2 * total,
                    results.get(3).list().stream()
                            .mapToLong(r -> Long.parseLong(r.substring(r.lastIndexOf(' ') + 1)))
                            .sum());
        }
    }

    /** The windows run once, for the four queries. */
    private static void expectShared(String explained, List<ClientQuery> queries) {
        Matcher line = Pattern.compile("rows of .*aggregate.*: with (.*)").matcher(explained);
        assertTrue(line.find(), explained);
        String ids =
                queries.stream().map(ClientQuery::id).sorted().collect(Collectors.joining(", "));
        assertEquals(ids, line.group(1));
    }

    private static List<String> sorted(Rows rows) {
        return rows.list().stream().sorted().toList();
    }

    private static String explain(ClientSession session, String text) throws Exception {
        return session.execute(session.split(text).get(0), new Rows()).text();
    }

    private static void run(
            ClientSession session, String script, List<Rows> results, List<ClientQuery> queries)
            throws Exception {
        for (SourceText statement : session.split(script)) {
            Rows rows = new Rows();
            ClientQuery query = session.execute(statement, rows).query();
            if (query != null) {
                results.add(rows);
                queries.add(query);
                query.running().get(LIMIT_S, TimeUnit.SECONDS);
            }
        }
    }
}
