package galois.bench;

import galois.api.kernel.KernelLimits;
import galois.api.kernel.KernelModule;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.query.LogicalOptimizer;
import galois.api.query.QueryLanguage;
import galois.compiler.WasmKernelCompiler;
import galois.sql.CalciteSql;
import galois.sql.HeuristicOptimizer;
import galois.wasm.ChicoryKernelRuntime;

import java.util.function.LongSupplier;

/**
 * Takes queries from their text to a running kernel and says how long each half took. Every query
 * has a code of its own, so that nothing is found ready.
 */
public final class CompileRun {
    /** Operators of {@link #text} as it is written. */
    public static final int OPERATORS = 10;

    /** From text to Wasm. */
    public static final double TEXT_TO_WASM_MS_MAX = 30;

    /** From Wasm to running code, for each KB of Wasm. */
    public static final double WASM_TO_CODE_MS_PER_KB_MAX = 4;

    private static final String QUERY =
            """
            SELECT sensor, hour_start, spread / mean AS swing,
              CASE WHEN peak > 100 THEN 'boils' WHEN low < 32 THEN 'freezes' ELSE 'moves' END AS why
            FROM (
              SELECT sensor, hour_start, mean, peak, low, peak - low AS spread
              FROM (
                SELECT sensor, TUMBLE_START(ts, INTERVAL '%1$d' SECOND(5)) AS hour_start,
                  COUNT(*) AS n, AVG(f) AS mean, MAX(f) AS peak, MIN(f) AS low
                FROM (
                  SELECT sensor, ts, c * 9 / 5 + 32 AS f
                  FROM (
                    SELECT sensor, ts, reading - 0.25 AS c
                    FROM readings)
                  WHERE c BETWEEN -40 AND 125 AND sensor <> 'test')
                GROUP BY sensor, TUMBLE(ts, INTERVAL '%1$d' SECOND(5))
                HAVING n >= 10))
            WHERE spread > 5 OR mean > 90""";

    private static final KernelLimits LIMITS = new KernelLimits(16 << 20, 1 << 20, 1 << 16);

    private final QueryLanguage language = new CalciteSql();
    private final LogicalOptimizer optimizer = new HeuristicOptimizer();
    private final WasmKernelCompiler compiler = new WasmKernelCompiler();
    private final ChicoryKernelRuntime runtime = new ChicoryKernelRuntime();
    private final BenchStreams stream = BenchStreams.of(SensorRows.NAMED);
    private final LongSupplier nowNs;

    /**
     * One query.
     *
     * @param textToWasmMs parsing, validation, optimisation, code generation
     * @param wasmToCodeMs verification, compilation to JVM classes, an instance with an open slot
     * @param wasmBytes size of the module
     */
    public record Taken(double textToWasmMs, double wasmToCodeMs, int wasmBytes) {
        public double wasmToCodeMsPerKb() {
            return wasmToCodeMs / (wasmBytes / 1024.0);
        }
    }

    public CompileRun(LongSupplier nowNs) {
        this.nowNs = nowNs;
    }

    /** Alarms of an hour and {@code variant} seconds: a window's size belongs to the code. */
    public static String text(int variant) {
        return QUERY.formatted(3_600 + variant);
    }

    /** The plan of {@link #text} as it is written. */
    public LogicalPlan plan(int variant) {
        return stream.plan(language, text(variant));
    }

    static int operators(LogicalOp op) {
        return 1 + op.inputs().stream().mapToInt(CompileRun::operators).sum();
    }

    /** Compiles and starts variant {@code variant}, which was not compiled before. */
    public Taken run(int variant) {
        String text = text(variant);
        long startNs = nowNs.getAsLong();
        KernelModule module = compiler.compile(optimizer.optimize(stream.plan(language, text)));
        long compiledNs = nowNs.getAsLong();
        runtime.instantiate(runtime.register(module.wasm()), LIMITS).close();
        long runningNs = nowNs.getAsLong();
        return new Taken(
                (compiledNs - startNs) / 1e6, (runningNs - compiledNs) / 1e6, module.wasm().length);
    }
}
