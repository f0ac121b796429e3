package galois.demo;

import galois.api.node.NodeReport;
import galois.api.node.NodeReport.RoleReport;
import galois.demo.Frame.QueryLine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The live view as lines of text: nodes with their roles, queries with their newest rows. */
final class Picture {
    private static final String ROLES = "pcz";

    private Picture() {}

    /**
     * @param before an earlier frame, for rates; null at first
     */
    static List<String> lines(Frame frame, Frame before) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "GALOIS demo   %s, %s   %d:%02d",
                        frame.origin(),
                        frame.rate() == 0 ? "as fast as taken" : count(frame.rate()) + " rows/s",
                        (long) frame.seconds() / 60,
                        (long) frame.seconds() % 60));
        lines.add(
                "published "
                        + count(frame.published())
                        + " rows"
                        + rate(
                                frame.published(),
                                before == null ? 0 : before.published(),
                                frame,
                                before)
                        + (frame.over() ? ", the data is over" : ""));
        for (NodeReport node : frame.nodes()) {
            lines.add("");
            lines.add(node.nodeId() + "   data " + node.dataAddress());
            if (node.roles().isEmpty()) {
                lines.add("  no role");
            }
            node.roles().stream()
                    .sorted(Comparator.comparing(role -> ROLES.indexOf(role.role())))
                    .forEach(role -> lines.add(role(role, frame, before)));
        }
        lines.add("");
        for (QueryLine query : frame.queries()) {
            lines.addAll(query(query, frame, before));
            if (query == frame.queries().get(0)) {
                silence(frame, lines);
            }
        }
        if (!frame.problems().isEmpty()) {
            lines.add(
                    "problems with rows: "
                            + problems(frame)
                            + "; newest: "
                            + frame.newestProblem());
        }
        if (!frame.endpoint().isEmpty()) {
            lines.add(frame.endpoint());
        }
        lines.add("Ctrl-C ends");
        return lines;
    }

    private static String role(RoleReport role, Frame frame, Frame before) {
        String name =
                switch (role.role()) {
                    case "p" -> "producer";
                    case "c" -> "consumer";
                    case "z" -> "sink";
                    default -> role.role();
                };
        String code =
                role.codeId().isEmpty()
                        ? ""
                        : "  kernel "
                                + role.codeId().substring(0, Math.min(12, role.codeId().length()));
        RoleReport earlier = before == null ? null : find(before, role.assignmentId());
        return String.format(
                Locale.ROOT,
                "  %-8s %-22s in %10s  out %10s%s%s",
                name,
                cut(label(role), 22),
                count(role.rowsIn()),
                count(role.rowsOut()),
                rate(role.rowsIn(), earlier == null ? 0 : earlier.rowsIn(), frame, before),
                code);
    }

    /** A kernel's label ends with its code id, which is shown by itself. */
    private static String label(RoleReport role) {
        int end = role.label().lastIndexOf(' ');
        boolean coded =
                end > 0
                        && !role.codeId().isEmpty()
                        && role.codeId().startsWith(role.label().substring(end + 1));
        return coded ? role.label().substring(0, end) : role.label();
    }

    private static List<String> query(QueryLine query, Frame frame, Frame before) {
        RoleReport sink = null;
        for (NodeReport node : frame.nodes()) {
            for (RoleReport role : node.roles()) {
                if (role.role().equals("z") && role.queryId().equals(query.id())) {
                    sink = role;
                }
            }
        }
        long earlier =
                before == null
                        ? 0
                        : before.queries().stream()
                                .filter(q -> q.id().equals(query.id()))
                                .mapToLong(QueryLine::rows)
                                .sum();
        String latency =
                sink == null || query.rows() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "   latency p50 %.1f ms, p99 %.1f ms",
                                sink.p50Us() / 1e3,
                                sink.p99Us() / 1e3);
        List<String> lines = new ArrayList<>();
        lines.add(
                query.title()
                        + " ("
                        + query.id()
                        + "): "
                        + count(query.rows())
                        + " rows"
                        + rate(query.rows(), earlier, frame, before)
                        + latency);
        lines.add(query.newest().isEmpty() ? "  no row yet" : "  newest: " + query.newest());
        return lines;
    }

    /** Why the paper's query gives nothing although everything works. */
    private static void silence(Frame frame, List<String> lines) {
        boolean silent = !frame.queries().isEmpty() && frame.queries().get(0).rows() == 0;
        if (silent && frame.constantTransfer() != null && frame.published() > 0) {
            lines.add(
                    "  silent: it asks for transfer <> 0.414912, and transfer was "
                            + frame.constantTransfer()
                            + " in all "
                            + count(frame.published())
                            + " rows so far");
            lines.add("  (in the real data set transfer first changes at row 17,424)");
        }
    }

    /** One line for a pipe. */
    static String progress(Frame frame, Frame before) {
        return String.format(
                Locale.ROOT,
                "%6.1f s  published %s%s%s%s",
                frame.seconds(),
                count(frame.published()),
                rate(frame.published(), before == null ? 0 : before.published(), frame, before),
                frame.queries().stream()
                        .map(q -> "  " + q.title() + " " + count(q.rows()) + " rows")
                        .collect(Collectors.joining()),
                frame.problems().isEmpty() ? "" : "  problems " + problems(frame));
    }

    private static String problems(Frame frame) {
        return frame.problems().entrySet().stream()
                .map(e -> e.getKey() + " " + count(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static RoleReport find(Frame frame, String assignmentId) {
        return frame.nodes().stream()
                .flatMap(node -> node.roles().stream())
                .filter(role -> role.assignmentId().equals(assignmentId))
                .findFirst()
                .orElse(null);
    }

    private static String rate(long now, long earlier, Frame frame, Frame before) {
        double seconds = before == null ? 0 : frame.seconds() - before.seconds();
        return seconds <= 0
                ? ""
                : String.format(
                        Locale.ROOT, "  %s/s", count(Math.round((now - earlier) / seconds)));
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "~";
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
