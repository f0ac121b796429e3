package galois.transport.mqtt;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.Encoder;
import galois.api.io.SinkConnector.Session;
import galois.batch.BatchCursor;
import galois.transport.mqtt.MqttLink.Connection;

import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A topic being written. At most {@code inflight} messages are without acknowledgement; one more
 * row waits, also while there is no connection. They are kept here, not in Paho, and are sent
 * again, in order, over the next connection.
 */
final class MqttWriting implements Session, MqttLink.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(MqttWriting.class);

    private final MqttOptions options;
    private final Encoder encoder;
    private final MqttLink link;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final Object lock = new Object();

    /** Oldest first; guarded by the lock, as is the order of publishing. */
    private final Deque<Pending> unacknowledged = new ArrayDeque<>();

    /**
     * What to publish over; null while there is none. Set after the old messages were sent again.
     */
    private Connection current;

    private boolean closed;

    MqttWriting(String name, MqttOptions options, Encoder encoder) {
        this.options = options;
        this.encoder = encoder;
        link = new MqttLink(options, null, "galois-mqtt-link-" + name, this);
    }

    void open() throws MqttException {
        link.open();
    }

    /** A message that the broker has not acknowledged. */
    private final class Pending implements IMqttActionListener {
        private final byte[] payload;
        private boolean acknowledged;

        Pending(byte[] payload) {
            this.payload = payload;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            synchronized (lock) {
                acknowledged = true;
                while (!unacknowledged.isEmpty() && unacknowledged.peek().acknowledged) {
                    unacknowledged.poll();
                }
                lock.notifyAll();
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            // The connection is lost: sent again over the next one.
        }
    }

    @Override
    public void write(BatchCursor batch) {
        int rows = batch.rows();
        for (int i = 0; i < rows; i++) {
            buffer.reset();
            encoder.row(batch.row(i), buffer);
            Pending message = new Pending(buffer.toByteArray());
            synchronized (lock) {
                await(options.inflight() - 1);
                unacknowledged.add(message);
                publish(current, message);
            }
        }
    }

    /** Waits until no more than {@code left} messages are without acknowledgement. */
    private void await(int left) {
        try {
            while (unacknowledged.size() > left && !closed) {
                lock.wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
        if (closed) {
            throw new GaloisException(
                    ErrorCode.SINK_FAILED, "topic '" + options.topic() + "' was closed meanwhile");
        }
    }

    private void publish(Connection connection, Pending pending) {
        if (connection == null) {
            return; // onUp sends it
        }
        MqttMessage message = new MqttMessage(pending.payload);
        message.setQos(options.qos());
        message.setRetained(options.retain());
        try {
            connection.client().publish(options.topic(), message, null, pending);
        } catch (MqttException e) {
            LOG.debug("{}: publish: {}", options, e.getMessage());
        }
    }

    @Override
    public void onUp(Connection connection) {
        synchronized (lock) {
            for (Pending message : unacknowledged) {
                if (!message.acknowledged) {
                    publish(connection, message);
                }
            }
            current = connection;
        }
    }

    @Override
    public void onDown(String reason) {
        synchronized (lock) {
            current = null;
        }
        LOG.warn(
                "{} MQTT broker {} is lost ({}): trying to reconnect",
                ErrorCode.CONNECTION_LOST.text(),
                options.url(),
                reason);
    }

    @Override
    public void onMessage(Connection connection, String topic, MqttMessage message) {
        LOG.debug("{}: unexpected message on {}", options, topic);
    }

    @Override
    public void flush() {
        synchronized (lock) {
            await(0);
        }
    }

    @Override
    public void end() {
        flush();
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        link.close();
    }
}
