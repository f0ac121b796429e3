package galois.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows of one query that did not come in, added up over its assignments. */
final class RowProblemCounts {
    /** Samples passed on; the newest of each assignment come last. */
    static final int SAMPLES_MAX = 10;

    private final Map<String, Map<String, Long>> before = new HashMap<>();
    private final Map<String, Map<String, Long>> latest = new TreeMap<>();
    private final Map<String, List<String>> samples = new TreeMap<>();

    /** What a shared assignment had counted before this query came to it does not count. */
    void startFrom(String assignmentId, Map<String, Long> counts) {
        before.put(assignmentId, Map.copyOf(counts));
    }

    /** Takes what a node reports; true when a count changed. */
    boolean update(String assignmentId, Map<String, Long> counts, List<String> newest) {
        Map<String, Long> known = counts();
        latest.put(assignmentId, Map.copyOf(counts));
        samples.put(assignmentId, List.copyOf(newest));
        return !counts().equals(known);
    }

    /** By cause, without zeros. */
    Map<String, Long> counts() {
        Map<String, Long> sums = new TreeMap<>();
        latest.forEach(
                (assignment, counts) -> {
                    Map<String, Long> earlier = before.getOrDefault(assignment, Map.of());
                    counts.forEach(
                            (cause, count) -> {
                                long own = count - earlier.getOrDefault(cause, 0L);
                                if (own > 0) {
                                    sums.merge(cause, own, Long::sum);
                                }
                            });
                });
        return sums;
    }

    List<String> samples() {
        List<String> all = new ArrayList<>();
        samples.values().forEach(all::addAll);
        return List.copyOf(all.subList(Math.max(0, all.size() - SAMPLES_MAX), all.size()));
    }
}
