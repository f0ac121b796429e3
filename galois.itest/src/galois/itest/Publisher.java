package galois.itest;

import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * A device: publishes rows with QoS 1 on a thread of its own, at most {@link #UNTAKEN_ROWS_MAX}
 * ahead of what the system says it has taken, then the end marker. When the broker comes back after
 * an absence it goes on, and sends again what was not confirmed.
 */
final class Publisher implements MqttCallbackExtended, AutoCloseable {
    static final int UNTAKEN_ROWS_MAX = 500;

    /** How long nothing at all may be taken. */
    private static final long LIMIT_MS = 30_000;

    private static final int CONNECT_ATTEMPTS = 3;
    private static final int QOS = 1;

    private final MqttAsyncClient client;
    private final String topic;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private long published;
    private long taken;
    private long heard;
    private long connections;
    private Thread thread;

    Publisher(String url, String topic) throws MqttException {
        this.topic = topic;
        client = connected(url, 1);
    }

    /** As a device does, it tries again when the broker closes a connection that is new. */
    private MqttAsyncClient connected(String url, int attempt) throws MqttException {
        MqttAsyncClient tried =
                new MqttAsyncClient(url, "device-" + topic.hashCode(), new MemoryPersistence());
        tried.setCallback(this);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(2 * UNTAKEN_ROWS_MAX + 10);
        options.setCleanSession(false);
        options.setAutomaticReconnect(true);
        try {
            tried.connect(options).waitForCompletion();
            tried.subscribe(flowTopic(topic), 0).waitForCompletion();
            return tried;
        } catch (MqttException e) {
            tried.close(true);
            if (attempt == CONNECT_ATTEMPTS) {
                throw e;
            }
            return connected(url, attempt + 1);
        }
    }

    static String flowTopic(String topic) {
        return topic + "/taken";
    }

    void start(long rows, LongFunction<String> row) {
        thread = new Thread(() -> run(rows, row), "device");
        thread.start();
    }

    /** Returns when so many rows are out; the rest follows meanwhile. */
    synchronized void awaitPublished(long rows) throws InterruptedException {
        while (published < rows && !done.isDone()) {
            wait(LIMIT_MS);
        }
    }

    /** Returns when everything is out; throws what went wrong. */
    void awaitDone() throws Exception {
        done.get(LIMIT_MS, TimeUnit.MILLISECONDS);
    }

    void publish(String payload) throws MqttException {
        client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), QOS, false)
                .waitForCompletion();
    }

    private void run(long rows, LongFunction<String> row) {
        try {
            for (long n = 0; n < rows; n++) {
                awaitRoom();
                send(row.apply(n).getBytes(StandardCharsets.UTF_8));
            }
            publish("{\"end\":true}");
            done.complete(null);
        } catch (MqttException | InterruptedException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private void send(byte[] payload) throws MqttException, InterruptedException {
        while (true) {
            long before = connections();
            try {
                client.publish(topic, payload, QOS, false);
                return;
            } catch (MqttException e) {
                awaitConnection(before, e);
            }
        }
    }

    private synchronized long connections() {
        return connections;
    }

    private synchronized void awaitConnection(long before, MqttException why)
            throws InterruptedException, MqttException {
        while (connections == before && !client.isConnected()) {
            wait(LIMIT_MS);
            if (connections == before) {
                throw why;
            }
        }
    }

    private synchronized void awaitRoom() throws InterruptedException {
        while (published - taken >= UNTAKEN_ROWS_MAX) {
            long before = heard;
            wait(LIMIT_MS);
            if (heard == before) {
                throw new IllegalStateException("of " + published + " only " + taken + " taken");
            }
        }
        published++;
        notifyAll();
    }

    @Override
    public synchronized void messageArrived(String flowTopic, MqttMessage message) {
        taken = Long.parseLong(new String(message.getPayload(), StandardCharsets.US_ASCII));
        heard++;
        notifyAll();
    }

    @Override
    public void connectionLost(Throwable cause) {}

    /** What was taken during an absence was not heard: the window begins anew. */
    @Override
    public synchronized void connectComplete(boolean again, String url) {
        if (again) {
            taken = published;
            heard++;
            try {
                client.subscribe(flowTopic(topic), 0);
            } catch (MqttException e) {
                done.completeExceptionally(e);
            }
        }
        connections++;
        notifyAll();
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}

    @Override
    public void close() throws MqttException {
        if (thread != null) {
            thread.interrupt();
        }
        client.disconnectForcibly(0, 1_000);
        client.close();
    }
}
