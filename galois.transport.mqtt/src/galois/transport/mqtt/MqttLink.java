package galois.transport.mqtt;

import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A connection to a broker that is kept up. Every connection is a new Paho client, so that nothing
 * of a broken one is carried over. All state belongs to the link's own thread.
 *
 * <p>After a loss the first attempt follows at once, the next after 100 ms, doubling up to 2 s: a
 * broker that is back is found within 2 s and the time of a connect.
 */
final class MqttLink implements AutoCloseable {
    /** From the start of an attempt to its subscription. */
    static final long CONNECT_TIMEOUT_MS = 4_000;

    /**
     * Attempts to open that a broker may let in and then end: some brokers hang up on a client that
     * subscribes before they have noted that they let it in.
     */
    static final int FIRST_ATTEMPTS_MAX = 5;

    private static final long RETRY_MIN_MS = 100;
    private static final long RETRY_MAX_MS = 2_000;
    private static final long DISCONNECT_TIMEOUT_MS = 1_000;
    private static final long CLOSE_TIMEOUT_MS = 10_000;
    private static final int REFUSED = 0x80;
    private static final Logger LOG = LoggerFactory.getLogger(MqttLink.class);

    /** What the link is doing. */
    private enum State {
        /** A client is connecting or subscribing. */
        CONNECTING,
        /** Connected and subscribed. */
        UP,
        /** The connection failed; the next attempt has its time. */
        WAITING,
        /** Closed for good. */
        CLOSED
    }

    /** Who uses the link. */
    interface Owner {
        /** Connected and subscribed; on the link's thread. */
        void onUp(Connection connection);

        /** The connection is lost and is being restored; on the link's thread. */
        void onDown(String reason);

        /** A message; on a Paho thread, which may be blocked. */
        void onMessage(Connection connection, String topic, MqttMessage message);
    }

    /** A client and the number of its connection; packet ids are only valid within it. */
    record Connection(long number, MqttAsyncClient client) {}

    private final MqttOptions options;
    private final String filter;
    private final Owner owner;
    private final ScheduledThreadPoolExecutor loop;
    private final CompletableFuture<Void> first = new CompletableFuture<>();

    /** Null unless {@link State#UP}. Read by any thread, as is the next one. */
    private volatile Connection up;

    /** Connecting or up; null otherwise. */
    private volatile Connection live;

    private State state = State.WAITING;

    /** The broker has let the newest client in. */
    private boolean accepted;

    private long connections;
    private int failures;

