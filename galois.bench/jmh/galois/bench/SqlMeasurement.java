package galois.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs every case of {@link SqlPasses} in rounds, each in a JVM of its own; medians count. */
final class SqlMeasurement {
    private record Case(String name, String data) {}

    private static final List<Case> CASES =
            List.of(
                    new Case("tumble-10k-keys", "tumble-keys"),
                    new Case("tumble-10k-names", "tumble-names"),
                    new Case("hop-10-panes", "hop-keys"),
                    new Case("interval-join", "join-keys"),
                    new Case("top-3-of-each", "top-keys"));

    private static final int AGRONA = 2;

    private final int rounds;
    private final int warmupSeconds;
    private final int passes;

    SqlMeasurement(boolean quick) {
        this.rounds = quick ? 1 : 5;
        this.warmupSeconds = quick ? 1 : 2;
        this.passes = quick ? 41 : 81;
    }

    Report run() throws IOException {
        double[][][] times = new double[CASES.size()][3][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < CASES.size(); i++) {
                double[] sides = sides(CASES.get(i));
                for (int side = 0; side < sides.length; side++) {
                    times[i][side][round] = sides[side];
                }
                System.out.printf(
                        Locale.ROOT,
                        "round %d of %d  %-17s kernel %7.2f, hand-written Java %7.2f ns/row of"
                                + " processor time%n",
                        round + 1,
                        rounds,
                        CASES.get(i).name(),
                        sides[1],
                        sides[0]);
            }
        }
        List<Report.Result> results = new ArrayList<>();
        for (int i = 0; i < CASES.size(); i++) {
            String name = CASES.get(i).name();
            double java = Measurement.median(times[i][0]);
            results.add(result(name, Measurement.median(times[i][1]), java));
            if (times[i][AGRONA][0] > 0) {
                results.add(result(name + "-agrona", Measurement.median(times[i][AGRONA]), java));
            }
        }
        return Report.here("sql", results);
    }

    private static Report.Result result(String name, double nsPerRow, double java) {
        return new Report.Result(name, nsPerRow, "ns/row", "hand-written Java", java);
    }

    /** Hand-written Java, the kernel, Agrona's map or 0. */
    private double[] sides(Case item) throws IOException {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1g",
                                "-Xbatch",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SqlPasses.class.getName(),
                                item.data(),
                                String.valueOf(warmupSeconds),
                                String.valueOf(passes))
                        .redirectErrorStream(true)
                        .start();
        StringBuilder printed = new StringBuilder();
        double[] sides = null;
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.append(line).append('\n');
                if (line.startsWith("RESULT ")) {
                    String[] parts = line.split(" ");
                    sides = new double[parts.length - 1];
                    for (int i = 0; i < sides.length; i++) {
                        sides[i] = Double.parseDouble(parts[i + 1]);
                    }
                }
            }
        }
        if (sides == null) {
            throw new IOException(item.name() + " did not finish:\n" + printed);
        }
        return sides;
    }
}
