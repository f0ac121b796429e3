package galois.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.client.ClientQuery;
import galois.api.client.ClientSession;
import galois.api.client.QueryClient;
import galois.api.control.QueryState;
import galois.api.query.SourceText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What becomes of late rows, and of silent sources, with a real broker. */
@Timeout(120)
class LateRowsIT {
    private static final int LIMIT_S = 60;
    private static final String TOPIC = "late/rows";
    private static final Instant BEGIN = Instant.parse("2026-03-01T08:00:00Z");

    /** Seconds after the beginning: windows of ten seconds, and a watermark without delay. */
    private static final int[] SECONDS = {1, 5, 12, 3, 4, 21, 13, 9, 2, 45, 22, 8, 60, 1};

    @TempDir Path folder;

    private final List<Rows> results = new ArrayList<>();
    private final List<ClientQuery> queries = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"fused", "spread"})
    void lateRowsUpdateTheirWindowsAsLongAsTheyMay(String placement) throws Exception {
        try (Mosquitto broker = new Mosquitto(folder);
                Installation installation = new Installation();
                ClientSession session = installation.await(QueryClient.class, "").open(p -> {});
                Publisher device = new Publisher(broker.url(), TOPIC)) {
            run(
                    session,
                    """
                    SET 'placement' = '%s';
                    CREATE STREAM s (n INTEGER, ts TIMESTAMP, WATERMARK FOR ts AS ts)
                    WITH (transport = 'mqtt', url = '%s', topic = '%s', format = 'json',
                      end_field = 'end', late = 'allow:15 s');
                    SELECT EXTRACT(SECOND FROM window_start) AS w, COUNT(*) AS c
                      FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND))
                      GROUP BY window_start, window_end;
                    SELECT EXTRACT(SECOND FROM HOP_END(ts, INTERVAL '5' SECOND, INTERVAL '10' SECOND)) AS w,
                      COUNT(*) AS c FROM s GROUP BY HOP(ts, INTERVAL '5' SECOND, INTERVAL '10' SECOND);
                    SELECT EXTRACT(SECOND FROM SESSION_START(ts, INTERVAL '6' SECOND)) AS w, COUNT(*) AS c
                      FROM s GROUP BY SESSION(ts, INTERVAL '6' SECOND);
                    """
                            .formatted(placement, broker.url(), TOPIC));
            publish(device);
        }
        List<String> tumbled = results.get(0).list();
        assertEquals(windows(10, 10, 15), left(tumbled), tumbled::toString);
        assertTrue(tumbled.stream().anyMatch(row -> row.endsWith("+U")), tumbled::toString);
        List<String> hopped = results.get(1).list();
        assertEquals(windows(10, 5, 15), left(hopped), hopped::toString);
        List<String> sessions = results.get(2).list();
        assertEquals(List.of("1 8", "21 1", "45 1", "0 1"), sessions);
    }

    @Test
    void whatIsDroppedGoesToTheSideStreamOnce() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder);
                Installation installation = new Installation();
                ClientSession session = installation.await(QueryClient.class, "").open(p -> {});
                Publisher device = new Publisher(broker.url(), TOPIC)) {
            run(
                    session,
                    """
                    CREATE STREAM missed (n INTEGER, ts TIMESTAMP);
                    CREATE STREAM s (n INTEGER, ts TIMESTAMP, WATERMARK FOR ts AS ts)
                    WITH (transport = 'mqtt', url = '%s', topic = '%s', format = 'json',
                      end_field = 'end', late = 'side:missed');
                    SELECT n FROM missed WHERE n >= 0;
                    SELECT EXTRACT(SECOND FROM window_start) AS w, COUNT(*) AS c
                      FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND))
                      WHERE n <> 3 GROUP BY window_start, window_end;
                    """
                            .formatted(broker.url(), TOPIC));
            for (int n = 0; n < SECONDS.length; n++) {
                device.publish(row(n));
            }
            device.publish("{\"end\":true}");
            assertEquals(
                    QueryState.FINISHED, queries.get(1).ended().get(LIMIT_S, TimeUnit.SECONDS));
            List<String> late = new ArrayList<>();
            long watermark = Long.MIN_VALUE;
            for (int n = 0; n < SECONDS.length; n++) {
                if (n != 3 && SECONDS[n] / 10 * 10 + 10 < watermark) {
                    late.add(String.valueOf(n));
                }
                watermark = Math.max(watermark, SECONDS[n]);
            }
            results.get(0).await(late.size());
            assertEquals(late, results.get(0).list());
            queries.get(0).stop();
            queries.get(0).ended().get(LIMIT_S, TimeUnit.SECONDS);
        }
    }

    /** One of two topics falls silent: windows fire without it, and what it says later is late. */
    @Test
    void aSilentSourceIsNotWaitedForAndSpeaksAgain() throws Exception {
        String other = TOPIC + "-2";
        try (Mosquitto broker = new Mosquitto(folder);
                Installation installation = new Installation();
                ClientSession session = installation.await(QueryClient.class, "").open(p -> {});
                Publisher device = new Publisher(broker.url(), TOPIC);
                Publisher silent = new Publisher(broker.url(), other)) {
            String stream =
                    """
                    CREATE STREAM %s (n INTEGER, ts TIMESTAMP, WATERMARK FOR ts AS ts)
                    WITH (transport = 'mqtt', url = '%s', topic = '%s', format = 'json',
                      end_field = 'end', idle_timeout = '300 ms');
                    """;
            run(
                    session,
                    stream.formatted("a", broker.url(), TOPIC)
                            + stream.formatted("b", broker.url(), other)
                            + """
                            SELECT EXTRACT(SECOND FROM TUMBLE_START(ts, INTERVAL '10' SECOND)) AS w,
                              COUNT(*) AS c
                              FROM (SELECT * FROM a UNION ALL SELECT * FROM b) AS u
                              GROUP BY TUMBLE(ts, INTERVAL '10' SECOND);
                            SELECT n FROM b WHERE n < 1;
                            """);
            silent.publish(at(1));
            results.get(1).await(1); // what comes over two connections has no order
            for (int second : new int[] {1, 2, 12, 35}) {
                device.publish(at(second));
            }
            results.get(0).await(2);
            assertEquals(List.of("0 3", "10 1"), results.get(0).list());
            silent.publish(at(4)); // its window is gone
            silent.publish(at(36));
            results.get(1).await(3);
            device.publish(at(47));
            results.get(0).await(3);
            assertEquals("30 2", results.get(0).list().get(2));
            device.publish("{\"end\":true}");
            silent.publish("{\"end\":true}");
            assertEquals(
                    QueryState.FINISHED, queries.get(0).ended().get(LIMIT_S, TimeUnit.SECONDS));
            assertEquals(List.of("0 3", "10 1", "30 2", "40 1"), results.get(0).list());
        }
    }

    private static String at(int second) {
        return "{\"n\":0,\"ts\":\"%s\"}".formatted(BEGIN.plusSeconds(second));
    }

    private static String row(int n) {
        return "{\"n\":%d,\"ts\":\"%s\"}".formatted(n, BEGIN.plusSeconds(SECONDS[n]));
    }

    private void publish(Publisher device) throws Exception {
        for (int n = 0; n < SECONDS.length; n++) {
            device.publish(row(n));
        }
        device.publish("{\"end\":true}");
        for (ClientQuery query : queries) {
            assertEquals(QueryState.FINISHED, query.ended().get(LIMIT_S, TimeUnit.SECONDS));
        }
    }

    /** Window to rows, of those that came before it was closed for good. */
    private static List<String> windows(int size, int slide, int allowed) {
        Map<Integer, Integer> counts = new TreeMap<>();
        int watermark = Integer.MIN_VALUE / 2;
        for (int second : SECONDS) {
            for (int start = second / slide * slide; start + size > second; start -= slide) {
                if (start + size + allowed > watermark - 1) {
                    int key = size == slide ? start : start + size;
                    counts.merge(key, 1, Integer::sum);
                }
            }
            watermark = Math.max(watermark, second);
        }
        List<String> rows = new ArrayList<>();
        counts.forEach((window, count) -> rows.add(window % 60 + " " + count));
        rows.sort(null);
        return rows;
    }

    /** What the changes leave. */
    private static List<String> left(List<String> changes) {
        Map<String, Integer> left = new TreeMap<>();
        for (String change : changes) {
            int blank = change.lastIndexOf(' ');
            boolean adds = change.charAt(blank + 1) == '+';
            left.merge(change.substring(0, blank), adds ? 1 : -1, Integer::sum);
        }
        List<String> rows = new ArrayList<>();
        left.forEach((row, count) -> rows.addAll(Arrays.asList(repeat(row, count))));
        return rows;
    }

    private static String[] repeat(String row, int count) {
        String[] rows = new String[count];
        Arrays.fill(rows, row);
        return rows;
    }

    private void run(ClientSession session, String script) throws Exception {
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
    }
}
