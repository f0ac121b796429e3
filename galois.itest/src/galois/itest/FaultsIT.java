package galois.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.client.ClientQuery;
import galois.api.client.ClientSession;
import galois.api.client.QueryClient;
import galois.api.control.QueryState;
import galois.api.query.SourceText;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The two queries of the demo over MQTT, with operators on two nodes and real TCP between them,
 * while bundles are stopped or replaced: every row is there once, and nothing is left at the end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class FaultsIT {
    private static final int ROWS = 6_000;
    private static final long LIMIT_S = 120;
    private static final List<String> REPLACED =
            List.of("galois.cluster", "galois.region", "galois.wasm", "galois.cluster");
    private static final String TRANSPORTS = "galois.transport.";

    /** A broker that sends messages again may do so in another order. */
    private static final Comparator<String> BY_NUMBER =
            Comparator.comparingLong(row -> Long.parseLong(row.substring(0, row.indexOf(' '))));

    private final Readings readings = new Readings(ROWS);
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
    void everyPlacementGivesTheRowsOfAPlainLoop(String placement) throws Exception {
        run(placement, placement, () -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "galois.transport.tcp",
                "galois.transport.mqtt",
                "galois.wasm",
                "galois.compiler",
                "galois.cluster",
                "galois.region",
                "galois.node.producer",
                "galois.node.consumer",
                "galois.node.sink"
            })
    void countsStayExactWhileABundleGoesAndComes(String bundle) throws Exception {
        String name = bundle.substring(bundle.lastIndexOf('.') + 1);
        if (bundle.startsWith(TRANSPORTS)) {
            run(name, "spread", () -> installation.restart(bundle));
        } else {
            run(name, "spread", () -> installation.replace(bundle));
        }
    }

    @Test
    void countsStayExactWhileOneBundleAfterAnotherIsReplaced() throws Exception {
        run(
                "all",
                "spread",
                () -> {
                    for (String bundle : REPLACED) {
                        installation.replace(bundle);
                    }
                });
    }

    /** Something that happens while half of the rows are still to come. */
    private interface Event {
        void happen() throws Exception;
    }

    private void run(String name, String placement, Event event) throws Exception {
        String topic = "it/" + name;
        Rows filtered = new Rows();
        Rows windows = new Rows();
        try (ClientSession session = client.open(problems -> {});
                Publisher device = new Publisher(installation.brokerUrl(), topic)) {
            execute(session, create(name, topic), null);
            session.set("placement", placement);
            ClientQuery first = execute(session, Readings.FILTERED.formatted(name), filtered);
            ClientQuery second = execute(session, Readings.WINDOWS.formatted(name), windows);
            Set<String> nodes = Set.copyOf(first.running().get(LIMIT_S, TimeUnit.SECONDS).values());
            assertEquals(placement.equals("spread") ? 2 : 1, nodes.size(), nodes::toString);
            second.running().get(LIMIT_S, TimeUnit.SECONDS);

            device.start(ROWS, readings::json);
            device.awaitPublished(ROWS / 2);
            event.happen();
            device.awaitDone();
            assertEquals(QueryState.FINISHED, first.ended().get(LIMIT_S, TimeUnit.SECONDS));
            assertEquals(QueryState.FINISHED, second.ended().get(LIMIT_S, TimeUnit.SECONDS));
        }
        assertEquals(readings.filtered(), filtered.list().stream().sorted(BY_NUMBER).toList());
        assertEquals(readings.windows(), windows.list());
        installation.awaitNothingLeft();
    }

    /** With a session that the broker keeps: else what comes during an absence is lost. */
    private String create(String name, String topic) {
        return "CREATE STREAM "
                + name
                + " (n BIGINT, ts TIMESTAMP, v DOUBLE, WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE) WITH ("
                + "transport = 'mqtt', format = 'json', qos = '1', clean = 'false',"
                + " sequence = 'n', end_field = 'end', url = '"
                + installation.brokerUrl()
                + "', topic = '"
                + topic
                + "', flow_topic = '"
                + Publisher.flowTopic(topic)
                + "')";
    }

    private static ClientQuery execute(ClientSession session, String sql, Rows rows) {
        SourceText statement = session.split(sql).get(0);
        return session.execute(statement, rows).query();
    }
}
