package galois.transport.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.GaloisException;
import galois.api.io.SourceConnector;
import galois.api.plan.StreamDefinition;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A broker that lets a new client in and hangs up when it subscribes. */
@Timeout(60)
class FirstConnectTest {
    @TempDir Path directory;
    private TestBroker broker;

    @BeforeEach
    void start() {
        broker = TestBroker.moquette(directory);
        broker.start();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static SourceConnector.Session open(FlakyDoor door, Inbox inbox) {
        Schema schema = Schema.of(new Field("a", FieldType.BIGINT));
        Map<String, String> options = Map.of("url", door.url(), "topic", "t");
        MqttSource source = new MqttSource(() -> 42, name -> null, "t");
        return source.open(new StreamDefinition("s", schema, Map.of(), -1, 0, options), inbox);
    }

    @Test
    void comesBackWhenItIsLetInAndThenPutOut() throws IOException, InterruptedException {
        try (FlakyDoor door = new FlakyDoor(broker.url(), MqttLink.FIRST_ATTEMPTS_MAX - 1)) {
            Inbox inbox = new Inbox();
            SourceConnector.Session reading = open(door, inbox);
            assertEquals("up", inbox.event());
            reading.close();
        }
    }

    @Test
    void givesUpAfterSomeAttempts() throws IOException {
        try (FlakyDoor door = new FlakyDoor(broker.url(), MqttLink.FIRST_ATTEMPTS_MAX)) {
            GaloisException e = assertThrows(GaloisException.class, () -> open(door, new Inbox()));
            assertTrue(e.userText().startsWith("GLS-4001 MQTT broker " + door.url()), e::userText);
        }
    }
}
