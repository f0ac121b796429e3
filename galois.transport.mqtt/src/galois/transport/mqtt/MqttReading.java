package galois.transport.mqtt;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.Decoder.Origin;
import galois.api.io.MalformedRow;
import galois.api.io.MalformedRow.Cause;
import galois.api.io.SourceConnector.Handler;
import galois.api.io.SourceConnector.Session;
import galois.transport.mqtt.MqttLink.Connection;

import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A subscription being read. Messages wait in a queue of {@link #WAITING_BYTES_MAX} for the thread
 * that calls the handler; when it is full, Paho's thread waits, and through TCP the broker. With
 * QoS 1 the broker stops earlier, at its own limit of unacknowledged messages, and the connection's
 * pings go on.
 */
final class MqttReading implements Session, MqttLink.Owner {
    /** Larger payloads are reported and dropped. */
    static final int PAYLOAD_MAX = 1 << 20;

    /** Bytes that may wait for the handler. */
    static final int WAITING_BYTES_MAX = 8 << 20;

    /** What a message costs at least, so that many small ones are bounded too. */
    private static final int MESSAGE_COST_MIN = 1 << 10;

    /** So long the newest count may wait to be published with the next ones. */
    private static final long FLOW_DELAY_MS = 2;

    private static final long CLOSE_TIMEOUT_MS = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(MqttReading.class);

    /** Something for the handler. */
    private sealed interface Event {
        record Arrived(
                Connection connection, String topic, int id, int qos, byte[] payload, long us)
                implements Event {}

        record Changed(boolean up, String detail) implements Event {}
    }

    private final MqttOptions options;
    private final TopicFilter filter;
    private final Handler handler;
    private final LongSupplier epochUs;
    private final MqttLink link;
    private final Thread thread;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(WAITING_BYTES_MAX);
    private final AtomicBoolean flowPending = new AtomicBoolean();
    private volatile long takenRows;
    private volatile boolean closed;

    MqttReading(
            String name,
            MqttOptions options,
            TopicFilter filter,
            Handler handler,
            LongSupplier epochUs) {
        this.options = options;
        this.filter = filter;
        this.handler = handler;
        this.epochUs = epochUs;
        link = new MqttLink(options, filter.text(), "galois-mqtt-link-" + name, this);
        thread = new Thread(this::deliver, "galois-mqtt-" + name);
        thread.setDaemon(true);
    }

    void open() throws MqttException {
        link.open();
        thread.start();
    }

    @Override
    public void onUp(Connection connection) {
        events.add(new Event.Changed(true, "connected to " + options.url()));
        if (takenRows > 0) {
            publishTaken();
        }
    }

    @Override
    public void onDown(String reason) {
        events.add(new Event.Changed(false, "lost " + options.url() + ": " + reason));
    }

    @Override
    public void onMessage(Connection connection, String topic, MqttMessage message) {
        byte[] payload = message.getPayload();
        long us = epochUs.getAsLong();
        room.acquireUninterruptibly(cost(payload));
        if (!closed) {
            events.add(
                    new Event.Arrived(
                            connection, topic, message.getId(), message.getQos(), payload, us));
        }
    }

    /** Bytes that wait for the handler now. */
    int waitingBytes() {
        return WAITING_BYTES_MAX - room.availablePermits();
    }

    private static int cost(byte[] payload) {
        return Math.min(WAITING_BYTES_MAX, Math.max(MESSAGE_COST_MIN, payload.length));
    }

    private void deliver() {
        try {
            while (!closed) {
                Event event = events.take();
                if (event instanceof Event.Arrived arrived) {
                    deliver(arrived);
                } else if (event instanceof Event.Changed changed) {
                    handler.onConnection(changed.up(), changed.detail());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: closed", options);
        } catch (RuntimeException e) {
            LOG.error("{}: the handler failed", options, e);
            handler.onFailure(
                    new GaloisException(ErrorCode.BUG, "the reader of " + options + " failed", e));
        }
    }

    private void deliver(Event.Arrived message) {
        byte[] payload = message.payload();
        String topic = message.topic();
        if (payload.length > PAYLOAD_MAX) {
            String text =
                    payload.length + " bytes on topic \"" + topic + "\", limit " + PAYLOAD_MAX;
            handler.onProblem(new MalformedRow(Cause.TOO_LARGE, 0, text));
        } else if (!filter.matches(topic)) {
            String text = "topic \"" + topic + "\" does not match '" + options.topic() + "'";
            handler.onProblem(new MalformedRow(Cause.UNKNOWN_TOPIC, 0, text));
        } else {
            handler.onPayload(payload, 0, payload.length, new Origin(topic, message.us()));
        }
        room.release(cost(payload));
        if (!closed) {
            acknowledge(message);
        }
    }

    /**
     * Packet ids belong to one connection: a message of a lost one is not acknowledged any more.
     */
    private void acknowledge(Event.Arrived message) {
        if (message.qos() == 0 || !link.isLive(message.connection())) {
            return;
        }
        try {
            message.connection().client().messageArrivedComplete(message.id(), message.qos());
        } catch (MqttException e) {
            LOG.debug("{}: acknowledgement failed: {}", options, e.getMessage());
        }
    }

    @Override
    public void taken(long rows) {
        takenRows = rows;
        if (options.flowTopic() != null && flowPending.compareAndSet(false, true)) {
            link.execute(this::publishTaken, FLOW_DELAY_MS);
        }
    }

    private void publishTaken() {
        flowPending.set(false);
        Connection connection = link.connection();
        if (connection == null || options.flowTopic() == null) {
            return; // published again when the connection is up
        }
        byte[] text = Long.toString(takenRows).getBytes(StandardCharsets.US_ASCII);
        try {
            connection.client().publish(options.flowTopic(), text, 0, false);
        } catch (MqttException e) {
            LOG.debug("{}: count not published: {}", options, e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        room.release(Integer.MAX_VALUE - WAITING_BYTES_MAX);
        thread.interrupt();
        link.close();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_TIMEOUT_MS);
            if (thread.isAlive()) {
                LOG.error("{}: the handler does not return after close", options);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
