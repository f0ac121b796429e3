package galois.node.producer;

import galois.api.GaloisException;
import galois.api.io.Decoder;
import galois.api.io.DecoderRequest;
import galois.api.io.Format;
import galois.api.io.MalformedRow;
import galois.api.io.SourceConnector;
import galois.api.node.RoleCounters;
import galois.api.plan.StreamDefinition;

/** One open source: its connector, its session, its decoder and what was read but not decoded. */
final class SourceReader implements SourceConnector.Handler {
    /** Cause under which losses of the connection are counted. */
    static final String CONNECTION_LOST = "connection lost";

    private final SourceConnector connector;
    private final Format format;
    private final StreamDefinition stream;
    private final RoleCounters counters;
    private final PayloadQueue queue;
    private final Decoder decoder;
    private final boolean bounded;
    private SourceConnector.Session session;
    private volatile boolean lost;

    SourceReader(
            SourceConnector connector,
            Format format,
            StreamDefinition stream,
            RoleCounters counters,
            Runnable wake) {
        this.connector = connector;
        this.format = format;
        this.stream = stream;
        this.counters = counters;
        this.queue = new PayloadQueue(wake);
        this.bounded = connector.isBounded(stream);
        this.decoder = format.decoder(new DecoderRequest(stream, connector.isFramed()));
    }

    /** Begins to read; blocks until the source is open. */
    void open() {
        session = connector.open(stream, this);
    }

    boolean isBounded() {
        return bounded;
    }

    boolean isOf(SourceConnector other, Format otherFormat) {
        return connector == other && format == otherFormat;
    }

    PayloadQueue queue() {
        return queue;
    }

    Decoder decoder() {
        return decoder;
    }

    void taken(long rows) {
        session.taken(rows);
    }

    /** Stops reading; on return the connector does not call any more. What was read stays. */
    void close() {
        if (session != null) {
            session.close();
            session = null;
        }
        queue.close();
    }

    boolean isClosed() {
        return session == null;
    }

    @Override
    public void onPayload(byte[] bytes, int offset, int length, Decoder.Origin origin) {
        queue.put(bytes, offset, length, origin);
    }

    @Override
    public void onEnd() {
        queue.putEnd();
    }

    @Override
    public void onProblem(MalformedRow problem) {
        counters.problem(problem.cause().text(), 1, problem.message());
    }

    @Override
    public void onConnection(boolean up, String detail) {
        if (!up) {
            lost = true;
            counters.problem(CONNECTION_LOST, 1, "connection lost: " + detail);
        } else if (lost) {
            lost = false;
            counters.problem(CONNECTION_LOST, 0, "connected again: " + detail);
        }
    }

    @Override
    public void onFailure(GaloisException failure) {
        queue.putFailure(failure);
    }
}
