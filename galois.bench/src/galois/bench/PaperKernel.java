package galois.bench;

import galois.api.kernel.KernelInstance;
import galois.api.kernel.KernelLimits;
import galois.api.kernel.KernelModule;
import galois.api.plan.Expr;
import galois.api.plan.LogicalPlan;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.WasmKernelCompiler;
import galois.wasm.ChicoryKernelRuntime;

import java.util.ArrayList;
import java.util.List;

/** The paper's query, compiled and run as on a node: one open slot, batches of at most 64 KB. */
public final class PaperKernel implements AutoCloseable {
    /** Rows of a batch: what a producer puts into 64 KB. */
    public static final int BATCH_ROWS =
            ((64 << 10) - RowLayout.HEADER_BYTES) / RowLayout.stride(PaperQuery.ELEC.size());

    private final KernelInstance kernel;
    private final Schema result;
    private final int slot;
    private final int count;
    private final byte[] all;
    private final List<byte[]> batches = new ArrayList<>();
    private final byte[] output = new byte[KernelLimits.DEFAULT.outputBytes()];

    public PaperKernel(ElecRows rows, double[] thresholds) {
        LogicalPlan plan = PaperQuery.plan(thresholds);
        KernelModule module = new WasmKernelCompiler().compile(plan);
        ChicoryKernelRuntime runtime = new ChicoryKernelRuntime();
        this.kernel = runtime.instantiate(runtime.register(module.wasm()), KernelLimits.DEFAULT);
        this.result = module.metadata().outputs().get(0);
        byte[] parameters = parameters(module.metadata().parameters(), plan.parameters());
        this.slot = kernel.open(parameters, parameters.length);
        this.count = rows.count();
        for (int first = 0; first < count; first += BATCH_ROWS) {
            batches.add(rows.batch(first, Math.min(BATCH_ROWS, count - first)));
        }
        this.all = rows.batch();
        loadAll();
    }

    /** Puts all rows into the kernel's input area, as {@link #runInPlace} wants them. */
    public void loadAll() {
        kernel.input(all, 0, all.length);
    }

    private static byte[] parameters(Schema schema, List<Expr.Literal> values) {
        BatchBuilder builder =
                new BatchBuilder(schema, RowLayout.HEADER_BYTES + RowLayout.stride(schema.size()));
        builder.beginRow();
        for (int i = 0; i < values.size(); i++) {
            if (schema.type(i) == FieldType.DOUBLE) {
                builder.setDouble(i, values.get(i).asDouble());
            } else {
                builder.setLong(i, values.get(i).asLong());
            }
        }
        builder.commitRow(0, RowKind.INSERT, 0);
        byte[] batch = new byte[builder.finish(RowLayout.WATERMARK_NONE)];
        System.arraycopy(builder.array(), 0, batch, 0, batch.length);
        return batch;
    }

    /** All rows, which are in the kernel's input area already; returns how many were selected. */
    public int runInPlace() {
        int selected = 0;
        for (int first = 0; first < count; first += BATCH_ROWS) {
            selected += process(first, Math.min(BATCH_ROWS, count - first));
        }
        return selected;
    }

    /** All rows, batch by batch through the input area; replaces what {@link #runInPlace} reads. */
    public int runCopyIn() {
        int selected = 0;
        for (byte[] batch : batches) {
            kernel.input(batch, 0, batch.length);
            selected += process(0, rowsOf(batch));
        }
        return selected;
    }

    private static int rowsOf(byte[] batch) {
        return (batch.length - RowLayout.HEADER_BYTES) / RowLayout.stride(PaperQuery.ELEC.size());
    }

    private int process(int first, int rows) {
        int end = first + rows;
        int selected = 0;
        for (int at = first; at < end; ) {
            at += kernel.process(0, at, end - at, slot);
            selected += kernel.outputRows();
            kernel.takeOutput(output, 0, RowLayout.WATERMARK_NONE);
        }
        return selected;
    }

    /** Date and period of every selected row, by the same steps as {@link #runCopyIn}. */
    public double[] results() {
        double[] results = new double[2 * count];
        int n = 0;
        BatchCursor cursor = new BatchCursor();
        for (byte[] batch : batches) {
            kernel.input(batch, 0, batch.length);
            int selected = process(0, rowsOf(batch));
            cursor.wrap(output, 0, output.length, result);
            for (int row = 0; row < selected; row++) {
                results[n++] = cursor.row(row).getDouble(0);
                results[n++] = cursor.getDouble(1);
            }
        }
        return java.util.Arrays.copyOf(results, n);
    }

    @Override
    public void close() {
        kernel.close();
    }
}
