package galois.compiler;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;

import galois.api.kernel.KernelModule;
import galois.api.kernel.TimeDomain;
import galois.api.plan.Expr;
import galois.api.plan.LogicalPlan;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;

/** Runs a kernel over steps in different manners, which must all give the same rows. */
final class Harness {
    /** How the same steps are run. */
    enum Manner {
        ONE_BATCH,
        /** In one batch, by the JVM code that nodes run. */
        COMPILED,
        ROW_BY_ROW,
        EACH_ROW_HAS_ITS_SLOT,
        OUTPUT_OF_ONE_ROW,
        /** State is saved and loaded into a fresh instance between any two calls. */
        SAVED_BETWEEN_CALLS,
        /** The same, and the output area has room for one row. */
        SAVED_WITH_OUTPUT_OF_ONE_ROW;

        boolean hasSmallOutput() {
            return this == OUTPUT_OF_ONE_ROW || this == SAVED_WITH_OUTPUT_OF_ONE_ROW;
        }

        boolean isSaved() {
            return this == SAVED_BETWEEN_CALLS || this == SAVED_WITH_OUTPUT_OF_ONE_ROW;
        }
    }

    /** What happens to the kernel: rows come, or time passes on. */
    sealed interface Step {
        record Rows(int port, List<TestRow> rows) implements Step {
            Rows(List<TestRow> rows) {
                this(0, rows);
            }
        }

        record Time(TimeDomain domain, long us) implements Step {
            Time(long us) {
                this(TimeDomain.EVENT, us);
            }
        }

        /** Processing time passes on. */
        record Clock(long us) implements Step {}
    }

    /** Text that one output row of the small area may have. */
    private static final int TEXT_BYTES = 512;

    private static final int STATE_BYTES = 80 * 1024;

    private final KernelModule module;
    private final WasmModule parsed;
    private final List<Expr.Literal> parameters;
    private final Manner manner;
    private final List<TestRow> results = new ArrayList<>();
    private KernelMemory kernel;
    private int slot;
    private int out;

    Harness(KernelModule module, List<Expr.Literal> parameters, Manner manner) {
        this.module = module;
        this.parsed = Parser.parse(module.wasm());
        this.parameters = parameters;
        this.manner = manner;
        open();
    }

    static List<TestRow> run(LogicalPlan plan, List<Step> steps, Manner manner) {
        KernelModule module = new WasmKernelCompiler().compile(plan);
        return new Harness(module, plan.parameters(), manner).run(steps);
    }

    List<TestRow> run(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.Rows rows) {
                rows(rows.port(), rows.rows());
            } else if (step instanceof Step.Clock clock) {
                time(TimeDomain.PROCESSING, clock.us());
            } else {
                Step.Time time = (Step.Time) step;
                time(time.domain(), time.us());
            }
        }
        return results;
    }

    private Schema outputSchema() {
        return module.metadata().outputs().get(0);
    }

    private int outputBytes() {
        boolean text =
                outputSchema().fields().stream()
                        .anyMatch(f -> f.type() == galois.batch.FieldType.VARCHAR);
        int row = KernelMemory.oneRow(outputSchema()) + (text ? TEXT_BYTES : 0);
        return manner.hasSmallOutput() ? row : Math.max(row, 4096);
    }

    private void open() {
        kernel = new KernelMemory(parsed, KernelMemory.PAGES_MAX, manner == Manner.COMPILED);
        byte[] batch = parameterBatch(module.metadata().parameters(), parameters);
        slot = (int) kernel.call("g_open", kernel.put(batch, batch.length));
        if (slot <= 0) {
            throw new AssertionError("g_open gave " + slot);
        }
        out = kernel.output(outputBytes());
    }

    static byte[] parameterBatch(Schema schema, List<Expr.Literal> literals) {
        List<Object> values = new ArrayList<>();
        literals.forEach(literal -> values.add(Reference.constant(literal)));
        TestRow row = new TestRow(0, 0, 0, values);
        return TestRow.batch(schema, List.of(row), 0);
    }

    private void rows(int port, List<TestRow> rows) {
        boolean whole = manner == Manner.ONE_BATCH || manner == Manner.COMPILED;
        int step = whole ? Math.max(1, rows.size()) : 1;
        if (manner == Manner.EACH_ROW_HAS_ITS_SLOT || manner == Manner.OUTPUT_OF_ONE_ROW) {
            step = 7;
        }
        for (int from = 0; from < rows.size(); from += step) {
            batch(port, rows.subList(from, Math.min(rows.size(), from + step)));
            save();
        }
    }

    private void batch(int port, List<TestRow> rows) {
        Schema schema = module.metadata().inputs().get(port);
        int first = 0;
        while (first < rows.size()) {
            // Another instance may have come.
            byte[] batch = TestRow.batch(schema, rows, slot);
            int in = kernel.put(batch, batch.length);
            int argument = manner == Manner.EACH_ROW_HAS_ITS_SLOT ? 0 : slot;
            int left = rows.size() - first;
            int consumed = (int) kernel.call("g_process", port, in, first, left, argument, out);
            kernel.call("g_free", in);
            int taken = take();
            boolean wasPending = kernel.pending(slot);
            if (wasPending) {
                drain();
            }
            if (consumed == 0 && taken == 0 && !wasPending) {
                throw new AssertionError("no progress at row " + rows.get(first));
            }
            first += consumed;
        }
    }

    private void time(TimeDomain domain, long us) {
        long more = kernel.call("g_time", slot, domain.ordinal(), us, out);
        if (more == 1 && take() == 0) {
            throw new AssertionError("no progress at time " + us);
        }
        if (more != (kernel.pending(slot) ? 1 : 0)) {
            throw new AssertionError("g_time gave " + more + ", pending says otherwise");
        }
        if (more == 1) {
            drain();
        } else {
            take();
        }
        save();
    }

    /** Takes what is pending out; the area is empty. */
    private void drain() {
        long more = 1;
        while (more == 1) {
            save();
            if (!kernel.pending(slot)) {
                throw new AssertionError("more output but not pending");
            }
            more = kernel.call("g_drain", slot, out);
            if (take() == 0 && more == 1) {
                throw new AssertionError("no progress while draining");
            }
        }
        if (kernel.pending(slot)) {
            throw new AssertionError("pending without more output");
        }
    }

    private int take() {
        byte[] batch = kernel.take(out, 0);
        List<TestRow> rows = TestRow.read(batch, outputSchema());
        results.addAll(rows);
        return rows.size();
    }

    /** Moves the state into a fresh instance, a few rows at a time. */
    private void save() {
        if (!manner.isSaved() || module.metadata().stateless()) {
            return;
        }
        int bytes = STATE_BYTES / 64;
        int area = kernel.output(bytes);
        List<byte[]> batches = new ArrayList<>();
        long more;
        do {
            more = kernel.call("g_save", slot, 0, area);
            batches.add(kernel.take(area, 0));
            if (more < 0 && bytes < STATE_BYTES) {
                bytes *= 2;
                area = kernel.output(bytes);
            } else if (more < 0) {
                throw new AssertionError("g_save gave " + more);
            }
        } while (more != 0);
        kernel.call("g_close", slot);
        open();
        for (byte[] batch : batches) {
            int in = kernel.put(batch, batch.length);
            int rows = galois.batch.Bytes.getInt(batch, RowLayout.ROWS);
            long status = kernel.call("g_load", slot, in, 0, rows);
            if (status != 0) {
                throw new AssertionError("g_load gave " + status);
            }
            kernel.call("g_free", in);
        }
    }
}
