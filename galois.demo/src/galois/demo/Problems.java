package galois.demo;

import galois.api.client.ClientSession;
import galois.api.control.Message.RowProblems;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows that did not come in, by cause; what several queries report of one stream counts once. */
final class Problems implements ClientSession.Listener {
    private final Map<String, Long> counts = new TreeMap<>();
    private List<String> samples = List.of();

    @Override
    public synchronized void onProblems(RowProblems problems) {
        problems.counts().forEach((cause, count) -> counts.merge(cause, count, Math::max));
        if (!problems.samples().isEmpty()) {
            samples = new ArrayList<>(problems.samples());
        }
    }

    synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** The newest problem in words; empty when there was none. */
    synchronized String newest() {
        return samples.isEmpty() ? "" : samples.get(samples.size() - 1);
    }
}
