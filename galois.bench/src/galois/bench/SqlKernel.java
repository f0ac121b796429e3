package galois.bench;

import galois.api.kernel.KernelInstance;
import galois.api.kernel.KernelLimits;
import galois.api.kernel.KernelModule;
import galois.api.kernel.TimeDomain;
import galois.api.plan.LogicalPlan;
import galois.batch.BatchCursor;
import galois.batch.Bytes;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.WasmKernelCompiler;
import galois.sql.CalciteSql;
import galois.sql.HeuristicOptimizer;
import galois.wasm.ChicoryKernelRuntime;

import java.util.List;
import java.util.function.Consumer;

/**
 * A query from its text to one running kernel, fed as on a node: a pass opens a slot, copies batch
 * after batch into the input area and processes it, takes the results and closes the slot.
 */
public final class SqlKernel implements AutoCloseable {
    private final KernelInstance kernel;
    private final Schema result;
    private final byte[] parameters;
    private final List<byte[]> batches;
    private final byte[] output = new byte[KernelLimits.DEFAULT.outputBytes()];

    /**
     * @param sql a query over the stream {@code readings}, without literals that become parameters
     * @param batches its rows; column {@code ts} is the event time; their watermarks pass on time
     */
    public SqlKernel(String sql, Schema schema, List<byte[]> batches) {
        LogicalPlan plan =
                new HeuristicOptimizer()
                        .optimize(BenchStream.of(schema).plan(new CalciteSql(), sql));
        if (!plan.parameters().isEmpty()) {
            throw new IllegalArgumentException("the bench gives no parameters");
        }
        KernelModule module = new WasmKernelCompiler().compile(plan);
        ChicoryKernelRuntime runtime = new ChicoryKernelRuntime();
        KernelLimits limits = new KernelLimits(256 << 20, 64 << 20, output.length);
        kernel = runtime.instantiate(runtime.register(module.wasm()), limits);
        result = module.metadata().outputs().get(0);
        parameters = new byte[RowLayout.HEADER_BYTES + RowLayout.stride(0)];
        Bytes.putInt(parameters, RowLayout.BYTES, parameters.length);
        Bytes.putInt(parameters, RowLayout.ROWS, 1);
        Bytes.putInt(parameters, RowLayout.STRIDE, RowLayout.stride(0));
        Bytes.putInt(parameters, RowLayout.LAYOUT, new Schema(List.of()).layout());
        this.batches = List.copyOf(batches);
    }

    /** One pass; returns how many result rows there are. */
    public int run() {
        return run(batch -> {});
    }

    /** One pass, every result row shown. */
    public int results(Consumer<BatchCursor> rowSeen) {
        BatchCursor cursor = new BatchCursor();
        return run(
                length -> {
                    cursor.wrap(output, 0, length, result);
                    for (int row = 0; row < cursor.rows(); row++) {
                        rowSeen.accept(cursor.row(row));
                    }
                });
    }

    private int run(Consumer<Integer> batchSeen) {
        int slot = kernel.open(parameters, parameters.length);
        int results = 0;
        for (byte[] batch : batches) {
            kernel.input(batch, 0, batch.length);
            results += process(slot, Bytes.getInt(batch, RowLayout.ROWS), batchSeen);
            results += time(slot, Bytes.getLong(batch, RowLayout.WATERMARK), batchSeen);
        }
        results += time(slot, RowLayout.WATERMARK_END, batchSeen);
        kernel.closeSlot(slot);
        return results;
    }

    private int process(int slot, int rows, Consumer<Integer> batchSeen) {
        int results = 0;
        for (int at = 0; at < rows; ) {
            at += kernel.process(0, at, rows - at, slot);
            results += take(batchSeen);
            while (kernel.isPending(slot)) {
                kernel.drain(slot);
                results += take(batchSeen);
            }
        }
        return results;
    }

    private int time(int slot, long watermarkUs, Consumer<Integer> batchSeen) {
        boolean more = kernel.time(slot, TimeDomain.EVENT, watermarkUs);
        int results = take(batchSeen);
        while (more) {
            more = kernel.drain(slot);
            results += take(batchSeen);
        }
        return results;
    }

    private int take(Consumer<Integer> batchSeen) {
        int count = kernel.outputRows();
        if (count > 0) {
            batchSeen.accept(kernel.takeOutput(output, 0, RowLayout.WATERMARK_NONE));
        }
        return count;
    }

    @Override
    public void close() {
        kernel.close();
    }
}
