package galois.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a bench found.
 *
 * @param bench its name
 * @param java version of the JVM
 * @param cpu model of the processor
 * @param commit of the sources
 */
public record Report(String bench, String java, String cpu, String commit, List<Result> results) {
    /**
     * One value beside its baseline, measured in the same run.
     *
     * @param value in {@code unit}; less is better
     */
    public record Result(
            String name, double value, String unit, String baselineName, double baseline) {
        /** 1.0: as fast as the baseline; 0.5: takes twice as long. */
        public double ratio() {
            return baseline / value;
        }
    }

    public Report {
        results = List.copyOf(results);
    }

    /** What this JVM found, on this machine. */
    static Report here(String bench, List<Result> results) throws IOException {
        return new Report(
                bench,
                System.getProperty("java.version"),
                processor(),
                System.getProperty("galois.commit", "unknown"),
                results);
    }

    private static String processor() throws IOException {
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

    /** The same with more results. */
    Report with(List<Result> more) {
        return new Report(
                bench, java, cpu, commit, Stream.concat(results.stream(), more.stream()).toList());
    }

    /** The JSON object that every bench of GALOIS writes. */
    public String json() {
        String items = results.stream().map(Report::json).collect(Collectors.joining(","));
        return String.format(
                Locale.ROOT,
                "{\"bench\":%s,\"java\":%s,\"cpu\":%s,\"commit\":%s,\"results\":[%s]}\n",
                text(bench),
                text(java),
                text(cpu),
                text(commit),
                items);
    }

    private static String json(Result result) {
        return String.format(
                Locale.ROOT,
                "{\"name\":%s,\"value\":%.3f,\"unit\":%s,"
                        + "\"baseline\":{\"name\":%s,\"value\":%.3f},\"ratio\":%.3f}",
                text(result.name()),
                result.value(),
                text(result.unit()),
                text(result.baselineName()),
                result.baseline(),
                result.ratio());
    }

    private static String text(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars()
                .filter(c -> c >= ' ')
                .forEach(c -> json.append(c == '"' || c == '\\' ? "\\" : "").append((char) c));
        return json.append('"').toString();
    }

    /** The results for people. */
    public String table() {
        StringBuilder table = new StringBuilder();
        table.append(String.format("\nbench %s, Java %s, %s\n", bench, java, cpu));
        table.append(String.format("%-24s %10s %18s %8s\n", "result", "ours", "baseline", "ratio"));
        for (Result result : results) {
            table.append(
                    String.format(
                            Locale.ROOT,
                            "%-24s %6.2f %s %8.2f %s %8.2f\n",
                            result.name(),
                            result.value(),
                            result.unit(),
                            result.baseline(),
                            result.unit(),
                            result.ratio()));
        }
        String baselines =
                results.stream()
                        .map(Result::baselineName)
                        .distinct()
                        .collect(Collectors.joining(" or "));
        return table.append("ratio: ")
                .append(baselines)
                .append(" / ours; 1.00 is as fast, more is faster\n")
                .toString();
    }
}
