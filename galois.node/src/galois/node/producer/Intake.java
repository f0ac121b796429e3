package galois.node.producer;

import galois.api.control.Assignment;
import galois.api.io.MalformedRow;
import galois.api.io.MalformedRow.Cause;
import galois.api.io.RowSink;
import galois.api.node.RoleCounters;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchBuilder;
import galois.batch.RowKind;
import galois.batch.RowLayout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects decoded rows into batches of at most {@link #BATCH_BYTES}: gives each its event time,
 * drops duplicates, counts what is wrong, and carries the watermark. Used by the producer's thread.
 */
final class Intake implements RowSink {
    /** Extent of a batch; a row larger than that is rejected by the decoder. */
    static final int BATCH_BYTES = 64 << 10;

    private static final int SAVED_VERSION = 2;

    private final StreamDefinition stream;
    private final RoleCounters counters;
    private final FanOut fanOut;
    private final BatchBuilder builder;
    private final SequenceCheck sequence;
    private final int sequenceField;
    private long arrivalUs;
    private long batchOriginUs;
    private long newestUs = RowLayout.WATERMARK_NONE;
    private long missing;
    private long events;
    private long sentEvents;
    private long skip;
    private long duplicates;
    private boolean ended;

    /**
     * @param sequenceField index of the column of option {@code sequence}; -1 without
     */
    Intake(StreamDefinition stream, int sequenceField, RoleCounters counters, FanOut fanOut) {
        this.stream = stream;
        this.counters = counters;
        this.fanOut = fanOut;
        this.sequenceField = sequenceField;
        this.sequence = sequenceField < 0 ? null : new SequenceCheck();
        this.builder = new BatchBuilder(stream.schema(), BATCH_BYTES);
    }

    /** The rows that follow arrived then. */
    void arrival(long epochUs) {
        arrivalUs = epochUs;
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
            out.writeLong(newestUs);
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
            newestUs = in.readLong();
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
        if (isKnown()) {
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
        if (builder.rows() == 0) {
            batchOriginUs = arrivalUs;
        }
        builder.commitRow(0, RowKind.INSERT, timeUs);
        newestUs = Math.max(newestUs, timeUs);
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
            send(watermarkUs());
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
        fanOut.send(builder.array(), builder.finish(watermarkUs), batchOriginUs);
        for (String edge : fanOut.missing()) {
            counters.problem(Assignment.Producer.MISSED_BY + edge, rows, null);
        }
        builder.clear();
        sentEvents = events;
    }

    private long watermarkUs() {
        if (newestUs == RowLayout.WATERMARK_NONE) {
            return RowLayout.WATERMARK_NONE;
        }
        long us = newestUs - stream.watermarkDelayUs() - 1;
        return us > newestUs ? RowLayout.WATERMARK_NONE : us; // below the smallest time
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
