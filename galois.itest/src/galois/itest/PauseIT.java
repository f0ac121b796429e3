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
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One of two queries over a stream of a real broker is paused, and misses what comes meanwhile. */
@Timeout(120)
class PauseIT {
    private static final int LIMIT_S = 60;
    private static final String TOPIC = "line/parts";

    @TempDir Path folder;

    private final Semaphore missed = new Semaphore(0);

    /** Two queries that share a kernel, and two that have one of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"n >= 0", "n > -7"})
    void aPausedQueryMissesRowsAndTheOtherGoesOn(String condition) throws Exception {
        try (Mosquitto broker = new Mosquitto(folder);
                Installation installation = new Installation();
                ClientSession session =
                        installation
                                .await(QueryClient.class, "")
                                .open(problems -> missed.release());
                Publisher device = new Publisher(broker.url(), TOPIC)) {
            execute(
                    session,
                    """
                    CREATE STREAM parts (n INTEGER) WITH (transport = 'mqtt', url = '%s',
                      topic = '%s', format = 'json', end_field = 'end')
                    """
                            .formatted(broker.url(), TOPIC),
                    null);
            Rows paused = new Rows();
            Rows other = new Rows();
            ClientQuery first = execute(session, "SELECT n FROM parts WHERE n >= 0", paused);
            ClientQuery second = execute(session, "SELECT n FROM parts WHERE " + condition, other);
            first.running().get(LIMIT_S, TimeUnit.SECONDS);
            second.running().get(LIMIT_S, TimeUnit.SECONDS);
            int next = publish(device, 0, 10);
            paused.await(10);
            execute(session, "PAUSE QUERY \"" + first.id() + "\"", null);
            // What is published before the pause has reached the node may still come through.
            while (!missed.tryAcquire()) {
                next = publish(device, next, 1);
                other.await(next);
            }
            int seen = paused.list().size();
            int from = next;
            next = publish(device, next, 50);
            other.await(next);
            assertTrue(paused.list().size() <= from, paused.list().toString());
            assertEquals(seen, paused.list().size());
            execute(session, "RESUME QUERY \"" + first.id() + "\"", null);
            int resumed = next;
            while (paused.list().size() == seen) {
                next = publish(device, next, 1);
                other.await(next);
            }
            device.publish("{\"end\":true}");
            for (ClientQuery query : List.of(first, second)) {
                assertEquals(QueryState.FINISHED, query.ended().get(LIMIT_S, TimeUnit.SECONDS));
            }
            List<String> rows = paused.list();
            assertEquals(next, other.list().size());
            assertTrue(Integer.parseInt(rows.get(seen)) >= resumed, rows.toString());
            for (int i = seen + 1; i < rows.size(); i++) {
                assertEquals(Integer.parseInt(rows.get(i - 1)) + 1, Integer.parseInt(rows.get(i)));
            }
        }
    }

    private static int publish(Publisher device, int from, int count) throws Exception {
        for (int n = from; n < from + count; n++) {
            device.publish("{\"n\":" + n + "}");
        }
        return from + count;
    }

    private static ClientQuery execute(ClientSession session, String sql, Rows rows) {
        SourceText text = session.split(sql).get(0);
        return session.execute(text, rows == null ? new Rows() : rows).query();
    }
}
