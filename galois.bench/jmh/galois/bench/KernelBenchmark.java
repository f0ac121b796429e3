package galois.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** The paper's query over all rows of a data set: one invocation, and one sample, is one pass. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
    /** System property: the path of the real data set. */
    static final String ELEC = "galois.elec";

    @Param({"uniform", "elec"})
    public String data;

    private HandWritten java;
    private PaperKernel kernel;

    /** Nothing is measured before both sides gave the same rows. */
    @Setup
    public void prepare() throws IOException {
        ElecRows rows = rows(data);
        double[] thresholds =
                data.equals("uniform") ? rows.thresholdsForHalf() : PaperQuery.paperThresholds();
        java = new HandWritten(rows.numbers(), thresholds);
        kernel = new PaperKernel(rows, thresholds);
        double[] expected = Arrays.copyOf(java.results(), 2 * java.run());
        if (!Arrays.equals(expected, kernel.results())) {
            throw new IllegalStateException("kernel and hand-written Java disagree on " + data);
        }
        kernel.loadAll();
        if (kernel.runInPlace() * 2 != expected.length) {
            throw new IllegalStateException("the kernel selects other rows in place on " + data);
        }
    }

    static ElecRows rows(String data) throws IOException {
        return data.equals("uniform")
                ? ElecRows.uniform()
                : ElecRows.read(Path.of(System.getProperty(ELEC)));
    }

    @Benchmark
    public int handWritten() {
        return java.run();
    }

    @Benchmark
    public int inPlace() {
        return kernel.runInPlace();
    }

    @Benchmark
    public int copyIn() {
        return kernel.runCopyIn();
    }
}
