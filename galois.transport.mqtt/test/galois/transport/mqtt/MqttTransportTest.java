package galois.transport.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import galois.api.GaloisException;
import galois.api.io.Encoder;
import galois.api.io.SinkConnector;
import galois.api.io.SourceConnector;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Source and sink against real brokers. */
@Timeout(120)
class MqttTransportTest {
    private static final Schema SCHEMA = Schema.of(new Field("a", FieldType.BIGINT));

    @TempDir Path directory;

    private final MqttSource source = new MqttSource(() -> 42, Map.of("PW", "secret")::get, "t");
    private final MqttSink sink = new MqttSink(Map.of("PW", "secret")::get, "t");
    private TestBroker broker;

    /** The value as decimal text. */
    private static final Encoder TEXT =
            new Encoder() {
                @Override
                public void header(ByteArrayOutputStream out) {
                    throw new AssertionError("messages have no header");
                }

                @Override
                public void row(BatchCursor row, ByteArrayOutputStream out) {
                    out.writeBytes(Long.toString(row.getLong(0)).getBytes(UTF_8));
                }
            };

    private void start(String kind) {
        broker =
                kind.equals("moquette")
                        ? TestBroker.moquette(directory)
                        : TestBroker.mosquitto(directory);
        assumeTrue(broker != null, "mosquitto is not installed: apt-get install mosquitto");
        broker.start();
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private StreamDefinition stream(String topic, String... options) {
        Map<String, String> with = new HashMap<>();
        with.put("url", broker.url());
        with.put("topic", topic);
        for (int i = 0; i < options.length; i += 2) {
            with.put(options[i], options[i + 1]);
        }
        return new StreamDefinition("s", SCHEMA, Map.of(), -1, 0, with);
    }

    private static BatchCursor batch(int from, int to) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, 1 << 20);
        for (int i = from; i < to; i++) {
            builder.beginRow();
            builder.setLong(0, i);
            builder.commitRow(0, 0, 0);
        }
        int size = builder.finish(0);
        return new BatchCursor().wrap(builder.array(), 0, size, SCHEMA);
    }

    private MqttClient client() throws Exception {
        MqttClient client = new MqttClient(broker.url(), "tester", new MemoryPersistence());
        client.connect();
        return client;
    }

    private static void close(MqttClient client) throws Exception {
        client.disconnect();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"moquette", "mosquitto"})
    void carriesRowsFromSinkToSourceInOrder(String kind) throws Exception {
        start(kind);
        Inbox inbox = new Inbox();
        SourceConnector.Session reading = source.open(stream("plant/+/temp"), inbox);
        SinkConnector.Session writing = sink.open(stream("plant/7/temp"), TEXT);
        writing.write(batch(0, 2_000));
        writing.flush();
        for (int i = 0; i < 2_000; i++) {
            assertEquals("plant/7/temp " + i, inbox.payload());
        }
        assertEquals("up", inbox.event());
        writing.end();
        writing.close();
        reading.close();
        assertTrue(inbox.payloads.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"moquette", "mosquitto"})
    void losesNothingOverABrokerRestartWithAPersistentSession(String kind) throws Exception {
        start(kind);
        Inbox inbox = new Inbox();
        SourceConnector.Session reading = source.open(stream("t", "clean", "false"), inbox);
        SinkConnector.Session writing = sink.open(stream("t", "client_id", "w"), TEXT);
        writing.write(batch(0, 500));
        writing.flush();
        assertEquals("up", inbox.event());
        broker.stop();
        assertEquals("down", inbox.event());
        writing.write(batch(500, 550));
        broker.start();
        writing.write(batch(550, 1_000));
        writing.flush();
        // Moquette forgets what it has sent and not seen acknowledged: at most ten messages.
        int forgotten = kind.equals("moquette") ? 10 : 0;
        Set<Integer> seen = new TreeSet<>();
        while (seen.size() < 1_000 - forgotten || !seen.contains(999)) {
            String payload = inbox.payloads.poll(20, TimeUnit.SECONDS);
            assertNotNull(payload, () -> "missing are " + missing(seen));
            seen.add(Integer.parseInt(payload.substring(2)));
        }
        assertEquals("up", inbox.event());
        writing.close();
        reading.close();
    }

    private static String missing(Set<Integer> seen) {
        return IntStream.range(0, 1_000).filter(n -> !seen.contains(n)).boxed().toList().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"moquette", "mosquitto"})
    void comesBackByItselfWithACleanSession(String kind) throws Exception {
        start(kind);
        Inbox inbox = new Inbox();
        SourceConnector.Session reading = source.open(stream("t", "qos", "0"), inbox);
        for (int restart = 0; restart < 2; restart++) {
            assertEquals("up", inbox.event());
            broker.stop();
            assertEquals("down", inbox.event());
            broker.start();
        }
        assertEquals("up", inbox.event());
        MqttClient tester = client();
        tester.publish("t", "hello".getBytes(UTF_8), 0, false);
        assertEquals("t hello", inbox.payload());
        close(tester);
        reading.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"moquette", "mosquitto"})
    void takesPayloadsUpToOneMegabyteAndReportsLargerOnes(String kind) throws Exception {
        start(kind);
        Inbox inbox = new Inbox();
        SourceConnector.Session reading = source.open(stream("t"), inbox);
        assertEquals("up", inbox.event());
        MqttClient tester = client();
        tester.publish("t", new byte[1 << 20], 1, false);
        tester.publish("t", new byte[(1 << 20) + 1], 1, false);
        tester.publish("t", "after".getBytes(UTF_8), 1, false);
        assertEquals("t 1048576 bytes", inbox.payload());
        assertEquals("TOO_LARGE 1048577 bytes on topic \"t\", limit 1048576", inbox.event());
        assertEquals("t after", inbox.payload());
        close(tester);
        reading.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"moquette", "mosquitto"})
    void boundsWhatWaitsForASlowHandler(String kind) throws Exception {
        start(kind);
        Inbox inbox = new Inbox(0);
        MqttReading reading = (MqttReading) source.open(stream("t"), inbox);
        MqttClient tester = client();
        for (int i = 0; i < 60; i++) {
            tester.publish("t", new byte[500_000], 1, false);
            assertTrue(reading.waitingBytes() <= MqttReading.WAITING_BYTES_MAX);
        }
        inbox.permits.release(1_000);
        for (int i = 0; i < 60; i++) {
            assertEquals("t 500000 bytes", inbox.payload());
        }
        close(tester);
        reading.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"moquette", "mosquitto"})
    void reportsMessagesOfAnEarlierSubscription(String kind) throws Exception {
        start(kind);
        source.open(stream("old", "clean", "false"), new Inbox()).close();
        MqttClient tester = client();
        tester.publish("old", "x".getBytes(UTF_8), 1, false);
        close(tester);
        Inbox inbox = new Inbox();
        SourceConnector.Session reading = source.open(stream("new", "clean", "false"), inbox);
        TreeSet<String> events = new TreeSet<>(Set.of(inbox.event(), inbox.event()));
        assertEquals("[UNKNOWN_TOPIC topic \"old\" does not match 'new', up]", events.toString());
        reading.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"moquette", "mosquitto"})
    void publishesHowManyRowsWereTaken(String kind) throws Exception {
        start(kind);
        Inbox counts = new Inbox();
        SourceConnector.Session watching = source.open(stream("flow", "client_id", "w"), counts);
        SourceConnector.Session reading =
                source.open(stream("t", "flow_topic", "flow"), new Inbox());
        for (int rows = 1; rows <= 1_000; rows++) {
            reading.taken(rows);
        }
        String count = counts.payload();
        while (!count.equals("flow 1000")) {
            count = counts.payload();
        }
        reading.close();
        watching.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"moquette"})
    void leavesNoThreadBehind(String kind) throws Exception {
        start(kind);
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Inbox inbox = new Inbox(0);
        SourceConnector.Session reading = source.open(stream("t"), inbox);
        SinkConnector.Session writing = sink.open(stream("t"), TEXT);
        writing.write(batch(0, 50));
        broker.stop();
        writing.close();
        reading.close();
        broker.start();
        Set<String> left =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(t -> !before.contains(t))
                        .map(Thread::getName)
                        .filter(n -> n.startsWith("MQTT") || n.startsWith("galois"))
                        .collect(Collectors.toSet());
        assertEquals(Set.of(), left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"moquette", "mosquitto"})
    void saysWhyABrokerCannotBeUsed(String kind) throws Exception {
        start(kind);
        String nobody = "tcp://127.0.0.1:" + TestBroker.freePort();
        GaloisException e =
                assertThrows(
                        GaloisException.class,
                        () -> source.open(stream("t", "url", nobody), new Inbox()));
        assertTrue(e.userText().startsWith("GLS-4001 MQTT broker " + nobody), e::userText);
        assertTrue(e.userText().endsWith("start it or check 'url'"), e::userText);
        e = assertThrows(GaloisException.class, () -> sink.open(stream("t", "url", nobody), TEXT));
        assertTrue(e.userText().startsWith("GLS-4002 MQTT broker " + nobody), e::userText);
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String url = "tcp://127.0.0.1:" + mute.getLocalPort();
            e =
                    assertThrows(
                            GaloisException.class,
                            () -> source.open(stream("t", "url", url), new Inbox()));
            assertTrue(e.userText().contains("does not answer"), e::userText);
        }
    }
}
