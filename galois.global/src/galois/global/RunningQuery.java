package galois.global;

import galois.api.control.Message.Subquery;
import galois.api.control.QueryState;

import java.util.Set;
import java.util.TreeSet;

/** A query from its acceptance to its end. Owned by {@link Queries}. */
final class RunningQuery {
    private Subquery subquery;
    private final String client;
    private final boolean isSelect;
    private final Set<String> reads;
    private final Set<String> writes;
    private final String name;
    private final String text;
    private String region;
    private QueryState state = QueryState.STARTING;
    private boolean stopping;
    private long deadlineNs;

    /**
     * @param client address of the owner
     * @param isSelect true when the rows go to the client itself
     * @param reads keys of the streams it reads
     * @param name null when it has none
     * @param text the statement
     */
    RunningQuery(
            Subquery subquery,
            String client,
            boolean isSelect,
            Set<String> reads,
            String name,
            String text) {
        this.subquery = subquery;
        this.client = client;
        this.isSelect = isSelect;
        this.reads = Set.copyOf(reads);
        this.writes = new TreeSet<>();
        if (!isSelect) {
            writes.add(Streams.key(subquery.sink().stream().name()));
        }
        subquery.sources().stream()
                .filter(source -> source.side() != null)
                .forEach(source -> writes.add(Streams.key(source.side().name())));
        this.name = name;
        this.text = text;
    }

    String id() {
        return subquery.queryId();
    }

    Subquery subquery() {
        return subquery;
    }

    String client() {
        return client;
    }

    boolean isSelect() {
        return isSelect;
    }

    boolean uses(String streamKey) {
        return reads(streamKey) || writes.contains(streamKey);
    }

    boolean reads(String streamKey) {
        return reads.contains(streamKey);
    }

    /** Keys of the streams it writes, those of late rows among them. */
    Set<String> writes() {
        return Set.copyOf(writes);
    }

    /** Null when it has none. */
    String name() {
        return name;
    }

    /** The statement. */
    String text() {
        return text;
    }

    void paused(boolean now) {
        subquery = subquery.paused(now);
    }

    /** Null until the region of its source is there. */
    String region() {
        return region;
    }

    void region(String chosen) {
        region = chosen;
        deadlineNs = 0;
    }

    QueryState state() {
        return state;
    }

    void state(QueryState next) {
        state = next;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Its end was asked for; it is over at that time, answer or not. */
    void stopBy(long atNs) {
        stopping = true;
        deadlineNs = atNs;
    }

    /** It fails at that time unless a region has appeared. */
    void waitUntil(long atNs) {
        deadlineNs = atNs;
    }

    boolean isLate(long nowNs) {
        return deadlineNs != 0 && deadlineNs - nowNs <= 0;
    }
}
