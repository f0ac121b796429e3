package galois.itest.engine;

import galois.api.kernel.KernelInstance;
import galois.api.kernel.KernelLimits;
import galois.api.kernel.KernelRuntime;
import galois.api.kernel.TimeDomain;
import galois.api.plan.Expr.Literal;
import galois.batch.BatchCursor;
import galois.batch.Bytes;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One slot in one instance of a kernel, fed by hand. */
final class RunningKernel implements AutoCloseable {
    private final KernelRuntime runtime;
    private final String codeId;
    private final byte[] parameters;
    private final Schema schema;
    private final Outcome errors;
    private final long[] watermarksUs;
    private long watermarkUs = RowLayout.WATERMARK_NONE;
    private KernelInstance kernel;
    private int slot;

    /**
     * @param errors counts the error rows
     */
    RunningKernel(KernelRuntime runtime, String codeId, List<Literal> literals, Outcome errors) {
        this.runtime = runtime;
        this.codeId = codeId;
        this.errors = errors;
        Schema wanted = runtime.metadata(codeId).parameters();
        List<Object> values = new ArrayList<>();
        literals.forEach(literal -> values.add(value(literal)));
        parameters = Batches.of(wanted, List.of(values), -1, RowLayout.WATERMARK_NONE);
        schema = runtime.metadata(codeId).outputs().get(0);
        watermarksUs = new long[runtime.metadata(codeId).inputs().size()];
        Arrays.fill(watermarksUs, RowLayout.WATERMARK_NONE);
        open();
    }

    private static Object value(Literal literal) {
        if (literal.isNull()) {
            return null;
        }
        return switch (literal.type().kind()) {
            case BOOLEAN -> literal.asLong() != 0;
            case TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    DECIMAL,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    INTERVAL_MONTH,
                    INTERVAL_DAY ->
                    literal.asLong();
            case REAL, DOUBLE -> literal.asDouble();
            case VARCHAR, VARBINARY -> new String(literal.asBytes(), StandardCharsets.UTF_8);
        };
    }

    Schema schema() {
        return schema;
    }

    private void open() {
        kernel = runtime.instantiate(codeId, KernelLimits.DEFAULT);
        slot = kernel.open(parameters, parameters.length);
    }

    boolean hasEnded(int port) {
        return watermarksUs[port] == RowLayout.WATERMARK_END;
    }

    /** The watermark of everything that came out so far. */
    long watermarkUs() {
        return kernel.metadata().outputWatermarkUs(watermarkUs);
    }

    /**
     * Batches that come of the rows of {@code batch} and of time passing to its watermark.
     *
     * @param isTable the port reads the one version of a table
     */
    List<byte[]> feed(int port, byte[] batch, boolean isTable) {
        List<byte[]> results = new ArrayList<>();
        int rows = Bytes.getInt(batch, RowLayout.ROWS);
        watermarksUs[port] =
                Math.max(watermarksUs[port], Bytes.getLong(batch, RowLayout.WATERMARK));
        if (rows > 0) {
            kernel.input(batch, 0, batch.length);
        }
        int first = 0;
        while (first < rows) {
            int consumed = kernel.process(port, first, rows - first, slot);
            first += consumed;
            boolean progress = consumed > 0 | take(results) | drain(results);
            if (!progress) {
                throw new AssertionError("the kernel neither takes rows nor gives any");
            }
        }
        if (isTable && watermarksUs[port] == RowLayout.WATERMARK_END) {
            kernel.time(slot, TimeDomain.TABLE, RowLayout.WATERMARK_END);
        }
        long reachedUs = Arrays.stream(watermarksUs).min().orElseThrow();
        boolean more =
                reachedUs > watermarkUs
                        && kernel.metadata().timers()
                        && kernel.time(slot, TimeDomain.EVENT, reachedUs);
        take(results);
        if (more) {
            drain(results);
        }
        watermarkUs = Math.max(watermarkUs, reachedUs);
        return results;
    }

    private boolean drain(List<byte[]> results) {
        boolean progress = false;
        while (kernel.isPending(slot)) {
            kernel.drain(slot);
            if (!take(results) && kernel.isPending(slot)) {
                throw new AssertionError("the kernel is pending and gives no row");
            }
            progress = true;
        }
        return progress;
    }

    private boolean take(List<byte[]> results) {
        if (kernel.outputRows() == 0) {
            return false;
        }
        byte[] batch = new byte[kernel.outputBytes()];
        int length = kernel.takeOutput(batch, 0, RowLayout.WATERMARK_NONE);
        results.add(withoutErrors(Arrays.copyOf(batch, length)));
        return true;
    }

    /** Error rows are counted and left out, as the consumer role does it. */
    private byte[] withoutErrors(byte[] batch) {
        BatchCursor cursor = new BatchCursor().wrap(batch, 0, batch.length, schema);
        int stride = RowLayout.stride(schema.size());
        int kept = 0;
        for (int i = 0; i < cursor.rows(); i++) {
            cursor.row(i);
            if (cursor.kind() == RowKind.ERROR) {
                errors.countError(cursor.code());
                continue;
            }
            if (cursor.kind() != RowKind.INSERT) {
                throw new AssertionError("a row of kind " + cursor.kind());
            }
            int from = RowLayout.HEADER_BYTES + i * stride;
            System.arraycopy(batch, from, batch, RowLayout.HEADER_BYTES + kept++ * stride, stride);
        }
        Bytes.putInt(batch, RowLayout.ROWS, kept);
        return batch;
    }

    /** Moves the state into a fresh instance. */
    void saveAndLoad() {
        if (kernel.metadata().stateless()) {
            return;
        }
        List<byte[]> state = new ArrayList<>();
        boolean more;
        do {
            more = kernel.save(slot, false);
            if (kernel.outputRows() > 0) {
                byte[] batch = new byte[kernel.outputBytes()];
                int length = kernel.takeOutput(batch, 0, RowLayout.WATERMARK_NONE);
                state.add(Arrays.copyOf(batch, length));
            }
        } while (more);
        kernel.close();
        open();
        for (byte[] batch : state) {
            kernel.input(batch, 0, batch.length);
            kernel.load(slot, 0, Bytes.getInt(batch, RowLayout.ROWS));
        }
    }

    @Override
    public void close() {
        kernel.close();
    }
}
