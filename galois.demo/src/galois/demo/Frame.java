package galois.demo;

import galois.api.node.NodeReport;

import java.util.List;
import java.util.Map;

/**
 * What the live view shows at one moment; plain values, so that the picture is a pure function of
 * it.
 *
 * @param origin what the rows are
 * @param rate wanted rows per second; 0: as fast as possible
 * @param seconds since publishing began
 * @param constantTransfer value of {@code transfer} in every row so far; null when it changed
 * @param over whether the data ended
 * @param endpoint address of the console and how to get in; empty when there is none
 */
record Frame(
        String origin,
        long rate,
        double seconds,
        long published,
        String constantTransfer,
        boolean over,
        List<NodeReport> nodes,
        List<QueryLine> queries,
        Map<String, Long> problems,
        String newestProblem,
        String endpoint) {

    /**
     * @param id of the query
     * @param newest row in words
     */
    record QueryLine(String title, String id, long rows, String newest) {}

    static Frame of(DemoRun run, String origin, long rate, boolean over, String endpoint) {
        return new Frame(
                origin,
                rate,
                run.elapsedNs() / 1e9,
                run.producer().published(),
                run.producer().transfer().constant(),
                over,
                run.reports(),
                run.queries().stream()
                        .map(q -> new QueryLine(q.title(), q.query().id(), q.rows(), q.newest()))
                        .toList(),
                run.problems().counts(),
                run.problems().newest(),
                endpoint);
    }
}
