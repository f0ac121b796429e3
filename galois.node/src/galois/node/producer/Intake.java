package galois.node.producer;

import galois.api.Clock;
import galois.api.control.Assignment;
import galois.api.io.Decoder.Origin;
import galois.api.io.MalformedRow;
import galois.api.io.MalformedRow.Cause;
import galois.api.io.RowSink;
import galois.api.io.StreamOptions;
import galois.api.node.RoleCounters;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchBuilder;
import galois.batch.Bytes;
import galois.batch.RowKind;
import galois.batch.RowLayout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Collects decoded rows into batches of at most {@link #BATCH_BYTES}: gives each its event time,
 * drops duplicates, counts what is wrong, and carries the watermark. A row that is behind the
 * watermark begins a batch, so that which rows are late does not depend on the size of batches. Of
 * a stream whose event time is the arrival of its rows, time goes on without rows as well. Used by
 * the producer's thread.
 */
final class Intake implements RowSink {
    /** Extent of a batch; a row larger than that is rejected by the decoder. */
    static final int BATCH_BYTES = 64 << 10;

    /** How often the watermark of a silent stream says that time went on. */
    static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int SAVED_VERSION = 3;

    private final StreamDefinition stream;
    private final RoleCounters counters;
    private final FanOut fanOut;
    private final Clock clock;
    private final SourceTime time;
    private final Partitions partitions;
    private final boolean followsClock;
    private BatchBuilder builder;
    private BatchBuilder spare;
    private final TableKeys keys;
    private final SequenceCheck sequence;
    private final int sequenceField;
    private long arrivalUs;
    private long batchOriginUs;
    private long nowNs;
    private long tickNs;
    private final int[] notNull;
    private long clockUs = RowLayout.WATERMARK_NONE;
    private long sentUs = RowLayout.WATERMARK_NONE;
    private boolean toldIdle;
    private boolean mayPause;
    private long missing;
    private long events;
    private long sentEvents;
    private long skip;
    private long versionUs;
    private long duplicates;
    private boolean ended;

    /**
     * @throws galois.api.GaloisException STREAM_OPTION
     */
    Intake(StreamDefinition stream, RoleCounters counters, FanOut fanOut, Clock clock) {
        this.stream = stream;
        this.counters = counters;
        this.fanOut = fanOut;
        this.clock = clock;
        long idleUs = StreamOptions.durationUs(stream, "idle_timeout", 0);
        this.time =
                new SourceTime(
                        stream.watermarkDelayUs(),
                        idleUs == 0 ? SourceTime.NEVER_NS : TimeUnit.MICROSECONDS.toNanos(idleUs));
        int perField = StreamOptions.column(stream, "watermark_per");
        this.partitions =
                perField < 0 ? null : new Partitions(perField, stream.schema().type(perField));
        int timeField = stream.timeField();
        this.followsClock =
                timeField >= 0
                        && "arrival"
                                .equals(
                                        stream.metadata()
                                                .get(stream.schema().field(timeField).name()));
        if (followsClock && partitions != null) {
            throw StreamOptions.bad(
                    stream,
                    "option watermark_per needs WATERMARK FOR a column that comes with the rows:"
                            + " arrival times are in order");
        }
        this.keys = stream.isTable() ? new TableKeys(stream) : null;
        this.notNull = StreamOptions.notNull(stream);
        this.sequenceField = StreamOptions.column(stream, "sequence");
        this.sequence = sequenceField < 0 ? null : new SequenceCheck();
        this.builder = new BatchBuilder(stream.schema(), BATCH_BYTES);
    }

    /**
     * Reading begins.
     *
     * @param bounded the source ends by itself: nobody waits for it, it is never idle
     */
    void start(boolean bounded) {
        mayPause = !bounded;
        nowNs = clock.nowNs();
        tickNs = nowNs;
        time.start(nowNs);
    }

    /**
     * The rows of a payload follow.
     *
     * @return where it came from; where arrivals are the time of rows, none is before the watermark
     */
    Origin arrival(Origin origin) {
        nowNs = clock.nowNs();
        arrivalUs = followsClock ? Math.max(origin.arrivalUs(), clockUs) : origin.arrivalUs();
        return arrivalUs == origin.arrivalUs() ? origin : new Origin(origin.topic(), arrivalUs);
    }

    /**
     * Nothing waits to be read: says what the silence means, if it means anything new.
     *
     * @return in how many nanoseconds to ask again; 0: at once; {@link Long#MAX_VALUE}: after the
     *     next row
     */
    long pause() {
        if (!mayPause) {
            return Long.MAX_VALUE;
        }
        nowNs = clock.nowNs();
        long againNs = time.expire(nowNs);
        if (followsClock) {
            long leftNs = tickNs + TICK_NS - nowNs;
            if (leftNs <= 0) {
                tickNs = nowNs;
                clockUs = Math.max(clockUs, clock.epochUs());
                sentUs = Math.max(sentUs, clockUs - stream.watermarkDelayUs() - 1);
                fanOut.send(builder.array(), builder.finish(sentUs), clockUs);
                builder.clear();
                return 0;
            }
            return Math.min(againNs, leftNs);
        }
        if (time.isIdle() != toldIdle || time.watermarkUs() > sentUs) {
            tellPause();
            return 0;
        }
        return againNs;
    }

    /** An output has come: it has to know when there is nothing to wait for. */
    void tellOutputs() {
        if (toldIdle && builder.rows() == 0) {
            tellPause();
        }
    }

    private void tellPause() {
        toldIdle = time.isIdle();
        sentUs = Math.max(sentUs, time.watermarkUs());
        int length = builder.finish(sentUs);
        Bytes.putInt(builder.array(), RowLayout.FLAGS, toldIdle ? RowLayout.FLAG_IDLE : 0);
        fanOut.send(builder.array(), length, arrivalUs);
        builder.clear();
    }

    /** The columns that are decoded whoever reads them. */
    BitSet ownFields() {
        BitSet own = keys == null ? new BitSet() : keys.fields();
        for (int field : notNull) {
            own.set(field);
        }
        return own;
    }

    /** A new version of the table is going to be read; what was not sent of another is void. */
    void beginVersion() {
        builder.clear();
        keys.clear();
        versionUs = Math.max(Math.max(sentUs, versionUs) + 1, clock.epochUs());
    }

    /** All rows of the version have come: sends what was collected and says so. */
    void endVersion() {
        if (builder.rows() == 0) {
            batchOriginUs = arrivalUs;
        }
        send(versionUs);
    }

    /** The source starts from its beginning again: the next rows are known already. */
    void skip(long rows) {
        skip = rows;
    }

    /** Rows decoded so far, good or bad: what {@link #skip} wants to hear. */
    long events() {
        return events;
    }

    /**
     * What another instance needs to go on after the last batch that has left. The role is being
     * stopped: collected rows that no output has room for are part of it.
     *
     * @param unread what was read and not decoded; empty when the source begins anew
     */
    byte[] save(List<UnreadPayload> unread) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(SAVED_VERSION);
            out.writeBoolean(ended);
            out.writeLong(sentEvents);
            out.writeLong(sentUs);
            out.writeLong(clockUs);
            time.save(out);
            if (partitions != null) {
                partitions.save(out);
            }
            out.writeLong(duplicates);
            if (sequence != null) {
                sequence.save(out);
            }
            fanOut.save(out);
            out.writeInt(unread.size());
            for (UnreadPayload payload : unread) {
                payload.save(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Goes on where {@link #save} was called, for the same stream.
     *
     * @return what is to be decoded before the source is read
     */
    List<UnreadPayload> restore(byte[] saved) {
        List<UnreadPayload> unread = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            if (in.readInt() != SAVED_VERSION) {
                return unread; // of another version of this bundle: begin anew
            }
            ended = in.readBoolean();
            events = in.readLong();
            sentEvents = events;
            sentUs = in.readLong();
            clockUs = in.readLong();
            time.restore(in);
            if (partitions != null) {
                partitions.restore(in);
            }
            duplicates = in.readLong();
            if (sequence != null) {
                sequence.restore(in);
                missing = sequence.missing();
            }
            fanOut.restore(in);
            for (int left = in.readInt(); left > 0; left--) {
                unread.add(UnreadPayload.restore(in));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("parked state is cut off", e);
        }
        return unread;
    }

    /** Rows that the source need not keep any more: gaps count, because they will never come. */
    long taken() {
        return events - duplicates + missing;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isEmpty() {
        return builder.rows() == 0;
    }

    @Override
    public BatchBuilder row() {
        if (!builder.beginRow()) {
            flush();
            builder.beginRow();
        }
        return builder;
    }

    @Override
    public boolean retry() {
        builder.abandonRow();
        if (builder.rows() == 0) {
            return false;
        }
        flush();
        return builder.beginRow();
    }

    @Override
    public void commit() {
        if (isKnown() || isNull()) {
            return;
        }
        if (keys != null) {
            commitTableRow();
            return;
        }
        long timeUs = arrivalUs;
        int timeField = stream.timeField();
        if (timeField >= 0) {
            if (builder.currentIsNull(timeField)) {
                drop(
                        Cause.MISSING_FIELD,
                        "event time " + stream.schema().field(timeField).name() + " is NULL");
                return;
            }
            timeUs = builder.currentLong(timeField);
        }
        if (sequence != null && !builder.currentIsNull(sequenceField) && isDuplicate()) {
            return;
        }
        if (builder.rows() > 0 && time.isBehind(timeUs) && time.watermarkUs() > sentUs) {
            flushBeforeRow();
        }
        if (builder.rows() == 0) {
            batchOriginUs = arrivalUs;
        }
        int partition = partitions == null ? 0 : partitions.of(builder);
        builder.commitRow(0, RowKind.INSERT, timeUs);
        time.row(partition, timeUs, nowNs);
    }

    /** True when a column is NULL that must not be: the row is left out. */
    private boolean isNull() {
        for (int field : notNull) {
            if (builder.currentIsNull(field)) {
                String name = stream.schema().field(field).name();
                drop(Cause.MISSING_FIELD, name + " is NULL, and it was declared NOT NULL");
                return true;
            }
        }
        return false;
    }

    /** The time of a row of a table is its version. */
    private void commitTableRow() {
        String problem = keys.take(builder);
        if (problem != null) {
            drop(problem.endsWith("NULL") ? Cause.MISSING_FIELD : Cause.DUPLICATE, problem);
            return;
        }
        if (builder.rows() == 0) {
            batchOriginUs = arrivalUs;
        }
        builder.commitRow(0, RowKind.INSERT, versionUs);
    }

    /** The row in progress begins the next batch: time has gone past it. */
    private void flushBeforeRow() {
        BatchBuilder next = spare == null ? new BatchBuilder(stream.schema(), BATCH_BYTES) : spare;
        builder.moveRowTo(next);
        flush();
        spare = builder;
        builder = next;
    }

    @Override
    public void reject(MalformedRow problem) {
        if (isKnown()) {
            return;
        }
        String where = problem.line() > 0 ? "line " + problem.line() + ": " : "";
        drop(problem.cause(), where + problem.message());
    }

    @Override
    public void note(Cause cause) {
        if (skip == 0) {
            counters.problem(cause.text(), 1, null);
        }
    }

    @Override
    public void end() {
        ended = true;
    }

    /** Sends what was collected; waits for credit. */
    void flush() {
        if (builder.rows() > 0) {
            send(Math.max(sentUs, time.watermarkUs()));
        }
    }

    /** Sends what was collected and says that nothing follows. */
    void finish() {
        if (builder.rows() == 0) {
            batchOriginUs = arrivalUs;
        }
        ended = true;
        send(RowLayout.WATERMARK_END);
        fanOut.ended();
    }

    private void send(long watermarkUs) {
        int rows = builder.rows();
        counters.addRowsIn(rows); // before the batch can be seen further on
        counters.addRowsOut(rows);
        sentUs = watermarkUs;
        toldIdle = false;
        long beforeNs = clock.nowNs();
        fanOut.send(builder.array(), builder.finish(watermarkUs), batchOriginUs);
        time.blocked(clock.nowNs() - beforeNs);
        for (String edge : fanOut.missing()) {
            counters.problem(Assignment.MISSED_BY + edge, rows, null);
        }
        builder.clear();
        sentEvents = events;
    }

    private boolean isKnown() {
        if (skip > 0) {
            skip--;
            builder.abandonRow();
            return true;
        }
        events++;
        return false;
    }

    private boolean isDuplicate() {
        long n = builder.currentLong(sequenceField);
        boolean fresh = sequence.accept(n);
        long gap = sequence.missing() - missing;
        missing = sequence.missing();
        if (!fresh) {
            duplicates++;
            drop(Cause.DUPLICATE, "n = " + n + " was there before");
        } else if (gap > 0) {
            counters.problem(Cause.GAP.text(), gap, gap + " rows missing before " + n);
        } else if (gap < 0) {
            counters.problem(Cause.GAP.text(), gap, null); // it came after all, out of order
        }
        return !fresh;
    }

    private void drop(Cause cause, String text) {
        builder.abandonRow();
        counters.problem(cause.text(), 1, text);
    }
}
