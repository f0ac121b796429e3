package galois.bench;

import galois.api.control.Message.SourceBinding;
import galois.api.kernel.KernelInstance;
import galois.api.kernel.KernelLimits;
import galois.api.kernel.KernelModule;
import galois.api.kernel.TimeDomain;
import galois.api.plan.Expr;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Bytes;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.WasmKernelCompiler;
import galois.global.JoinTimes;
import galois.sql.CalciteSql;
import galois.sql.HeuristicOptimizer;
import galois.wasm.ChicoryKernelRuntime;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A query from its text to one running kernel, fed as on a node: a pass opens a slot, copies batch
 * after batch into the input area and processes it, takes the results and closes the slot. A query
 * over two streams gets their batches in turn, and time passes after each two.
 */
public final class SqlKernel implements AutoCloseable {
    private final KernelInstance kernel;
    private final Schema result;
    private final byte[] parameters;
    private final List<byte[]> batches;
    private final int ports;
    private final byte[] output = new byte[KernelLimits.DEFAULT.outputBytes()];

    private SqlKernel(LogicalPlan plan, List<byte[]> batches) {
        KernelModule module = new WasmKernelCompiler().compile(plan);
        ChicoryKernelRuntime runtime = new ChicoryKernelRuntime();
        KernelLimits limits = new KernelLimits(256 << 20, 64 << 20, output.length);
        kernel = runtime.instantiate(runtime.register(module.wasm()), limits);
        result = module.metadata().outputs().get(0);
        ports = module.metadata().inputs().size();
        parameters = parameters(module.metadata().parameters(), plan.parameters());
        this.batches = List.copyOf(batches);
    }

    /**
     * @param sql a query over the stream {@code readings}
     * @param batches its rows; column {@code ts} is the event time; their watermarks pass on time
     */
    public static SqlKernel of(String sql, Schema schema, List<byte[]> batches) {
        return new SqlKernel(plan(sql, BenchStreams.of(schema)), batches);
    }

    /**
     * @param sql a query over the streams {@code lefts} and {@code rights}
     * @param batches of the two in turn
     */
    public static SqlKernel ofTwo(String sql, Schema schema, List<byte[]> batches) {
        return new SqlKernel(plan(sql, BenchStreams.of(schema, "lefts", "rights")), batches);
    }

    private static LogicalPlan plan(String sql, BenchStreams streams) {
        LogicalPlan plan = new HeuristicOptimizer().optimize(streams.plan(new CalciteSql(), sql));
        List<SourceBinding> sources =
                Plans.sources(plan.root()).stream()
                        .map(source -> streams.stream(source.stream()).orElseThrow())
                        .map(stream -> new SourceBinding(stream, false))
                        .toList();
        return JoinTimes.find(plan, sources);
    }

    private static byte[] parameters(Schema schema, List<Expr.Literal> values) {
        BatchBuilder builder =
                new BatchBuilder(schema, RowLayout.HEADER_BYTES + RowLayout.stride(schema.size()));
        builder.beginRow();
        for (int i = 0; i < values.size(); i++) {
            builder.setLong(i, values.get(i).asLong());
        }
        builder.commitRow(0, RowKind.INSERT, 0);
        int bytes = builder.finish(RowLayout.WATERMARK_NONE);
        return Arrays.copyOf(builder.array(), bytes);
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
        int port = 0;
        for (byte[] batch : batches) {
            kernel.input(batch, 0, batch.length);
            results += process(port, slot, Bytes.getInt(batch, RowLayout.ROWS), batchSeen);
            port = (port + 1) % ports;
            if (port == 0) {
                results += time(slot, Bytes.getLong(batch, RowLayout.WATERMARK), batchSeen);
            }
        }
        results += time(slot, RowLayout.WATERMARK_END, batchSeen);
        kernel.closeSlot(slot);
        return results;
    }

    private int process(int port, int slot, int rows, Consumer<Integer> batchSeen) {
        int results = 0;
        for (int at = 0; at < rows; ) {
            at += kernel.process(port, at, rows - at, slot);
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
