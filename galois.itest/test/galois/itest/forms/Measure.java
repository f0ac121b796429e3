package galois.itest.forms;

import java.util.ArrayList;
import java.util.List;

/**
 * One aggregate of a select list.
 *
 * @param text with {@code {0}} and {@code {1}} for the operands, the same for all engines
 * @param peer the text for the others, where {@code FILTER} stands for the condition
 * @param filter may be {@code null}
 */
record Measure(
        String text,
        String peer,
        List<Node> operands,
        Node filter,
        boolean exact,
        String required) {
    boolean isExact() {
        return exact;
    }

    String ours() {
        String call = Node.fill(text, operands, Dialect.GALOIS);
        return filter == null ? call : call + " FILTER (WHERE " + filter.text(Dialect.GALOIS) + ")";
    }

    /** Over the columns {@code PREFIX0}, {@code PREFIX1}, and {@code PREFIXf} for the filter. */
    String theirs(String prefix) {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            if (required.contains(Integer.toString(i))) {
                conditions.add(prefix + i + " IS NOT NULL");
            }
        }
        if (filter != null) {
            conditions.add(prefix + "f");
        }
        String condition =
                conditions.isEmpty()
                        ? ""
                        : " FILTER (WHERE " + String.join(" AND ", conditions) + ")";
        String call =
                peer.contains("FILTER") ? peer.replace("FILTER", condition) : peer + condition;
        return call.replace("{0}", prefix + 0).replace("{1}", prefix + 1);
    }

    /** The columns that {@link #theirs} reads. */
    List<String> columns(String prefix, Dialect dialect) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            columns.add(operands.get(i).text(dialect) + " AS " + prefix + i);
        }
        if (filter != null) {
            columns.add(filter.text(dialect) + " AS " + prefix + "f");
        }
        return columns;
    }

    Measure with(List<Node> others, Node condition) {
        return new Measure(text, peer, others, condition, exact, required);
    }
}
