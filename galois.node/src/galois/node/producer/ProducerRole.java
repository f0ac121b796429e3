package galois.node.producer;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.QueryState;
import galois.api.io.Decoder.Origin;
import galois.api.io.Format;
import galois.api.io.SourceConnector;
import galois.api.io.StreamOptions;
import galois.api.node.NodeContext;
import galois.api.plan.StreamDefinition;
import galois.node.role.Ending;
import galois.node.role.Failures;
import galois.node.role.NamedServices;
import galois.node.role.RoleThread;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Role p: reads one stream and sends its rows along every output. Decodes everything that waits,
 * then sends the batch: full batches under load, small ones at once otherwise, without a timer.
 */
final class ProducerRole implements RoleThread.Duty {
    /** How long a connector or format may be missing at the start. */
    static final long SERVICE_TIMEOUT_MS = 5_000;

    /** How long a replaced bundle may take to send what it has read. */
    static final long LEAVE_TIMEOUT_MS = 2_000;

    /** Life of the source. */
    private enum State {
        /** Waits for its connector and format. */
        WAITING,
        /** Reads. */
        READING,
        /** A version of a table was read; waits for the next. */
        RESTING,
        /** The input is over and every output knows it. */
        ENDED
    }

    private final NodeContext node;
    private final NamedServices<SourceConnector> connectors;
    private final NamedServices<Format> formats;
    private final String id;
    private final StreamDefinition stream;
    private final RoleThread thread;
    private final FanOut fanOut;
    private final Intake intake;
    private final Refresh refresh;
    private final long deadlineNs;
    private volatile Assignment.Producer assignment;
    private Assignment.Producer applied;
    private State state = State.WAITING;
    private SourceReader reader;
    private List<UnreadPayload> unread = List.of();
    private BitSet reading = new BitSet();
    private volatile boolean leaving;
    private volatile boolean servicesChanged;
    private boolean opened;
    private long toldTaken;

    ProducerRole(
            NodeContext node,
            Assignment.Producer assignment,
            NamedServices<SourceConnector> connectors,
            NamedServices<Format> formats) {
        this.node = node;
        this.assignment = assignment;
        this.connectors = connectors;
        this.formats = formats;
        this.id = assignment.id();
        this.stream = assignment.stream();
        this.thread =
                new RoleThread(
                        "galois-producer-" + id,
                        this,
                        problem -> Failures.report(node, id, problem));
        this.fanOut = new FanOut(edge -> node.output(edge, this.assignment.epoch()), thread);
        this.intake = new Intake(stream, node.counters(id), fanOut, node.clock());
        this.refresh = new Refresh(stream);
        this.deadlineNs = node.clock().nowNs() + TimeUnit.MILLISECONDS.toNanos(SERVICE_TIMEOUT_MS);
    }

    void start() {
        node.unpark(id).ifPresent(saved -> unread = intake.restore(saved));
        if (intake.isEnded()) {
            fanOut.ended();
            state = State.ENDED;
        }
        thread.start();
    }

    /** Connectors, formats or outputs have changed. */
    void changed() {
        servicesChanged = true;
        node.assignment(id).ifPresent(now -> assignment = (Assignment.Producer) now);
        thread.wake();
    }

    /**
     * Stops reading and sending. If the assignment stays (this bundle is being replaced), what was
     * read is sent first; what that takes longer than {@link #LEAVE_TIMEOUT_MS} for, because an
     * output has no room, is kept for the successor.
     */
    void stop(Ending ending) {
        if (ending == Ending.FRAMEWORK) {
            thread.abandon();
            return;
        }
        if (node.assignment(id).isPresent()) {
            leaving = true;
            thread.wake();
            thread.awaitEnd(LEAVE_TIMEOUT_MS);
        }
        thread.stop();
    }

    @Override
    public long work() {
        Assignment.Producer now = assignment;
        if (now != applied) {
            applied = now;
            readFor(now.outputs());
            fanOut.outputs(now.outputs(), Set.copyOf(now.paused()));
            intake.tellOutputs();
            if (state == State.READING) {
                node.report(id, QueryState.RUNNING, null); // with the outputs of now
            }
            return RoleThread.AGAIN;
        }
        if (leaving && reader == null) {
            return RoleThread.DONE;
        }
        try {
            return switch (state) {
                case WAITING -> open();
                case READING -> read();
                case RESTING -> rest();
                case ENDED -> RoleThread.ON_WAKE;
            };
        } catch (GaloisException e) {
            if (!refresh.isKnown() || e.code() == ErrorCode.BUG) {
                throw e;
            }
            // The version before stays in use.
            node.counters(id).problem(Refresh.FAILED, 1, Refresh.FAILED + ": " + e.getMessage());
            return beginRest();
        }
    }

    private long beginRest() {
        closeReader();
        refresh.rest(node.clock().nowNs());
        state = State.RESTING;
        return RoleThread.AGAIN;
    }

