package galois.shell;

import galois.api.client.ClientSession;
import galois.api.control.Message.RowProblems;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rows that did not come in, in words on standard error: the first ones as they are met, and the
 * counts by cause at the end. Thread safe.
 */
final class ProblemLog implements ClientSession.Listener {
    /** Problems shown in full for each stream; the rest is only counted. */
    static final int SHOWN_MAX = 10;

    private final PrintStream err;
    private final Map<String, Map<String, Long>> counts = new TreeMap<>();
    private final Map<String, Set<String>> shown = new TreeMap<>();

    ProblemLog(PrintStream err) {
        this.err = err;
    }

    @Override
    public synchronized void onProblems(RowProblems problems) {
        Map<String, Long> known =
                counts.computeIfAbsent(problems.stream(), stream -> new TreeMap<>());
        problems.counts().forEach((cause, count) -> known.merge(cause, count, Math::max));
        Set<String> seen =
                shown.computeIfAbsent(problems.stream(), stream -> new LinkedHashSet<>());
        for (String sample : problems.samples()) {
            if (seen.size() < SHOWN_MAX && seen.add(sample)) {
                err.println(
                        sample.startsWith(problems.stream() + ":")
                                ? sample
                                : problems.stream() + ": " + sample);
            }
        }
    }

    /** One line for each stream that had problems; forgets them. */
    synchronized void summarize() {
        counts.forEach(
                (stream, causes) -> {
                    long sum = causes.values().stream().mapToLong(Long::longValue).sum();
                    String list =
                            causes.entrySet().stream()
                                    .map(e -> e.getKey() + " " + e.getValue())
                                    .collect(Collectors.joining(", "));
                    String rows = sum == 1 ? " problem with a row (" : " problems with rows (";
                    err.println(stream + ": " + sum + rows + list + ")");
                });
        counts.clear();
        shown.clear();
    }
}
