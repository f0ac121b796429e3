package galois.node.edge;

import galois.api.io.EdgeTransport;
import galois.api.io.EdgeTransport.Connection;
import galois.batch.Frame;
import galois.batch.FrameCodec;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The one connection to a peer, shared by every edge that leads there. It connects while there are
 * edges and a transport, and again after a pause ({@link Backoff}) when the connection is lost. The
 * lock guards the life of the connection, and that each edge hears of it in order; batches never
 * take it.
 */
final class PeerLink implements EdgeTransport.Handler {
    /** The life of the connection. */
    private enum State {
        /** Nothing to do, or no transport to do it with. */
        IDLE,
        /** An attempt is under way, or a pause before the next one. */
        CONNECTING,
        /** Frames flow. */
        CONNECTED
    }

    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    private final String address;
    private final Supplier<EdgeTransport> transports;
    private final Timer timer;
    private final Map<String, RemoteOutput> outputs = new ConcurrentHashMap<>();
    private final Backoff backoff = new Backoff();
    private State state = State.IDLE;
    private boolean paused;
    private Connection connection;
    private volatile boolean heard;

    PeerLink(String address, Supplier<EdgeTransport> transports, Timer timer) {
        this.address = address;
        this.transports = transports;
        this.timer = timer;
    }

    void add(String edgeId, RemoteOutput output) {
        synchronized (this) {
            outputs.put(edgeId, output);
            output.connection(connection);
        }
        connect();
    }

    /** The last edge that goes takes the connection with it. */
    void remove(String edgeId) {
        Connection unused = null;
        synchronized (this) {
            RemoteOutput output = outputs.remove(edgeId);
            if (output != null) {
                output.close();
            }
            if (outputs.isEmpty()) {
                unused = connection;
            }
        }
        if (unused != null) {
            unused.close();
        }
    }

    boolean isUnused() {
        return outputs.isEmpty();
    }

    /** Connects unless that is done or under way; called also when a transport appears. */
    void connect() {
        EdgeTransport transport = transports.get();
        synchronized (this) {
            if (state != State.IDLE || transport == null || outputs.isEmpty()) {
                return;
            }
            state = State.CONNECTING;
        }
        transport.connect(address, this);
    }

    /** A transport came: a pause before the next attempt is not waited for. */
    void transportChanged() {
        synchronized (this) {
            backoff.reset();
            paused = false;
            if (state == State.CONNECTING) {
                state = State.IDLE;
            }
        }
        connect();
    }

    /** Called at intervals while something runs: asks a silent peer, then gives it up. */
    void keepAlive(long nowUs) {
        Connection now;
        synchronized (this) {
            now = connection;
        }
        if (now == null) {
            return;
        }
        if (!heard) {
            now.close();
            return;
        }
        heard = false;
        byte[] ping = FrameCodec.encode(new Frame.Ping(nowUs, false));
        now.send(ping, 0, ping.length);
    }

    @Override
    public void onOpen(Connection opened) {
        synchronized (this) {
            if (connection != null) {
                opened.close(); // an attempt through an earlier transport that came too late
                return;
            }
            state = State.CONNECTED;
            paused = false;
            connection = opened;
            heard = true;
            backoff.reset();
            outputs.values().forEach(output -> output.connection(opened));
        }
    }

    @Override
    public void onFrame(Connection from, byte[] bytes) {
        heard = true;
        try {
            Frame frame = FrameCodec.decode(bytes);
            RemoteOutput output = outputs.get(frame.edgeId());
            if (output != null) {
                output.onFrame(from, frame);
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("{} broke the protocol: {}", address, e.getMessage());
            from.close();
        }
    }

    @Override
    public void onWritable(Connection writable) {
        outputs.values().forEach(RemoteOutput::pump);
    }

    @Override
    public void onClosed(Connection closed, String reason) {
        boolean wasOpen;
        long delayMs;
        synchronized (this) {
            if (closed != connection) {
                return;
            }
            wasOpen = connection != null;
            connection = null;
            paused = true;
            state = State.CONNECTING;
            delayMs = backoff.nextMs();
            outputs.values().forEach(output -> output.connection(null));
        }
        if (wasOpen && !outputs.isEmpty()) {
            LOG.info("connection to {} lost: {}", address, reason);
        }
        timer.after(delayMs, this::endPause);
    }

    private void endPause() {
        synchronized (this) {
            if (!paused) {
                return;
            }
            paused = false;
            state = State.IDLE;
        }
        connect();
    }
}
