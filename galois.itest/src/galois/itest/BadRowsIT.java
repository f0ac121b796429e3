package galois.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.client.ClientQuery;
import galois.api.client.ClientSession;
import galois.api.client.QueryClient;
import galois.api.control.Message.RowProblems;
import galois.api.control.QueryState;
import galois.api.query.SourceText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a broken device sends is counted by cause, told to the client, and harms no other row. */
@Timeout(180)
class BadRowsIT {
    private static final int LIMIT_S = 60;
    private static final String TOPIC = "it/bad";

    /** The limit of the MQTT source. */
    private static final int PAYLOAD_MAX = 1 << 20;

    private final BlockingQueue<RowProblems> news = new LinkedBlockingQueue<>();

    @Test
    void badRowsAreCountedByCauseAndTheStreamGoesOn() throws Exception {
        Rows rows = new Rows();
        try (Installation installation = new Installation();
                ClientSession session = installation.await(QueryClient.class, "").open(news::add);
                Publisher device = new Publisher(installation.brokerUrl(), TOPIC)) {
            execute(session, create(installation.brokerUrl()), null);
            ClientQuery query = execute(session, "SELECT n, v FROM bad", rows);
            query.running().get(LIMIT_S, TimeUnit.SECONDS);

            device.publish("{\"n\":1,\"v\":1.5}");
            device.publish("{\"n\":2,\"v\":");
            device.publish("{\"n\":3}");
            device.publish("{\"n\":4,\"v\":\"warm\"}");
            device.publish("{\"n\":5,\"v\":NaN}");
            device.publish("{\"n\":6,\"v\":\"" + "x".repeat(PAYLOAD_MAX) + "\"}");
            device.publish("{\"n\":7,\"v\":2.5}");
            awaitCounts(
                    Map.of(
                            "malformed",
                            2L,
                            "missing field",
                            1L,
                            "wrong type",
                            1L,
                            "too large",
                            1L));
            device.publish("{\"end\":true}");
            assertEquals(QueryState.FINISHED, query.ended().get(LIMIT_S, TimeUnit.SECONDS));
        }
        assertEquals(List.of("1 1.5", "3 NULL", "7 2.5"), rows.list());
    }

    /** Counts come with the reports of the nodes, perhaps a few at a time. */
    private void awaitCounts(Map<String, Long> expected) throws InterruptedException {
        Map<String, Long> last = Map.of();
        while (!last.equals(expected)) {
            RowProblems next = news.poll(LIMIT_S, TimeUnit.SECONDS);
            if (next == null) {
                assertEquals(expected, last);
                return;
            }
            last = next.counts();
        }
    }

    private static String create(String url) {
        return "CREATE STREAM bad (n BIGINT, v DOUBLE) WITH (transport = 'mqtt', format = 'json',"
                + " end_field = 'end', url = '"
                + url
                + "', topic = '"
                + TOPIC
                + "')";
    }

    private static ClientQuery execute(ClientSession session, String sql, Rows rows) {
        SourceText statement = session.split(sql).get(0);
        return session.execute(statement, rows).query();
    }
}
