package galois.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.client.ClientQuery;
import galois.api.client.ClientSession;
import galois.api.client.QueryClient;
import galois.api.control.Message.RowProblems;
import galois.api.control.QueryState;
import galois.api.query.SourceText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The demo's script against a real broker that ends and comes back in mid-run, over two nodes with
 * real TCP between them.
 */
@Timeout(240)
class BrokerRestartIT {
    private static final int ROWS = 100 * ElecReadings.ROWS_OF_A_DAY;
    private static final int LIMIT_S = 120;
    private static final long PACE_MS = 20;
    private static final String TOPIC = "galois/elec";

    @TempDir Path folder;

    private final BlockingQueue<RowProblems> news = new LinkedBlockingQueue<>();
    private final ElecReadings readings = new ElecReadings(ROWS);
    private final List<String> told = new ArrayList<>();
    private final List<Rows> results = new ArrayList<>();

    @Test
    void thereIsNoGapWithAPersistentSession() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder);
                Installation installation = new Installation();
                ClientSession session = open(installation);
                Publisher device = new Publisher(broker.url(), TOPIC)) {
            List<ClientQuery> queries = run(session, script(broker.url()));
            device.start(ROWS, readings::json);
            device.awaitPublished(ROWS / 2);
            broker.stop();
            assertEquals(1L, await("connection lost").get("connection lost"));
            broker.start();
            device.awaitDone();
            finished(queries);
        }
        assertEquals(
                readings.wanted().stream().sorted().toList(),
                results.get(0).list().stream().sorted().toList());
        assertEquals(readings.days(), results.get(1).list().size());
        news.forEach(
                each -> assertTrue(each.counts().getOrDefault("gap", 0L) == 0, each::toString));
    }

    /** A producer that does not wait for us, and a session that the broker forgets. */
    @Test
    void aGapIsCountedAndToldWithoutOne() throws Exception {
        long gap = 0;
        try (Mosquitto broker = new Mosquitto(folder);
                Installation installation = new Installation();
                ClientSession session = open(installation)) {
            String script = script(broker.url()).replace("clean = 'false'", "clean = 'true'");
            List<ClientQuery> queries = run(session, script + "SELECT n FROM elec;");
            try (Publisher device = new Publisher(broker.url(), TOPIC)) {
                device.publish(readings.json(0));
            }
            broker.stop();
            await("connection lost");
            broker.start();
            try (Publisher device = new Publisher(broker.url(), TOPIC)) {
                // the first goes nowhere in any case, the others do until the source is back
                for (int n = 2; n < ROWS && gap == 0; n++) {
                    device.publish(readings.json(n));
                    gap = gapOf(news.poll(PACE_MS, TimeUnit.MILLISECONDS));
                }
                device.publish("{\"end\":true}");
                finished(queries);
            }
        }
        List<Long> numbers = results.get(2).list().stream().map(Long::valueOf).toList();
        assertEquals(numbers.get(numbers.size() - 1) + 1 - numbers.size(), gap);
        assertTrue(gap > 0);
        assertTrue(told.toString().contains(" rows missing before "), told::toString);
    }

    private long gapOf(RowProblems problems) {
        if (problems == null) {
            return 0;
        }
        told.addAll(problems.samples());
        return problems.counts().getOrDefault("gap", 0L);
    }

    private ClientSession open(Installation installation) throws Exception {
        return installation.await(QueryClient.class, "").open(news::add);
    }

    /** The script of {@code ./galois demo}, as it is. */
    private static String script(String url) throws Exception {
        BundleContext context = FrameworkUtil.getBundle(BrokerRestartIT.class).getBundleContext();
        Path root = Path.of(context.getProperty("galois.workspace"));
        String text = Files.readString(root.resolve("examples/elec/demo.sql"));
        return text.replaceAll("\\$\\{BROKER[^}]*}", url);
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

    private static void finished(List<ClientQuery> queries) throws Exception {
        for (ClientQuery query : queries) {
            assertEquals(QueryState.FINISHED, query.ended().get(LIMIT_S, TimeUnit.SECONDS));
        }
    }

    /** The counts of the first news that name the cause. */
    private Map<String, Long> await(String cause) throws InterruptedException {
        while (true) {
            RowProblems next = news.poll(LIMIT_S, TimeUnit.SECONDS);
            assertTrue(next != null, "no news of " + cause);
            if (next.counts().containsKey(cause)) {
                return next.counts();
            }
        }
    }
}