    /**
     * @param filter what to subscribe to after each connect; null: nothing
     */
    MqttLink(MqttOptions options, String filter, String threadName, Owner owner) {
        this.options = options;
        this.filter = filter;
        this.owner = owner;
        loop =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, threadName);
                            thread.setDaemon(true);
                            return thread;
                        },
                        new ThreadPoolExecutor.DiscardPolicy());
        loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        loop.setRemoveOnCancelPolicy(true);
    }

    /**
     * Connects for the first time; returns when subscribed. A broker that lets the client in and
     * then ends the connection is tried again, {@link #FIRST_ATTEMPTS_MAX} times in all.
     *
     * @throws MqttException when that fails or takes too long; the link is then closed
     */
    void open() throws MqttException {
        loop.execute(this::connect);
        try {
            first.get();
        } catch (ExecutionException e) {
            close();
            throw e.getCause() instanceof MqttException cause ? cause : new MqttException(e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new MqttException(e);
        }
    }

    /** Runs a task on the link's thread; dropped once the link is closed. Any thread. */
    void execute(Runnable task, long delayMs) {
        loop.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }

    /** The connection that is up; null when there is none. Any thread. */
    Connection connection() {
        return up;
    }

    /**
     * True until the connection is given up. Messages of a persistent session come before the link
     * is up, and have to be acknowledged.
     */
    boolean isLive(Connection connection) {
        return connection == live;
    }

    /** Disconnects and ends every thread; the owner hears nothing after return. */
    @Override
    public void close() {
        Future<?> closing = loop.submit(this::onClose);
        try {
            closing.get(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.error("{}: the connection does not end", options, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.shutdownNow();
    }

    private void onClose() {
        to(State.CLOSED, "closed");
        discard(true);
    }

    private void connect() {
        if (state == State.CLOSED) {
            return;
        }
        to(State.CONNECTING, "attempt " + (failures + 1));
        accepted = false;
        try {
            MqttAsyncClient client =
                    new MqttAsyncClient(options.url(), options.clientId(), new MemoryPersistence());
            Connection next = new Connection(++connections, client);
            live = next;
            client.setManualAcks(true);
            client.setCallback(new Callback(next));
            loop.schedule(() -> onTimeout(next), CONNECT_TIMEOUT_MS, TimeUnit.MILLISECONDS);
            client.connect(options.connectOptions(), null, new Step(next, t -> subscribe(next)));
        } catch (MqttException e) {
            onFailure(live, e);
        }
    }

    private void subscribe(Connection next) {
        accepted = true;
        if (filter == null) {
            onUp(next);
            return;
        }
        try {
            Step step = new Step(next, token -> onSubscribed(next, token));
            next.client().subscribe(filter, options.qos(), null, step);
        } catch (MqttException e) {
            onFailure(next, e);
        }
    }

    private void onSubscribed(Connection next, IMqttToken token) {
        int[] granted = token.getGrantedQos();
        if (granted != null && granted.length > 0 && granted[0] == REFUSED) {
            accepted = false; // to come back does not help
            onFailure(next, new MqttException(MqttException.REASON_CODE_SUBSCRIBE_FAILED));
        } else {
            onUp(next);
        }
    }

    private void onUp(Connection next) {
        failures = 0;
        up = next;
        to(State.UP, "subscribed");
        first.complete(null);
        owner.onUp(next);
    }

    private void onTimeout(Connection attempt) {
        if (attempt == live && state == State.CONNECTING) {
            onFailure(attempt, new MqttException(MqttException.REASON_CODE_CLIENT_TIMEOUT));
        }
    }

    /** An attempt failed or a connection was lost. */
    private void onFailure(Connection broken, Throwable cause) {
        if (broken != live || state == State.WAITING || state == State.CLOSED) {
            return;
        }
        boolean wasUp = state == State.UP;
        String reason = String.valueOf(cause == null ? "connection closed" : cause.getMessage());
        discard(false);
        if (!first.isDone() && !(accepted && failures + 1 < FIRST_ATTEMPTS_MAX)) {
            to(State.CLOSED, reason);
            first.completeExceptionally(cause);
            return;
        }
        to(State.WAITING, reason);
        long delayMs =
                failures == 0 ? 0 : Math.min(RETRY_MAX_MS, RETRY_MIN_MS << Math.min(failures, 10));
        failures++;
        execute(this::connect, delayMs);
        if (wasUp) {
            owner.onDown(reason);
        }
    }

    /** Ends the newest client and its threads, whatever it is doing. */
    private void discard(boolean politely) {
        Connection old = live;
        up = null;
        live = null;
        if (old == null) {
            return;
        }
        try {
            boolean connected = old.client().isConnected();
            old.client().disconnectForcibly(0, DISCONNECT_TIMEOUT_MS, politely && connected);
        } catch (MqttException e) {
            LOG.debug("{}: disconnect: {}", options, e.getMessage());
        }
        try {
            old.client().close(true);
        } catch (MqttException e) {
            LOG.debug("{}: close: {}", options, e.getMessage());
        }
    }

    private void to(State next, String reason) {
        LOG.debug("{}: {} -> {} ({})", options, state, next, reason);
        state = next;
    }

    /** Goes on, on the link's thread, when Paho has finished a step of the newest connection. */
    private final class Step implements IMqttActionListener {
        private final Connection connection;
        private final Consumer<IMqttToken> next;

        Step(Connection connection, Consumer<IMqttToken> next) {
            this.connection = connection;
            this.next = next;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            loop.execute(
                    () -> {
                        if (connection == live && state == State.CONNECTING) {
                            next.accept(token);
                        }
                    });
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            loop.execute(() -> MqttLink.this.onFailure(connection, cause));
        }
    }

    private final class Callback implements MqttCallback {
        private final Connection connection;

        Callback(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void connectionLost(Throwable cause) {
            loop.execute(() -> onFailure(connection, cause));
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            owner.onMessage(connection, topic, message);
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // sinks listen to the token itself
        }
    }
}
