package galois.demo.producer;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * A connection to the broker that publishes at least once (QoS 1): what the broker has not
 * confirmed is sent again after a reconnect. One publishing thread.
 */
final class MqttLink implements AutoCloseable {
    /** Messages that the broker has not confirmed; {@link #publish} blocks for one more. */
    static final int INFLIGHT_MAX = 400;

    static final long CONNECT_TIMEOUT_MS = 5_000;

    /** A broker may hang up on a client that subscribes right after it was let in. */
    private static final int SUBSCRIPTIONS_MAX = 5;

    private static final long RETRY_NS = 200_000_000;

    private final String url;
    private final String flowTopic;
    private final LongConsumer onTaken;
    private final Semaphore inflight = new Semaphore(INFLIGHT_MAX);
    private final MqttAsyncClient client;

    /**
     * @param onTaken hears how many rows GALOIS took, on a thread of the client
     * @throws GaloisException SOURCE_OPEN when the broker does not answer
     */
    MqttLink(String url, String clientId, String flowTopic, LongConsumer onTaken) {
        this.url = url;
        this.flowTopic = flowTopic;
        this.onTaken = onTaken;
        try {
            client = new MqttAsyncClient(url, clientId, new MemoryPersistence());
            client.setCallback(new Callback());
            connect();
        } catch (MqttException e) {
            throw new GaloisException(
                    ErrorCode.SOURCE_OPEN, "the broker " + url + " does not answer", e);
        }
    }

    private void connect() throws MqttException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(false);
        options.setMaxInflight(INFLIGHT_MAX + 100);
        options.setConnectionTimeout((int) TimeUnit.MILLISECONDS.toSeconds(CONNECT_TIMEOUT_MS));
        client.connect(options).waitForCompletion(CONNECT_TIMEOUT_MS);
        for (int attempt = 1; ; attempt++) {
            try {
                if (!client.isConnected()) {
                    client.connect(options).waitForCompletion(CONNECT_TIMEOUT_MS);
                }
                client.subscribe(flowTopic, 0).waitForCompletion(CONNECT_TIMEOUT_MS);
                return;
            } catch (MqttException e) {
                if (attempt == SUBSCRIPTIONS_MAX) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NS); // the old connection is being taken down
            }
        }
    }

    /** Hands a message over; blocks while too many are unconfirmed, reconnects when needed. */
    void publish(String topic, String payload) throws InterruptedException {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        while (!inflight.tryAcquire(1, TimeUnit.SECONDS)) {
            reconnect();
        }
        while (true) {
            try {
                client.publish(topic, bytes, 1, false);
                return;
            } catch (MqttException e) {
                reconnect();
            }
        }
    }

    /** Returns when every message is confirmed by the broker. */
    void drain() throws InterruptedException {
        while (!inflight.tryAcquire(INFLIGHT_MAX, 1, TimeUnit.SECONDS)) {
            reconnect();
        }
        inflight.release(INFLIGHT_MAX);
    }

    private void reconnect() throws InterruptedException {
        while (!client.isConnected()) {
            try {
                connect();
            } catch (MqttException e) {
                // The broker is away: the demo goes on when it is back, and Ctrl-C interrupts.
                LockSupport.parkNanos(RETRY_NS);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped while " + url + " is away");
            }
        }
    }

    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, 200, true);
        } catch (MqttException e) {
            // Not connected: there is nothing to end.
        }
        try {
            client.close(true);
        } catch (MqttException e) {
            throw new GaloisException(ErrorCode.BUG, "the client of " + url + " stays open", e);
        }
    }

    private final class Callback implements MqttCallback {
        @Override
        public void connectionLost(Throwable cause) {
            // The publishing thread finds out and reconnects.
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            String text = new String(message.getPayload(), StandardCharsets.US_ASCII);
            if (text.matches("[0-9]{1,18}")) {
                onTaken.accept(Long.parseLong(text));
            }
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            inflight.release();
        }
    }
}
