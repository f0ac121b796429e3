package galois.api.node;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an assignment has counted since it was made. Written by the role's thread, read by any;
 * survives a restart of the role's bundle because the node keeps it.
 */
public final class RoleCounters {
    /** Newest problems kept in words. */
    public static final int SAMPLES_MAX = 10;

    private final AtomicLong rowsIn = new AtomicLong();
    private final AtomicLong rowsOut = new AtomicLong();
    private final Map<String, LongAdder> problems = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<String> samples = new ConcurrentLinkedDeque<>();
    private final LatencyHistogram latency = new LatencyHistogram();

    /** One writer: the role's thread. */
    public void addRowsIn(long rows) {
        rowsIn.lazySet(rowsIn.get() + rows);
    }

    /** One writer: the role's thread. */
    public void addRowsOut(long rows) {
        rowsOut.lazySet(rowsOut.get() + rows);
    }

    public long rowsIn() {
        return rowsIn.get();
    }

    public long rowsOut() {
        return rowsOut.get();
    }

    /** Counts a problem; {@code sample} (may be null) is kept while there are few. */
    public void problem(String cause, long count, String sample) {
        problems.computeIfAbsent(cause, c -> new LongAdder()).add(count);
        if (sample != null) {
            samples.addLast(sample);
            while (samples.size() > SAMPLES_MAX) {
                samples.pollFirst();
            }
        }
    }

    /** Counts by cause, sorted by name. */
    public Map<String, Long> problems() {
        Map<String, Long> counts = new TreeMap<>();
        problems.forEach((cause, count) -> counts.put(cause, count.sum()));
        return counts;
    }

    /** The newest problems in words, oldest first. */
    public java.util.List<String> samples() {
        return java.util.List.copyOf(samples);
    }

    public LatencyHistogram latency() {
        return latency;
    }
}
