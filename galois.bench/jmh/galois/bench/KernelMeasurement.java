package galois.bench;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
final class KernelMeasurement {
    private final List<KernelCase> cases;
    private final Path elec;
    private final int rounds;
    private final int warmups;
    private final int iterations;
    private final Map<String, double[]> forks = new LinkedHashMap<>(); // "method data": ns per row

    KernelMeasurement(List<KernelCase> cases, Path elec, boolean quick) {
        this.cases = cases;
        this.elec = elec;
        this.rounds = quick ? 1 : 5;
        this.warmups = quick ? 3 : 5;
        this.iterations = quick ? 5 : 7;
    }

    Report run() throws RunnerException, IOException {
        for (KernelCase item : cases) {
            forks.put(KernelCase.BASELINE + " " + item.data(), new double[rounds]);
            forks.put(item.method() + " " + item.data(), new double[rounds]);
        }
        System.setProperty(KernelBenchmark.ELEC, elec.toString());
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, double[]> fork : forks.entrySet()) {
                String[] key = fork.getKey().split(" ");
                System.out.printf("round %d of %d  %-8s %-12s", round + 1, rounds, key[1], key[0]);
                System.out.flush();
                fork.getValue()[round] = fork(key[0], key[1]);
                System.out.printf(Locale.ROOT, "%7.2f ns/row%n", fork.getValue()[round]);
            }
        }
        return new Report(
                "kernel",
                System.getProperty("java.version"),
                cpu(),
                System.getProperty("galois.commit", "unknown"),
                cases.stream().map(this::result).toList());
    }

    private Report.Result result(KernelCase item) {
        return new Report.Result(
                item.name(),
                median(forks.get(item.method() + " " + item.data())),
                "ns/row",
                "hand-written Java",
                median(forks.get(KernelCase.BASELINE + " " + item.data())));
    }

    private double fork(String method, String data) throws RunnerException, IOException {
        Options options =
                new OptionsBuilder()
                        .include("^" + KernelBenchmark.class.getName() + "\\." + method + "$")
                        .param("data", data)
                        .forks(1)
                        .jvmArgsAppend("-D" + KernelBenchmark.ELEC + "=" + elec, "-Xbatch")
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
            return nsPerPass / KernelBenchmark.rows(data).count();
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String cpu() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            for (String line : Files.readAllLines(info)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return System.getProperty("os.arch");
    }
}
