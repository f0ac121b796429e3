package galois.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.client.ClientSession;
import galois.api.client.QueryClient;
import galois.api.query.SourceText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One node, two nodes, one thread and several give equal rows, through all tiers. */
@Timeout(300)
class ParallelIT {
    private static final int ROWS = 2_000;

    private static final String BOTH =
            "(SELECT k, ts, x FROM a UNION ALL SELECT k, ts, x * 3 FROM b WHERE x < 900)";

    private static final List<String> QUERIES =
            List.of(
                    "SELECT k, COUNT(*) AS n, SUM(x) AS s, MIN(x) AS lo, AVG(x) AS m FROM a GROUP BY k",
                    "SELECT COUNT(*) AS n, SUM(x) AS s, MAX(k) AS k FROM a WHERE x > 100",
                    "SELECT k, LISTAGG(k, '') AS l FROM a WHERE x < 50 GROUP BY k",
                    "SELECT k, window_start, COUNT(*) AS n, MAX(x) AS hi FROM TABLE(TUMBLE(TABLE a,"
                            + " DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY k, window_start,"
                            + " window_end",
                    "SELECT k, window_start, COUNT(*) AS n, SUM(x) AS s FROM TABLE(HOP("
                            + BOTH
                            + ", DESCRIPTOR(ts), INTERVAL '20' SECOND, INTERVAL '1' MINUTE)) GROUP"
                            + " BY k, window_start, window_end",
                    "SELECT k, SESSION_START(ts, INTERVAL '9' SECOND) AS s, COUNT(*) AS n FROM a"
                            + " GROUP BY k, SESSION(ts, INTERVAL '9' SECOND)",
                    "SELECT window_end, MAX(n) AS most FROM (SELECT k, window_start, window_end,"
                            + " COUNT(*) AS n FROM TABLE(TUMBLE("
                            + BOTH
                            + ", DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY k, window_start,"
                            + " window_end) GROUP BY window_start, window_end",
                    "SELECT a.k, a.x, b.x AS y FROM a LEFT JOIN b ON a.k = b.k AND a.x = b.x",
                    "SELECT a.k, a.x, b.x AS y FROM a FULL JOIN b ON a.k = b.k AND b.ts BETWEEN a.ts"
                            + " AND a.ts + INTERVAL '3' SECOND",
                    "SELECT a.k, COUNT(*) AS n FROM a JOIN b ON a.x = b.x GROUP BY a.k",
                    "SELECT k, x FROM a WHERE x NOT IN (SELECT x FROM b WHERE x IS NOT NULL)",
                    "SELECT a.k, a.x, b.x AS y FROM a LEFT ASOF JOIN b MATCH_CONDITION a.ts >= b.ts"
                            + " ON a.k = b.k",
                    "SELECT k, x, ts FROM a QUALIFY ROW_NUMBER() OVER (PARTITION BY k ORDER BY x"
                            + " DESC) <= 3",
                    "SELECT k, x, window_start FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL"
                            + " '1' MINUTE)) QUALIFY RANK() OVER (PARTITION BY window_start,"
                            + " window_end, k ORDER BY x) <= 2");

    @TempDir Path folder;

    @Test
    void everyArrangementGivesTheSameRows() throws Exception {
        try (Installation installation = new Installation();
                ClientSession session =
                        installation.await(QueryClient.class, "").open(problems -> {})) {
            create(session, "a", 1);
            create(session, "b", 2);
            for (String query : QUERIES) {
                List<String> expected = rows(session, query, "fused", 1);
                assertTrue(!expected.isEmpty(), query);
                for (String placement : List.of("fused", "spread")) {
                    for (int instances : List.of(1, 3)) {
                        assertEquals(
                                expected,
                                rows(session, query, placement, instances),
                                placement + ", " + instances + ": " + query);
                    }
                }
            }
            execute(session, "SET 'placement' = 'spread'", null);
            execute(session, "SET 'parallelism' = '4'", null);
            String text = execute(session, "EXPLAIN " + QUERIES.get(0), null).text();
            assertTrue(text.contains("aggregate-4 on f-2"), text);
            assertTrue(text.contains("aggregate on f-1"), text);
        }
    }

    /** Rows a second apart or less, in order; from the seed. */
    private void create(ClientSession session, String name, int seed) throws Exception {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("k,ts,x\n");
        long us = 1_772_352_000_000_000L;
        for (int i = 0; i < ROWS; i++) {
            us += random.nextInt(1_000_000);
            csv.append('k').append(random.nextInt(20)).append(',');
            csv.append(java.time.Instant.EPOCH.plusNanos(us * 1_000)).append(',');
            csv.append(random.nextInt(1_000)).append('\n');
        }
        Path file = Files.writeString(folder.resolve(name + ".csv"), csv);
        execute(
                session,
                "CREATE STREAM "
                        + name
                        + " (k VARCHAR, ts TIMESTAMP, x BIGINT, WATERMARK FOR ts AS ts) WITH"
                        + " (transport = 'file', path = '"
                        + file
                        + "', format = 'csv', header = 'true')",
                null);
    }

    private static List<String> rows(
            ClientSession session, String query, String placement, int instances) throws Exception {
        execute(session, "SET 'placement' = '" + placement + "'", null);
        execute(session, "SET 'parallelism' = '" + instances + "'", null);
        Rows rows = new Rows();
        execute(session, query, rows).query().ended().get(60, TimeUnit.SECONDS);
        List<String> sorted = new ArrayList<>(rows.list());
        sorted.sort(null);
        return sorted;
    }

    private static ClientSession.Outcome execute(ClientSession session, String sql, Rows rows) {
        SourceText statement = session.split(sql).get(0);
        return session.execute(statement, rows);
    }
}
