package galois.itest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import galois.itest.command.MarkdownBlocks.Block;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What README tells about a broker, tried on the broker of a running demo. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BrokerExampleTest {
    private static final long ALERT_TIMEOUT_S = 120;

    @TempDir Path folder;

    @Test
    void alarmsGoBackToTheBroker() throws Exception {
        Process demo = startDemo();
        try {
            String url = brokerOf(demo);
            MqttClient client = new MqttClient(url, "example-test", new MemoryPersistence());
            client.connect();
            // Retained: they wait for the query, whenever it subscribes.
            client.publish("plant/cellar/temp", "20".getBytes(StandardCharsets.UTF_8), 1, true);
            client.publish("plant/kettle/temp", "85.5".getBytes(StandardCharsets.UTF_8), 1, true);
            Map<String, String> broker = Map.of("BROKER", url);
            assertAlarm(client, List.of("./galois", "sql", "examples/mqtt/alerts.sql"), broker);
            assertAlarm(client, List.of("./galois", "sql", "-e", readmeScript()), broker);
            client.disconnect();
            client.close();
        } finally {
            demo.destroy();
            assertEquals(true, demo.waitFor(30, TimeUnit.SECONDS));
        }
    }

    private void assertAlarm(MqttClient client, List<String> command, Map<String, String> broker)
            throws Exception {
        LinkedBlockingQueue<String> alarms = new LinkedBlockingQueue<>();
        client.subscribe(
                "plant/alerts",
                1,
                (topic, message) ->
                        alarms.add(new String(message.getPayload(), StandardCharsets.UTF_8)));
        File err = folder.resolve("err").toFile();
        Process sql = GaloisCommand.start(command, broker, folder.resolve("out").toFile(), err);
        try {
            String alarm = alarms.poll(ALERT_TIMEOUT_S, TimeUnit.SECONDS);
            assertNotNull(alarm, () -> "no alarm from " + command);
            assertEquals("{\"device\":\"kettle\",\"temp\":85.5}", alarm);
        } finally {
            sql.destroy();
            sql.waitFor(30, TimeUnit.SECONDS);
            client.unsubscribe("plant/alerts");
        }
    }

    private static Process startDemo() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("./galois", "demo", "--rate", "1")
                        .directory(GaloisCommand.ROOT.toFile())
                        .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private static String brokerOf(Process demo) throws Exception {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder seen = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            seen.append(line).append('\n');
            if (line.startsWith("broker ")) {
                return line.substring(7);
            }
        }
        throw new AssertionError("the demo ended: " + seen);
    }

    private static String readmeScript() throws Exception {
        return MarkdownBlocks.of(GaloisCommand.ROOT.resolve("README.md")).stream()
                .filter(block -> block.language().equals("sql"))
                .filter(block -> block.remark().equals("run by galois.itest"))
                .map(Block::text)
                .findFirst()
                .orElseThrow();
    }
}
