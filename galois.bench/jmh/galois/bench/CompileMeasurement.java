package galois.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Compiles query after query in this JVM: the median of the last 20 counts. */
final class CompileMeasurement {
    private static final int COUNTED = 20;

    private final int warmups;

    CompileMeasurement(boolean quick) {
        this.warmups = quick ? 60 : 300;
    }

    Report run() throws IOException {
        CompileRun run = new CompileRun(System::nanoTime);
        List<CompileRun.Taken> taken = new ArrayList<>();
        int bytes = 0;
        for (int variant = 0; variant < warmups + COUNTED; variant++) {
            CompileRun.Taken one = run.run(variant);
            bytes = one.wasmBytes();
            taken.add(one);
            if (variant % COUNTED == 0) {
                System.out.printf(
                        Locale.ROOT,
                        "query %3d of %3d  %7.2f ms to Wasm  %7.2f ms to code%n",
                        variant + 1,
                        warmups + COUNTED,
                        one.textToWasmMs(),
                        one.wasmToCodeMs());
            }
        }
        System.out.printf(
                "%d operators, %d bytes of Wasm; median of the last %d queries%n",
                CompileRun.OPERATORS, bytes, COUNTED);
        List<CompileRun.Taken> counted = taken.subList(warmups, taken.size());
        return Report.here(
                "compile",
                List.of(
                        result(
                                "text-to-wasm",
                                "ms",
                                counted,
                                CompileRun.Taken::textToWasmMs,
                                CompileRun.TEXT_TO_WASM_MS_MAX),
                        result(
                                "wasm-to-code",
                                "ms/KB",
                                counted,
                                CompileRun.Taken::wasmToCodeMsPerKb,
                                CompileRun.WASM_TO_CODE_MS_PER_KB_MAX)));
    }

    private static Report.Result result(
            String name,
            String unit,
            List<CompileRun.Taken> counted,
            ToDoubleFunction<CompileRun.Taken> value,
            double bar) {
        double[] values = counted.stream().mapToDouble(value).toArray();
        return new Report.Result(name, Measurement.median(values), unit, "bar", bar);
    }
}
