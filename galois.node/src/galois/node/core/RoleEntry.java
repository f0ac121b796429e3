package galois.node.core;

import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message.Failure;
import galois.api.control.QueryState;
import galois.api.node.LatencyHistogram;
import galois.api.node.NodeReport.RoleReport;
import galois.api.node.RoleCounters;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What a node keeps of one assignment while it lasts, whatever becomes of the role's bundle. */
final class RoleEntry {
    private final long sinceUs;
    private final RoleCounters counters = new RoleCounters();
    private final AtomicReference<byte[]> parked = new AtomicReference<>();
    private volatile Assignment assignment;
    private volatile long revision;
    private volatile QueryState state = QueryState.STARTING;
    private volatile Failure failure;

    RoleEntry(Assignment assignment, long sinceUs) {
        this.assignment = assignment;
        this.sinceUs = sinceUs;
    }

    Assignment assignment() {
        return assignment;
    }

    RoleCounters counters() {
        return counters;
    }

    QueryState state() {
        return state;
    }

    Failure failure() {
        return failure;
    }

    long revision() {
        return revision;
    }

    void update(Assignment newer) {
        assignment = newer;
        revision = revision + 1;
    }

    void become(QueryState next, Failure why) {
        failure = why;
        state = next;
    }

    void park(byte[] bytes) {
        parked.set(bytes);
    }

    Optional<byte[]> unpark() {
        return Optional.ofNullable(parked.getAndSet(null));
    }

    RoleReport report() {
        Assignment now = assignment;
        RoleKind kind = RoleKind.of(now);
        LatencyHistogram latency = counters.latency();
        return new RoleReport(
                now.id(),
                now.queryId(),
                kind.letter(),
                kind.label(),
                kind.codeId(),
                sinceUs,
                counters.rowsIn(),
                counters.rowsOut(),
                counters.problems(),
                counters.samples(),
                latency.quantileUs(0.5),
                latency.quantileUs(0.99),
                ids(kind.inputs()),
                ids(kind.outputs()));
    }

    private static List<String> ids(List<Edge> edges) {
        return edges.stream().map(Edge::id).toList();
    }
}
