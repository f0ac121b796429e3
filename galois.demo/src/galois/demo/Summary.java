package galois.demo;

import galois.api.node.NodeReport;
import galois.api.node.NodeReport.RoleReport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The outcome of a run.
 *
 * @param rowsPublished by the producer, end marker not counted
 * @param rowsIn taken by GALOIS, duplicates not counted
 * @param rowsOut of the paper's query
 * @param windowRows of the daily windows
 * @param p50Us latency of the paper's rows from the broker to the client, microseconds
 * @param placement operator to node; those of further queries with the query's number before
 */
record Summary(
        long rowsPublished,
        long rowsIn,
        long rowsOut,
        long windowRows,
        long p50Us,
        long p99Us,
        double seconds,
        Map<String, String> placement) {

    static Summary of(DemoRun run, double seconds) {
        List<WatchedQuery> queries = run.queries();
        long p50Us = 0;
        long p99Us = 0;
        long rowsIn = 0;
        for (WatchedQuery query : queries) {
            for (RoleReport role : roles(query.reportsAtEnd())) {
                if (role.role().equals("p")) {
                    rowsIn = Math.max(rowsIn, role.rowsIn());
                }
                if (role.role().equals("z")
                        && query == queries.get(0)
                        && role.queryId().equals(query.query().id())) {
                    p50Us = role.p50Us();
                    p99Us = role.p99Us();
                }
            }
        }
        Map<String, String> placement = new LinkedHashMap<>();
        for (int i = 0; i < queries.size(); i++) {
            String prefix = i == 0 ? "" : (i + 1) + ".";
            queries.get(i)
                    .query()
                    .running()
                    .getNow(Map.of())
                    .forEach((operator, node) -> placement.put(prefix + operator, node));
        }
        return new Summary(
                run.producer().published(),
                rowsIn,
                queries.isEmpty() ? 0 : queries.get(0).rows(),
                queries.size() < 2 ? 0 : queries.get(1).rows(),
                p50Us,
                p99Us,
                seconds,
                placement);
    }

    private static List<RoleReport> roles(List<NodeReport> reports) {
        List<RoleReport> roles = new ArrayList<>();
        if (reports != null) {
            reports.forEach(report -> roles.addAll(report.roles()));
        }
        return roles;
    }

    String json() {
        String nodes =
                placement.entrySet().stream()
                        .map(e -> "\"" + e.getKey() + "\":\"" + e.getValue() + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
        return String.format(
                Locale.ROOT,
                "{\"rowsPublished\":%d,\"rowsIn\":%d,\"rowsOut\":%d,\"windowRows\":%d,"
                        + "\"latencyMs\":{\"p50\":%.3f,\"p99\":%.3f},\"seconds\":%.3f,\"placement\":%s}",
                rowsPublished,
                rowsIn,
                rowsOut,
                windowRows,
                p50Us / 1e3,
                p99Us / 1e3,
                seconds,
                nodes);
    }
}
