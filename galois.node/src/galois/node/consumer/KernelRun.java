package galois.node.consumer;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.kernel.KernelInstance;
import galois.api.kernel.TimeDomain;
import galois.api.node.EdgeInput.ReceivedBatch;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Bytes;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One slot of one kernel instance working through the batches of its inputs, one at a time: rows,
 * then time (the least watermark of all inputs), output taken whenever the kernel has filled it. It
 * never waits: {@link #step} does one call into the kernel, and what it leaves in {@link #output}
 * must be sent before the next. Between two steps it can be saved and continued in another
 * instance.
 */
final class KernelRun implements AutoCloseable {
    /** Where it stands in the input batch. */
    enum Phase {
        /** There is no input batch. */
        IDLE,
        /** Rows are being processed. */
        ROWS,
        /** The rows are done; the watermark is being passed on. */
        TIME,
        /** Everything is out; the batch can be released. */
        DONE,
        /** There is no input batch; the processing time is being passed on. */
        CLOCK
    }

    private static final byte[] NOTHING = {};

    private final KernelInstance kernel;
    private final List<Schema> inputs;
    private final long[] inputWatermarksUs;
    private final boolean[] inputIdle;
    private final String[] tables;
    private final ErrorRows errors;
    private final int slot;
    private final boolean timers;
    private final BatchCursor cursor = new BatchCursor();
    private Phase phase = Phase.IDLE;
    private int port;
    private int rows;
    private int first;
    private boolean more;
    private long batchWatermarkUs;
    private boolean batchIdle;
    private long watermarkUs = RowLayout.WATERMARK_NONE;
    private long begunUs = RowLayout.WATERMARK_NONE;
    private byte[] output = new byte[64 << 10];
    private int outputLength;
    private int sentTo;
    private final boolean[] handsOutLate;
    private byte[] lateRow = NOTHING;

    /**
     * @param inputs fields by port
     * @param parameters batch of one row
     */
    KernelRun(KernelInstance kernel, List<Schema> inputs, byte[] parameters, ErrorRows errors) {
        this(
                kernel,
                inputs,
                Collections.nCopies(inputs.size(), null),
                List.of(),
                parameters,
                errors);
    }

    /**
     * @param inputs fields by port
     * @param tables by port the name of the table it reads; {@code null}: it is a stream
     * @param late the inputs whose late rows are handed out
     * @param parameters batch of one row
     */
    KernelRun(
            KernelInstance kernel,
            List<Schema> inputs,
            List<String> tables,
            List<Integer> late,
            byte[] parameters,
            ErrorRows errors) {
        this.kernel = kernel;
        this.inputs = List.copyOf(inputs);
        this.tables = tables.toArray(String[]::new);
        this.inputWatermarksUs = new long[inputs.size()];
        Arrays.fill(inputWatermarksUs, RowLayout.WATERMARK_NONE);
        this.inputIdle = new boolean[inputs.size()];
        this.errors = errors;
        this.handsOutLate = new boolean[inputs.size()];
        late.forEach(input -> handsOutLate[input] = true);
        this.timers = kernel.metadata().timers();
        this.slot = kernel.open(parameters, parameters.length);
    }

    Phase phase() {
        return phase;
    }

    /** Rows of the input batch. */
    int rows() {
        return rows;
    }

    /** The input that the batch came from. */
    int port() {
        return port;
    }

    /** The watermark of an input, as far as its batches are done. */
    long inputWatermarkUs(int input) {
        return inputWatermarksUs[input];
    }

    /** Every input that has not ended is silent: those behind need not wait for this kernel. */
    boolean isIdle() {
        boolean any = false;
        for (int i = 0; i < inputIdle.length; i++) {
            boolean open = isOpen(i);
            if (open && !inputIdle[i]) {
                return false;
            }
            any |= open;
        }
        return any;
    }

    /** The input has a part in time: it is no table and has not ended. */
    private boolean isOpen(int input) {
        return tables[input] == null && inputWatermarksUs[input] != RowLayout.WATERMARK_END;
    }

    /** True when an input that reads a table has brought a version of it. */
    boolean hasVersion(int input) {
        return inputWatermarksUs[input] != RowLayout.WATERMARK_NONE;
    }

    /** Everything that ever comes of the input is in the output that has not been sent yet. */
    boolean isAtEnd() {
        return phase == Phase.DONE && watermarkUs == RowLayout.WATERMARK_END;
    }

    /** The watermark that belongs to everything that was taken so far. */
    long watermarkUs() {
        return kernel.metadata().outputWatermarkUs(watermarkUs);
    }

    /** The watermark that belonged to everything before the present batch. */
    long begunUs() {
        return begunUs;
    }

    /** True when a row of the output is behind that time. */
    boolean hasOutputBehind(long us) {
        int stride = Bytes.getInt(output, RowLayout.STRIDE);
        int at = RowLayout.HEADER_BYTES + RowLayout.ROW_EVENT_TIME;
        for (int rows = Bytes.getInt(output, RowLayout.ROWS); rows > 0; rows--) {
            if (Bytes.getLong(output, at) < us) {
                return true;
            }
            at += stride;
        }
        return false;
    }

    /** The batch to be sent; its first {@link #outputLength} bytes. */
    byte[] output() {
        return output;
    }

    /** 0: there is nothing to send. */
    int outputLength() {
        return outputLength;
    }

    void outputSent() {
        outputLength = 0;
        sentTo = 0;
    }

    /** So many outputs have got what is to be sent. */
    int sentTo() {
        return sentTo;
    }

    /** The outputs have changed meanwhile: so many of those of now have got it. */
    void sentTo(int outputs) {
        sentTo = outputs;
    }

    /** One output more has got it. */
    void sentToNext() {
        sentTo++;
    }

    /** Takes the next input batch; the phase was IDLE. */
    void begin(int fromPort, ReceivedBatch batch) {
        port = fromPort;
        load(batch);
        first = 0;
        begunUs = watermarkUs;
        boolean beginsNext =
                tables[port] != null && rows > 0 && cursor.row(0).eventTimeUs() > batchWatermarkUs;
        if (beginsNext) {
            completeVersion(); // of the rows before: another kernel did not say so at once
        }
        phase = Phase.ROWS;
    }

    /** Processing time at which the kernel has work; {@link Long#MAX_VALUE}: none. */
    long dueProcessingUs() {
        return timers ? kernel.dueProcessingUs(slot) : Long.MAX_VALUE;
    }

    /** Tells the kernel the processing time; the phase was IDLE and is CLOCK. */
    void beginClock(long nowUs) {
        assert outputLength == 0 : "output was not sent";
        begunUs = watermarkUs;
        phase = Phase.CLOCK;
        more = kernel.time(slot, TimeDomain.PROCESSING, nowUs);
        take();
    }

    /** One call into the kernel; the output was sent and the phase is ROWS, TIME or CLOCK. */
    void step() {
        assert outputLength == 0 : "output was not sent";
        if (phase == Phase.CLOCK) {
            more = isPending() && kernel.drain(slot);
            take();
            phase = isPending() ? Phase.CLOCK : Phase.IDLE;
        } else if (isPending()) {
            more = kernel.drain(slot);
            if (phase == Phase.ROWS || isPending()) {
                take();
            } else {
                finish();
            }
        } else if (phase == Phase.ROWS && first < rows) {
            processRows();
        } else {
            phase = Phase.TIME;
            passTime();
        }
    }

    /** The batch was released. */
    void end() {
        phase = Phase.IDLE;
    }

    private boolean isPending() {
        return more || kernel.isPending(slot);
    }

    /** A batch with a row of the input in hand that was late; empty: there is none to be sent. */
    byte[] lateRow() {
        return lateRow;
    }

    void lateRowSent() {
        lateRow = NOTHING;
    }

    private void processRows() {
        if (handsOutLate[port] && cursor.row(first).eventTimeUs() < watermarkUs) {
            processBehind();
            return;
        }
        process(notBehind());
        if (first < rows || isPending()) {
            take();
        }
    }

    /** Gives the kernel so many rows; true when it took the first. */
    private boolean process(int count) {
        int consumed = kernel.process(port, first, count, slot);
        first += consumed;
        if (consumed == 0 && kernel.outputRows() == 0 && !isPending()) {
            throw new GaloisException(
                    ErrorCode.KERNEL_FAILED,
                    "the kernel neither takes rows nor gives any: it is stopped");
        }
        return consumed > 0;
    }

    /** So many rows are not behind the watermark; the first is none. */
    private int notBehind() {
        if (!handsOutLate[port]) {
            return rows - first;
        }
        int to = first + 1;
        while (to < rows && cursor.row(to).eventTimeUs() >= watermarkUs) {
            to++;
        }
        return to - first;
    }

    /** A row that may be late goes alone, so that it is known what became of it. */
    private void processBehind() {
        if (kernel.outputRows() > 0) {
            take();
        }
        errors.takeLate();
        if (outputLength == 0) {
            boolean taken = process(1);
            take();
            boolean isLate = errors.takeLate() && taken;
            lateRow = isLate ? Rows.copy(cursor.row(first - 1), inputs.get(port)) : NOTHING;
        }
    }

    /** The rows of a table that came so far are a version, as far as the batch says. */
    private void completeVersion() {
        if (batchWatermarkUs > inputWatermarksUs[port]) {
            boolean isFirst = !hasVersion(port);
            kernel.time(slot, TimeDomain.TABLE, batchWatermarkUs);
            inputWatermarksUs[port] = batchWatermarkUs;
            take();
            if (errors.takeTableFull() && isFirst) {
                throw new GaloisException(
                        ErrorCode.STATE_LIMIT,
                        "the table \""
                                + tables[port]
                                + "\" does not fit the memory of a query: join with a select of"
                                + " fewer of its rows and columns");
            }
        }
    }

    private void passTime() {
        if (tables[port] != null) {
            completeVersion();
            finish();
            return;
        }
        inputWatermarksUs[port] = Math.max(inputWatermarksUs[port], batchWatermarkUs);
        inputIdle[port] = batchIdle;
        long reachedUs = reachedUs();
        if (timers && reachedUs > watermarkUs) {
            more = kernel.time(slot, TimeDomain.EVENT, reachedUs);
        }
        if (isPending()) {
            take();
        } else {
            finish();
        }
    }

    /** The last output of the batch carries its watermark, those before it the one before. */
    private void finish() {
        watermarkUs = Math.max(watermarkUs, reachedUs());
        take();
        phase = Phase.DONE;
    }

    /**
     * Time has passed so far on every input that counts: silent ones do not, except that all of
     * them together stand where the fastest is; what is still open never is at the end.
     */
    private long reachedUs() {
        boolean idle = isIdle();
        long us = idle ? RowLayout.WATERMARK_NONE : RowLayout.WATERMARK_END;
        boolean open = false;
        for (int i = 0; i < inputIdle.length; i++) {
            if (!isOpen(i)) {
                continue;
            }
            open = true;
            if (idle) {
                us = Math.max(us, inputWatermarksUs[i]);
            } else if (!inputIdle[i]) {
                us = Math.min(us, inputWatermarksUs[i]);
            }
        }
        return open ? us : RowLayout.WATERMARK_END;
    }

    private void take() {
        if (kernel.outputRows() == 0) {
            return;
        }
        int bytes = kernel.outputBytes();
        if (output.length < bytes) {
            output = new byte[bytes];
        }
        int length = errors.remove(output, kernel.takeOutput(output, 0, watermarkUs()));
        outputLength = Bytes.getInt(output, RowLayout.ROWS) == 0 ? 0 : length;
    }

    private void load(ReceivedBatch batch) {
        int end = batch.offset() + batch.length();
        try {
            cursor.wrap(batch.bytes(), batch.offset(), end, inputs.get(port));
        } catch (IllegalArgumentException e) {
            throw new GaloisException(ErrorCode.PROTOCOL, "an edge brought a " + e.getMessage(), e);
        }
        rows = cursor.rows();
        batchWatermarkUs = cursor.watermarkUs();
        batchIdle = cursor.isIdle();
        if (rows > 0) {
            kernel.input(batch.bytes(), batch.offset(), batch.length());
        }
    }

    /** The exact present; this run must not be used any more, except to be closed. */
    SavedKernel save() {
        if (outputLength == 0) {
            take();
        }
        List<byte[]> state = new ArrayList<>();
        boolean further;
        do {
            further = kernel.save(slot, false);
            if (kernel.outputRows() > 0) {
                byte[] batch = new byte[kernel.outputBytes()];
                int length = kernel.takeOutput(batch, 0, RowLayout.WATERMARK_NONE);
                state.add(Arrays.copyOf(batch, length));
            }
        } while (further);
        return new SavedKernel(
                phase.ordinal(),
                port,
                first,
                inputWatermarksUs.clone(),
                inputIdle.clone(),
                watermarkUs,
                Arrays.copyOf(output, outputLength),
                sentTo,
                lateRow,
                state);
    }

    /**
     * Goes on where a run of the same kernel was saved, in a fresh instance.
     *
     * @param batch the batch of input {@link SavedKernel#port} that the saved run had not released;
     *     null if it was IDLE
     */
    void restore(SavedKernel saved, ReceivedBatch batch) {
        for (byte[] state : saved.state()) {
            kernel.input(state, 0, state.length);
            kernel.load(slot, 0, Bytes.getInt(state, RowLayout.ROWS));
        }
        Phase before = Phase.values()[saved.phase()];
        phase = batch == null && before != Phase.CLOCK ? Phase.IDLE : before;
        port = saved.port();
        first = saved.first();
        System.arraycopy(
                saved.inputWatermarksUs(), 0, inputWatermarksUs, 0, inputWatermarksUs.length);
        System.arraycopy(saved.inputIdle(), 0, inputIdle, 0, inputIdle.length);
        watermarkUs = saved.watermarkUs();
        begunUs = watermarkUs;
        outputLength = saved.output().length;
        sentTo = saved.sentTo();
        lateRow = saved.lateRow();
        if (outputLength > output.length) {
            output = new byte[outputLength];
        }
        System.arraycopy(saved.output(), 0, output, 0, outputLength);
        if (phase != Phase.IDLE && phase != Phase.CLOCK) {
            load(batch);
        }
    }

    @Override
    public void close() {
        kernel.close();
    }

    /** An empty batch that says how far time has come. */
    static byte[] watermarkOnly(Schema schema, long watermarkUs, boolean idle) {
        BatchBuilder builder = new BatchBuilder(schema, RowLayout.ROW_BYTES_MAX);
        byte[] batch = Arrays.copyOf(builder.array(), builder.finish(watermarkUs));
        Bytes.putInt(batch, RowLayout.FLAGS, idle ? RowLayout.FLAG_IDLE : 0);
        return batch;
    }
}
