package galois.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import galois.api.GaloisException;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

@Timeout(60)
class MoquetteBrokerTest {
    private static final int MESSAGE_BYTES_MAX = 2 << 20;

    private static MoquetteBroker start(int port, Path directory) {
        return new MoquetteBroker("127.0.0.1", port, directory, MESSAGE_BYTES_MAX);
    }

    private static MqttClient connect(String url, String id, boolean clean) throws Exception {
        MqttClient client = new MqttClient(url, id, new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(clean);
        client.connect(options);
        return client;
    }

    @Test
    void carriesMessagesOfOneMegabyteOnAFreePort() throws Exception {
        try (MoquetteBroker broker = start(0, null)) {
            MqttClient client = connect(broker.url(), "c", true);
            BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
            client.subscribe("a/+", 1, (topic, message) -> received.add(message.getPayload()));
            byte[] payload = new byte[1 << 20];
            payload[99] = 7;
            MqttClient publisher = connect(broker.url(), "p", true);
            publisher.publish("a/b", payload, 1, false);
            assertArrayEquals(payload, received.poll(20, TimeUnit.SECONDS));
            publisher.disconnect();
            publisher.close();
            client.disconnect();
            client.close();
        }
    }

    /** The loops are busy when it stops: one that misses the signal must not keep its sockets. */
    @Test
    void hangsUpOnEveryClientWhenItStops() throws Exception {
        for (int round = 0; round < 30; round++) {
            List<Socket> clients = new ArrayList<>();
            try (MoquetteBroker broker = start(0, null)) {
                int port = Integer.parseInt(broker.url().replaceAll(".*:", ""));
                for (int i = 0; i < 8; i++) {
                    Socket client = new Socket("127.0.0.1", port);
                    client.setSoTimeout(20_000);
                    client.getOutputStream().write(connectPacket((char) ('a' + i)));
                    client.getInputStream().readNBytes(4);
                    clients.add(client);
                }
                for (Socket client : clients) {
                    client.getOutputStream().write(PINGS);
                }
            }
            for (Socket client : clients) {
                awaitEnd(client);
            }
        }
    }

    private static final byte[] PINGS = pings();

    private static byte[] pings() {
        byte[] pings = new byte[200];
        for (int i = 0; i < pings.length; i += 2) {
            pings[i] = (byte) 0xC0;
        }
        return pings;
    }

    /** MQTT 3.1.1, section 3.1: clean session, keep alive of a minute. */
    private static byte[] connectPacket(char name) {
        return new byte[] {0x10, 13, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 1, (byte) name};
    }

    private static void awaitEnd(Socket client) throws IOException {
        try (client) {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the broker has stopped and its socket is open", e);
        } catch (SocketException reset) {
            assertTrue(reset.getMessage().contains("reset"), reset::toString);
        }
    }

    @Test
    void keepsSessionsAndQueuedMessagesOverARestart(@TempDir Path directory) throws Exception {
        int port;
        try (MoquetteBroker broker = start(0, directory)) {
            MqttClient subscriber = connect(broker.url(), "keeps", false);
            subscriber.subscribe("a", 1);
            subscriber.disconnect();
            subscriber.close();
            MqttClient publisher = connect(broker.url(), "p", true);
            publisher.publish("a", "kept".getBytes(UTF_8), 1, false);
            publisher.disconnect();
            publisher.close();
            port = Integer.parseInt(broker.url().replaceAll(".*:", ""));
        }
        try (MoquetteBroker again = start(port, directory)) {
            MqttClient subscriber = new MqttClient(again.url(), "keeps", new MemoryPersistence());
            BlockingQueue<String> received = new LinkedBlockingQueue<>();
            subscriber.setCallback(new Received(received));
            MqttConnectOptions options = new MqttConnectOptions();
            options.setCleanSession(false);
            subscriber.connect(options);
            assertEquals("kept", received.poll(20, TimeUnit.SECONDS));
            subscriber.disconnect();
            subscriber.close();
        }
    }

    @Test
    void refusesATakenPortAndLivesOn() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            GaloisException e =
                    assertThrows(GaloisException.class, () -> start(taken.getLocalPort(), null));
            assertTrue(e.userText().startsWith("GLS-1003 the MQTT broker"), e::userText);
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (MoquetteBroker broker = start(0, null)) {
            MqttClient client = connect(broker.url(), "c", true);
            client.disconnect();
            client.close();
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread)) {
                thread.join(20_000);
            }
        }
        assertEquals(
                Set.of(),
                Thread.getAllStackTraces().keySet().stream()
                        .filter(t -> !before.contains(t))
                        .map(Thread::getName)
                        .collect(Collectors.toSet()));
    }
}
