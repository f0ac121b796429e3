package galois.bench;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Keeps what the measuring library prints, for the case that it fails. */
final class QuietOutput implements OutputFormat, AutoCloseable {
    private final StringBuilder text = new StringBuilder();

    String text() {
        return text.toString();
    }

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {}

    @Override
    public void iterationResult(
            BenchmarkParams benchmark,
            IterationParams params,
            int iteration,
            IterationResult data) {}

    @Override
    public void startBenchmark(BenchmarkParams benchmark) {}

    @Override
    public void endBenchmark(BenchmarkResult result) {}

    @Override
    public void startRun() {}

    @Override
    public void endRun(Collection<RunResult> result) {}

    @Override
    public void print(String line) {
        text.append(line);
    }

    @Override
    public void println(String line) {
        text.append(line).append('\n');
    }

    @Override
    public void verbosePrintln(String line) {}

    @Override
    public void write(int b) {
        text.append((char) b);
    }

    @Override
    public void write(byte[] bytes) {
        text.append(new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
