package galois.bench;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs every case and its baseline in a fork each, in rounds, so that a slow minute of the machine
 * meets both sides. A fork counts with the median of its passes over the rows (half a millisecond
 * each, so that most are not interrupted by other work of the machine), a case with the median of
 * its forks. The forks compile in the foreground: a busy machine must not keep one side waiting for
 * its machine code.
 */
final class Measurement {
    private final String bench;
    private final List<BenchCase> cases;
    private final List<String> jvmArguments;
    private final int rounds;
    private final int warmups;
    private final int iterations;
    private final Map<Side, double[]> forks = new LinkedHashMap<>(); // ns per row

    /** What a fork measures. */
    private record Side(String benchmark, String method, String data, long rows) {}

    /**
     * @param bench name of the whole
     * @param jvmArguments of every fork
     */
    Measurement(String bench, List<BenchCase> cases, List<String> jvmArguments, boolean quick) {
        this.bench = bench;
        this.cases = cases;
        this.jvmArguments = List.copyOf(jvmArguments);
        this.rounds = quick ? 1 : 5;
        this.warmups = quick ? 3 : 5;
        this.iterations = quick ? 5 : 7;
    }

    Report run() throws RunnerException, IOException {
        for (BenchCase item : cases) {
            forks.put(side(item, item.baseline()), new double[rounds]);
            forks.put(side(item, item.method()), new double[rounds]);
        }
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<Side, double[]> fork : forks.entrySet()) {
                Side side = fork.getKey();
                System.out.printf(
                        "round %d of %d  %-13s %-12s",
                        round + 1, rounds, side.data(), side.method());
                System.out.flush();
                fork.getValue()[round] = fork(side);
                System.out.printf(Locale.ROOT, "%7.2f ns/row%n", fork.getValue()[round]);
            }
        }
        return Report.here(bench, cases.stream().map(this::result).toList());
    }

    private static Side side(BenchCase item, String method) {
        return new Side(item.benchmark(), method, item.data(), item.rows());
    }

    private Report.Result result(BenchCase item) {
        return new Report.Result(
                item.name(),
                median(forks.get(side(item, item.method()))),
                "ns/row",
                item.baselineName(),
                median(forks.get(side(item, item.baseline()))));
    }

    private double fork(Side side) throws RunnerException {
        String name = Measurement.class.getPackageName() + "." + side.benchmark();
        List<String> arguments = new ArrayList<>(jvmArguments);
        arguments.add("-Xbatch");
        Options options =
                new OptionsBuilder()
                        .include("^" + name + "\\." + side.method() + "$")
                        .param("data", side.data())
                        .forks(1)
                        .jvmArgsAppend(arguments.toArray(String[]::new))
                        .warmupIterations(warmups)
                        .warmupTime(TimeValue.milliseconds(700))
                        .measurementIterations(iterations)
                        .measurementTime(TimeValue.milliseconds(500))
                        .shouldFailOnError(true)
                        .build();
        try (QuietOutput output = new QuietOutput()) {
            RunResult result;
            try {
                result = new Runner(options, output).runSingle();
            } catch (RunnerException e) {
                System.out.println();
                System.err.print(output.text());
                throw e;
            }
            double nsPerPass = result.getPrimaryResult().getStatistics().getPercentile(50);
            return nsPerPass / side.rows();
        }
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
