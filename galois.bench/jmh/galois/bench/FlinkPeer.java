package galois.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The queries of {@link SqlBenchmark} through Flink SQL on the same rows, in a JVM of its own: a
 * MiniCluster of parallelism 1, operators chained, objects reused, from a source in memory to a
 * sink that compares the rows with those of hand-written Java. Flink counts with the processor time
 * of its task threads, ours with the time on the clock: what disturbs a run is held against us.
 */
final class FlinkPeer {
    /** Class path of the JVM that runs Flink. */
    private static final String CLASS_PATH = "galois.peers";

    private static final String NAME = "Flink 1.20.3";

    private record Case(String name, String data, String query) {}

    private static final List<Case> CASES =
            List.of(
                    new Case("tumble-10k-keys", "tumble-keys", SensorQuery.TUMBLE),
                    new Case("tumble-10k-names", "tumble-names", SensorQuery.TUMBLE),
                    new Case("hop-10-panes", "hop-keys", SensorQuery.HOP),
                    new Case("interval-join", "join-keys", SensorQuery.JOIN),
                    new Case("top-3-of-each", "top-keys", SensorQuery.TOP));

    private final int forks;
    private final int warmupSeconds;
    private final int measuredSeconds;

    FlinkPeer(boolean quick) {
        forks = quick ? 1 : 3;
        warmupSeconds = quick ? 8 : 20;
        measuredSeconds = quick ? 5 : 10;
    }

    /** The report, and each of its results that Flink has too, beside Flink. */
    Report beside(Report report) throws IOException {
        List<Report.Result> more = new ArrayList<>();
        for (Case item : CASES) {
            double[] nsPerRow = new double[forks];
            for (int fork = 0; fork < forks; fork++) {
                nsPerRow[fork] = run(item, fork == 0);
            }
            for (Report.Result ours : report.results()) {
                if (ours.name().equals(item.name())) {
                    more.add(
                            new Report.Result(
                                    item.name() + "-flink",
                                    ours.value(),
                                    ours.unit(),
                                    NAME,
                                    Measurement.median(nsPerRow)));
                }
            }
        }
        return report.with(more);
    }

    /** Processor time of a row, in ns. */
    private double run(Case item, boolean withPlan) throws IOException {
        Process flink = start(item);
        double cpu = 0;
        StringBuilder plan = new StringBuilder();
        try (BufferedReader lines = flink.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("RESULT ")) {
                    String[] parts = line.split(" ");
                    cpu = Double.parseDouble(parts[1]);
                    System.out.printf(
                            Locale.ROOT,
                            "flink %-18s %8.2f ns/row of processor time, %8.2f on the clock,"
                                    + " %s passes%n",
                            item.name(),
                            cpu,
                            Double.parseDouble(parts[2]),
                            parts[3]);
                } else {
                    plan.append(line).append('\n');
                }
            }
        }
        if (cpu <= 0) {
            throw new IOException("Flink did not finish " + item.name() + ":\n" + plan);
        }
        if (withPlan) {
            System.out.println(plan.substring(plan.indexOf("== Optimized Execution")).strip());
        }
        return cpu;
    }

    private Process start(Case item) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx2g"));
        // What Flink's own scripts open for it.
        for (String opened :
                List.of("java.lang", "java.util", "java.time", "java.nio", "java.net", "java.io")) {
            command.addAll(List.of("--add-opens", "java.base/" + opened + "=ALL-UNNAMED"));
        }
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty(CLASS_PATH).replace(':', File.pathSeparatorChar),
                        "galois.bench.flink.Main"));
        command.addAll(
                Arrays.asList(
                        item.data(),
                        String.valueOf(warmupSeconds),
                        String.valueOf(measuredSeconds),
                        item.query()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
