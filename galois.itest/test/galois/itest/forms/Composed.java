package galois.itest.forms;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A query that all engines can run.
 *
 * @param select keys of a grouped query
 * @param where may be {@code null}
 * @param semi a condition with a select in it, may be {@code null}
 * @param measures null: not grouped
 * @param window of a grouped query, may be {@code null}
 * @param having the number of the aggregate that must not be NULL; -1
 * @param distinct equal rows once
 * @param limit rows of the whole result in the order of its columns; -1: in no order
 */
record Composed(
        Relation from,
        List<Node> select,
        Node where,
        Node semi,
        List<Measure> measures,
        TimeWindow window,
        int having,
        boolean distinct,
        int limit) {
    boolean isGrouped() {
        return measures != null;
    }

    boolean isOrdered() {
        return limit >= 0;
    }

    /** For each column of the result, whether all engines give the same digits. */
    List<Boolean> exact() {
        List<Boolean> exact = new ArrayList<>();
        if (window != null) {
            exact.add(true);
        }
        select.forEach(node -> exact.add(node.isExact()));
        if (isGrouped()) {
            measures.forEach(measure -> exact.add(measure.isExact()));
        }
        return exact;
    }

    private int columns() {
        return exact().size();
    }

    private String condition(Dialect dialect) {
        List<String> parts = new ArrayList<>();
        if (where != null) {
            parts.add(where.text(dialect));
        }
        if (semi != null) {
            parts.add(semi.text(dialect));
        }
        return parts.isEmpty() ? "" : " WHERE " + String.join(" AND ", parts);
    }

    private String tail() {
        if (!isOrdered()) {
            return "";
        }
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < columns(); i++) {
            keys.add("x" + i + (i % 2 == 0 ? " NULLS FIRST" : " DESC NULLS LAST"));
        }
        return " ORDER BY " + String.join(", ", keys) + " LIMIT " + limit;
    }

    private static String items(List<String> items) {
        List<String> named = new ArrayList<>();
        items.forEach(item -> named.add(item + " AS x" + named.size()));
        return String.join(", ", named);
    }

    String ours() {
        List<String> items = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        if (window != null) {
            String arguments = window.arguments(from.time());
            items.add(window.kind() + "_START" + arguments);
            groups.add(window.kind() + arguments);
        }
        select.forEach(node -> items.add(node.text(Dialect.GALOIS)));
        select.forEach(node -> groups.add(node.text(Dialect.GALOIS)));
        if (isGrouped()) {
            measures.forEach(measure -> items.add(measure.ours()));
        }
        return "SELECT "
                + (distinct ? "DISTINCT " : "")
                + items(items)
                + " FROM "
                + from.text(Dialect.GALOIS)
                + condition(Dialect.GALOIS)
                + (isGrouped() && !groups.isEmpty() ? " GROUP BY " + String.join(", ", groups) : "")
                + (having < 0 ? "" : " HAVING " + measures.get(having).ours() + " IS NOT NULL")
                + tail();
    }

    String theirs(Dialect peer) {
        if (!isGrouped()) {
            List<String> items = select.stream().map(node -> node.text(peer)).toList();
            return "SELECT "
                    + (distinct ? "DISTINCT " : "")
                    + items(items)
                    + " FROM "
                    + from.text(peer)
                    + condition(peer)
                    + tail();
        }
        List<String> inner = new ArrayList<>();
        if (from.id() != null) {
            inner.add(from.id() + " AS id_");
        }
        if (from.time() != null) {
            inner.add(TimeForms.micros(peer, from.time()) + " AS m_");
        }
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < select.size(); i++) {
            inner.add(select.get(i).text(peer) + " AS k" + i);
            groups.add("k" + i);
        }
        List<String> items = new ArrayList<>(groups);
        for (int i = 0; i < measures.size(); i++) {
            inner.addAll(measures.get(i).columns("a" + i + "_", peer));
            items.add(measures.get(i).theirs("a" + i + "_"));
        }
        if (inner.isEmpty()) {
            inner.add("1 AS one_");
        }
        String rows =
                "SELECT " + String.join(", ", inner) + " FROM " + from.text(peer) + condition(peer);
        String outer = rows;
        if (window != null) {
            items.add(0, window.start());
            outer = window.theirs(peer, rows, groups.size());
            groups.add("w_");
        }
        return "SELECT "
                + items(items)
                + " FROM ("
                + outer
                + ") AS o"
                + groups.stream()
                        .collect(Collectors.joining(", ", groups.isEmpty() ? "" : " GROUP BY ", ""))
                + (having < 0
                        ? ""
                        : " HAVING "
                                + measures.get(having).theirs("a" + having + "_")
                                + " IS NOT NULL")
                + tail();
    }

    /** Queries with less in them. */
    List<Composed> smaller() {
        List<Composed> found = new ArrayList<>();
        if (limit >= 0) {
            found.add(
                    new Composed(
                            from, select, where, semi, measures, window, having, distinct, -1));
        }
        if (having >= 0) {
            found.add(
                    new Composed(from, select, where, semi, measures, window, -1, distinct, limit));
        }
        if (distinct) {
            found.add(
                    new Composed(
                            from, select, where, semi, measures, window, having, false, limit));
        }
        if (semi != null) {
            found.add(
                    new Composed(
                            from, select, where, null, measures, window, having, distinct, limit));
        }
        if (where != null) {
            found.add(
                    new Composed(
                            from, select, null, semi, measures, window, having, distinct, limit));
            for (Node other : where.smaller()) {
                found.add(
                        new Composed(
                                from, select, other, semi, measures, window, having, distinct,
                                limit));
            }
        }
        for (List<Node> others : without(select, isGrouped() ? 0 : 1)) {
            found.add(
                    new Composed(
                            from, others, where, semi, measures, window, having, distinct, limit));
        }
        for (int i = 0; isGrouped() && having < 0 && i < measures.size(); i++) {
            for (Measure other : smaller(measures.get(i))) {
                found.add(with(i, other));
            }
            if (measures.size() > 1) {
                found.add(with(i, null));
            }
        }
        return found;
    }

    private Composed with(int number, Measure other) {
        List<Measure> others = new ArrayList<>(measures);
        others.remove(number);
        if (other != null) {
            others.add(number, other);
        }
        return new Composed(from, select, where, semi, others, window, having, distinct, limit);
    }

    private static List<Measure> smaller(Measure measure) {
        List<Measure> found = new ArrayList<>();
        if (measure.filter() != null) {
            found.add(measure.with(measure.operands(), null));
            measure.filter().smaller().forEach(f -> found.add(measure.with(measure.operands(), f)));
        }
        for (int i = 0; i < measure.operands().size(); i++) {
            for (Node node : measure.operands().get(i).smaller()) {
                List<Node> others = new ArrayList<>(measure.operands());
                others.set(i, node);
                found.add(measure.with(others, measure.filter()));
            }
        }
        return found;
    }

    private static List<List<Node>> without(List<Node> nodes, int least) {
        List<List<Node>> found = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.size() > least) {
                List<Node> others = new ArrayList<>(nodes);
                others.remove(i);
                found.add(others);
            }
            for (Node other : nodes.get(i).smaller()) {
                List<Node> others = new ArrayList<>(nodes);
                others.set(i, other);
                found.add(others);
            }
        }
        return found;
    }
}