    /** Until the table is to be read again; a connector that goes meanwhile is not missed. */
    private long rest() {
        long leftNs = refresh.leftNs(node.clock().nowNs());
        if (leftNs > 0) {
            return leftNs;
        }
        if (fanOut.isPaused()) {
            return RoleThread.ON_WAKE;
        }
        SourceConnector connector = connectors.find(transport());
        if (connector != null && refresh.isUnchanged(connector)) {
            return beginRest();
        }
        state = State.WAITING;
        return RoleThread.AGAIN;
    }

    @Override
    public void close() {
        SourceReader last = reader;
        closeReader();
        if (node.assignment(id).isEmpty()) {
            return;
        }
        if (thread.isStopping()) {
            intake.flush();
        }
        if (last != null && !last.isBounded()) {
            unread = last.queue().drain(); // a bounded source is read from its beginning again
        }
        node.park(id, intake.save(unread));
    }

    /** Rows that were decoded for fewer fields go only to those for whom they were. */
    private void readFor(List<Edge> outputs) {
        BitSet next = ReadFields.of(stream, outputs);
        next.or(intake.ownFields());
        if (next.equals(reading)) {
            return;
        }
        if (!intake.isEmpty()) {
            fanOut.retain(outputs);
            intake.flush();
        }
        reading = next;
        if (reader != null) {
            reader.decoder().read(next);
        }
    }

    private long open() {
        SourceConnector connector = connectors.find(transport());
        Format format = formats.find(format());
        if (connector == null || format == null) {
            long leftNs = deadlineNs - node.clock().nowNs();
            if (opened) {
                return RoleThread.ON_WAKE; // it was there: its bundle is being replaced
            }
            if (leftNs > 0) {
                return leftNs;
            }
            throw connector == null ? connectors.unknown(transport()) : formats.unknown(format());
        }
        StreamOptions.check(stream, List.of(connector.options(), format.options()));
        reader = new SourceReader(connector, format, stream, node.counters(id), thread::wake);
        if (stream.isTable()) {
            intake.beginVersion();
            fanOut.keep();
        } else if (reader.isBounded()) {
            intake.skip(intake.events());
            fanOut.keep();
        }
        reader.decoder().read(reading);
        intake.start(reader.isBounded());
        reader.queue().fill(unread);
        unread = List.of();
        refresh.begin(connector);
        reader.open();
        boolean isFirst = !opened;
        opened = true;
        toldTaken = 0; // a new session has heard nothing, and what the old one said may be lost
        state = State.READING;
        if (isFirst || !refresh.isRepeated()) {
            node.report(id, QueryState.RUNNING, null);
        }
        return RoleThread.AGAIN;
    }

    private long read() {
        if (!reader.isClosed() && (leaving || isReplaced())) {
            reader.close();
            return RoleThread.AGAIN;
        }
        if (reader.isBounded() && fanOut.isPaused()) {
            if (!reader.isClosed()) {
                return RoleThread.ON_WAKE; // a full queue stops the source
            }
            reader = null; // it is read from its beginning again
            state = State.WAITING;
            return RoleThread.AGAIN;
        }
        PayloadQueue queue = reader.queue();
        PayloadQueue.Slot slot = queue.peek();
        if (slot != null) {
            take(queue, slot);
            return RoleThread.AGAIN;
        }
        if (!intake.isEmpty()) {
            intake.flush();
            return RoleThread.AGAIN;
        }
        tellTaken();
        if (reader.isClosed()) {
            reader = null;
            state = State.WAITING;
            return RoleThread.AGAIN;
        }
        return intake.pause();
    }

    /** The bundle of the connector or of the format was stopped or replaced. */
    private boolean isReplaced() {
        if (!servicesChanged) {
            return false;
        }
        servicesChanged = false;
        return !reader.isOf(connectors.find(transport()), formats.find(format()));
    }

    private void take(PayloadQueue queue, PayloadQueue.Slot slot) {
        if (slot.failure != null) {
            throw slot.failure;
        }
        if (slot.end) {
            reader.decoder().end(intake);
        } else {
            Origin origin = intake.arrival(slot.origin);
            reader.decoder().feed(slot.bytes, 0, slot.length, origin, intake);
        }
        boolean over = slot.end || intake.isEnded();
        queue.release();
        if (over && refresh.isRepeated()) {
            intake.endVersion();
            closeReader();
            refresh.end(node.clock().nowNs());
            state = State.RESTING;
        } else if (over) {
            node.reportNumbers();
            intake.finish();
            tellTaken();
            closeReader();
            state = State.ENDED;
            node.report(id, QueryState.FINISHED, null);
        }
    }

    /** Also when every row was bad or known: the source must not wait for them. */
    private void tellTaken() {
        if (!reader.isClosed() && intake.taken() != toldTaken) {
            toldTaken = intake.taken();
            reader.taken(toldTaken);
        }
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private String transport() {
        return stream.option("transport", "");
    }

    private String format() {
        return stream.option("format", "");
    }
}
