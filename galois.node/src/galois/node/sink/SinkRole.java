package galois.node.sink;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Assignment;
import galois.api.control.QueryState;
import galois.api.io.Encoder;
import galois.api.io.Format;
import galois.api.io.SinkConnector;
import galois.api.io.StreamOptions;
import galois.api.node.EdgeInput;
import galois.api.node.EdgeInput.ReceivedBatch;
import galois.api.node.NodeContext;
import galois.api.node.RoleCounters;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;
import galois.batch.RowLayout;
import galois.node.role.Ending;
import galois.node.role.Failures;
import galois.node.role.NamedServices;
import galois.node.role.RoleThread;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Role z: gives rows to people and applications. A batch is released once it is written, so what a
 * slow target has not taken waits in its edge and, through its credit, at the source.
 *
 * <p>When this bundle or the connector's is replaced, the target is opened again and written on. It
 * cannot be when the change cut a batch short that a target without message bounds had taken half.
 */
final class SinkRole implements RoleThread.Duty {
    /** How long a connector or format may be missing at the start. */
    static final long SERVICE_TIMEOUT_MS = 5_000;

    /** Parked: everything that was released is written. */
    private static final byte WHOLE = 0;

    /** Parked: the oldest batch may be written in part. */
    private static final byte TORN = 1;

    private final NodeContext node;
    private final Assignment.Sink assignment;
    private final StreamDefinition target;
    private final NamedServices<SinkConnector> connectors;
    private final NamedServices<Format> formats;
    private final RoleThread thread;
    private final RoleCounters counters;
    private final EdgeInput input;
    private final BatchCursor cursor = new BatchCursor();
    private final long deadlineNs;
    private SinkConnector connector;
    private SinkConnector.Session session;
    private boolean begun;
    private boolean torn;
    private boolean unflushed;

    SinkRole(
            NodeContext node,
            Assignment.Sink assignment,
            NamedServices<SinkConnector> connectors,
            NamedServices<Format> formats) {
        this.node = node;
        this.assignment = assignment;
        this.target = assignment.target();
        this.connectors = connectors;
        this.formats = formats;
        this.counters = node.counters(assignment.id());
        this.thread =
                new RoleThread(
                        "galois-sink-" + assignment.id(),
                        this,
                        problem -> Failures.report(node, assignment.id(), problem));
        this.input = node.input(assignment.input(), assignment.epoch());
        this.deadlineNs = node.clock().nowNs() + TimeUnit.MILLISECONDS.toNanos(SERVICE_TIMEOUT_MS);
    }

    void start() {
        Optional<byte[]> before = node.unpark(assignment.id());
        begun = before.isPresent();
        torn = begun && before.get()[0] == TORN;
        input.onAvailable(thread::wake);
        thread.start();
    }

    /** Connectors or formats have changed. */
    void changed() {
        thread.wake();
    }

    void stop(Ending ending) {
        if (ending == Ending.FRAMEWORK) {
            thread.abandon();
        } else {
            thread.stop();
        }
    }

    @Override
    public long work() {
        if (session == null) {
            return open();
        }
        if (connector != connectors.find(transport())) {
            closeSession(); // it went away: the next one writes on
            return RoleThread.AGAIN;
        }
        ReceivedBatch batch = input.peek();
        if (batch == null) {
            if (!unflushed) {
                return RoleThread.ON_WAKE;
            }
            flush();
            return RoleThread.AGAIN;
        }
        return write(batch);
    }

    @Override
    public void close() {
        boolean atRest = !torn;
        torn = true;
        try {
            closeSession();
            torn = !atRest;
        } finally {
            if (begun) { // the next role must know that it goes on
                node.park(assignment.id(), new byte[] {torn ? TORN : WHOLE});
            }
        }
    }

    private void closeSession() {
        if (session != null) {
            SinkConnector.Session closing = session;
            session = null;
            closing.close();
        }
    }

    private void flush() {
        torn = true;
        session.flush();
        torn = false;
        unflushed = false;
    }

    private long write(ReceivedBatch batch) {
        wrap(batch);
        int rows = cursor.rows();
        if (rows > 0) {
            torn = true;
            session.write(cursor);
            torn = false;
            unflushed = true;
            counters.addRowsIn(rows);
            counters.addRowsOut(rows);
            counters.latency().record(node.clock().epochUs() - batch.originUs(), rows);
        }
        boolean end = cursor.watermarkUs() == RowLayout.WATERMARK_END;
        if (end) {
            flush();
            session.end();
            closeSession();
            begun = false;
        }
        input.release();
        if (end) {
            node.report(assignment.id(), QueryState.FINISHED, null);
        }
        return end ? RoleThread.DONE : RoleThread.AGAIN;
    }

    private void wrap(ReceivedBatch batch) {
        try {
            cursor.wrap(
                    batch.bytes(),
                    batch.offset(),
                    batch.offset() + batch.length(),
                    assignment.input().schema());
        } catch (IllegalArgumentException e) {
            throw new GaloisException(
                    ErrorCode.PROTOCOL,
                    "edge " + assignment.input().id() + " brought a " + e.getMessage(),
                    e);
        }
    }

    private long open() {
        SinkConnector found = connectors.find(transport());
        String formatName = target.option("format", "");
        Format format = formatName.isEmpty() ? null : formats.find(formatName);
        if (found == null || format == null && !formatName.isEmpty()) {
            if (begun) {
                return RoleThread.ON_WAKE; // it was there: its bundle is being replaced
            }
            long leftNs = deadlineNs - node.clock().nowNs();
            if (leftNs > 0) {
                return leftNs;
            }
            throw found == null ? connectors.unknown(transport()) : formats.unknown(formatName);
        }
        if (torn && !found.isFramed()) {
            throw interrupted();
        }
        Set<String> formatOptions = format == null ? Set.of() : format.options();
        StreamOptions.check(target, List.of(found.options(), formatOptions));
        Encoder encoder = format == null ? null : format.encoder(target, found.isFramed());
        session = begun ? found.reopen(target, encoder) : found.open(target, encoder);
        connector = found;
        begun = true;
        torn = false;
        node.report(assignment.id(), QueryState.RUNNING, null);
        return RoleThread.AGAIN;
    }

    private GaloisException interrupted() {
        return new GaloisException(
                ErrorCode.SINK_FAILED,
                "a bundle was replaced while transport \""
                        + transport()
                        + "\" could not finish writing rows to \""
                        + target.name()
                        + "\", so that some would be there twice: start the query again");
    }

    private String transport() {
        return target.option("transport", "");
    }
}
