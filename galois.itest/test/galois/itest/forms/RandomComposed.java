package galois.itest.forms;

import galois.batch.Field;
import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Queries over the tables {@code t} and {@code u}, which have every column. */
final class RandomComposed {
    private static final List<String> JOINS =
            List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");

    private final Random random;
    private final Dialect peer;

    RandomComposed(Random random, Dialect peer) {
        this.random = random;
        this.peer = peer;
    }

    Composed query() {
        Relation from = relation();
        RandomNodes nodes = new RandomNodes(random, from.columns(), peer);
        Node where =
                random.nextInt(3) == 0
                        ? null
                        : nodes.exact(FieldType.BOOLEAN, 1 + random.nextInt(3));
        Node semi = random.nextInt(6) == 0 ? semi(from) : null;
        if (random.nextInt(2) == 0) {
            return rows(from, nodes, where, semi);
        }
        List<Node> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Node key = nodes.exact(nodes.type(), random.nextInt(3));
            // What reads no column could be taken for the number of a column.
            if (reads(key)) {
                keys.add(key);
            }
        }
        TimeWindow window = from.time() == null ? null : window();
        // Rows of hopping windows come slice by slice of time.
        boolean isSliced = window != null && window.kind().equals("HOP");
        boolean isArrival = from.isArrival() && !isSliced;
        List<Measure> measures =
                new RandomMeasures(random, nodes, peer, isArrival)
                        .some(window == null || !window.kind().equals("SESSION"));
        boolean exact = measures.stream().allMatch(Measure::isExact);
        return new Composed(
                from,
                keys,
                where,
                semi,
                measures,
                window,
                random.nextInt(4) == 0 ? random.nextInt(measures.size()) : -1,
                false,
                exact ? limit() : -1);
    }

    private Composed rows(Relation from, RandomNodes nodes, Node where, Node semi) {
        List<Node> select = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            select.add(nodes.any(nodes.type(), random.nextInt(4)));
        }
        boolean exact = select.stream().allMatch(Node::isExact);
        boolean distinct = exact && random.nextInt(6) == 0;
        return new Composed(
                from, select, where, semi, null, null, -1, distinct, exact ? limit() : -1);
    }

    private static boolean reads(Node node) {
        boolean isColumn = node.children().isEmpty() && node.form().operands().isEmpty();
        return isColumn
                ? node.form().texts().get(Dialect.GALOIS).matches("[a-z.]*[a-z][0-9]*")
                : node.children().stream().anyMatch(RandomComposed::reads);
    }

    private int limit() {
        return random.nextInt(4) == 0 ? random.nextInt(8) : -1;
    }

    private TimeWindow window() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new TimeWindow("TUMBLE", 1 + random.nextInt(8), 0);
            case 2 -> new TimeWindow("HOP", 1 + random.nextInt(8), 1 + random.nextInt(8));
            case 3 -> new TimeWindow("SESSION", 1 + random.nextInt(2), 0);
            default -> null;
        };
    }

    private Relation relation() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> table("t", "");
            case 3 -> nested();
            case 4 -> union();
            case 5, 6, 7, 8 -> new RandomRelations(random, peer).any();
            default -> join();
        };
    }

    private static List<Form> columns(String prefix) {
        List<Form> columns = new ArrayList<>();
        for (Field field : Values.SCHEMA.fields()) {
            columns.add(Form.same(field.type(), prefix + field.name()));
        }
        return columns;
    }

    private static Map<Dialect, String> same(String text) {
        Map<Dialect, String> texts = new EnumMap<>(Dialect.class);
        for (Dialect dialect : Dialect.values()) {
            texts.put(dialect, text);
        }
        return texts;
    }

    private static Relation table(String name, String prefix) {
        return new Relation(same(name), columns(prefix), Values.TIME, Values.ID, true);
    }

    /** A select in brackets: some columns, some expressions, fewer rows. */
    private Relation nested() {
        Relation table = table("t", "");
        RandomNodes nodes = new RandomNodes(random, table.columns(), peer);
        List<Node> items = new ArrayList<>();
        for (int i = 3 + random.nextInt(5); i > 0; i--) {
            items.add(nodes.exact(nodes.type(), random.nextInt(3)));
        }
        Node where = random.nextBoolean() ? null : nodes.exact(FieldType.BOOLEAN, 2);
        Map<Dialect, String> texts = new EnumMap<>(Dialect.class);
        List<Form> columns = new ArrayList<>();
        for (Dialect dialect : List.of(Dialect.GALOIS, peer)) {
            StringBuilder text = new StringBuilder("(SELECT id, ts");
            columns.clear();
            for (Node item : items) {
                String name = "n" + columns.size();
                text.append(", ").append(item.text(dialect)).append(" AS ").append(name);
                columns.add(Form.same(item.type(), name));
            }
            text.append(" FROM t");
            if (where != null) {
                text.append(" WHERE ").append(where.text(dialect));
            }
            texts.put(dialect, text.append(") AS n").toString());
        }
        columns.add(Form.same(FieldType.TIMESTAMP, "ts"));
        return new Relation(texts, columns, "ts", "id", true);
    }

    private Relation union() {
        String all = random.nextInt(3) == 0 ? "" : " ALL";
        String text =
                "(SELECT id, ts, c0, c3, c6, c9 FROM t UNION"
                        + all
                        + " SELECT id, ts, c0, c3, c6, c9 FROM u) AS n";
        List<Form> columns =
                columns("").stream()
                        .filter(c -> List.of("id", "ts", "c0", "c3", "c6", "c9").contains(name(c)))
                        .toList();
        boolean isTimed = all.equals(" ALL");
        return new Relation(same(text), columns, isTimed ? "ts" : null, "id", false);
    }

    private static String name(Form column) {
        return column.texts().get(Dialect.GALOIS);
    }

    private Relation join() {
        List<Form> columns = new ArrayList<>(columns("l."));
        columns.addAll(columns("r."));
        List<String> conditions = new ArrayList<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            String column =
                    List.of("c0", "c1", "c3", "c9", "d18", "c13", "c7").get(random.nextInt(7));
            conditions.add("l." + column + " = r." + column);
        }
        if (random.nextInt(3) == 0) {
            conditions.add(
                    "l.ts BETWEEN r.ts - INTERVAL '"
                            + random.nextInt(4)
                            + "' HOUR AND r.ts + INTERVAL '"
                            + random.nextInt(4)
                            + "' HOUR");
        }
        if (random.nextInt(4) == 0) {
            conditions.add(List.of("l.c3 < r.c3", "l.c6 > 0", "r.c0").get(random.nextInt(3)));
        }
        String text =
                "t AS l "
                        + JOINS.get(random.nextInt(peer == Dialect.H2 ? 3 : 4))
                        + " u AS r ON "
                        + String.join(" AND ", conditions);
        return new Relation(same(text), columns, null, null, false);
    }

    private Node semi(Relation from) {
        Form left = from.columns().get(random.nextInt(from.columns().size()));
        String not = random.nextBoolean() ? "NOT " : "";
        int at = Values.TYPES.indexOf(left.type());
        String column = "c" + at;
        String filter = random.nextBoolean() ? "" : " AND q.c3 > 0";
        String text =
                random.nextBoolean()
                        ? name(left)
                                + " IN (SELECT q."
                                + column
                                + " FROM u AS q WHERE q.id >= 0"
                                + filter
                                + ")"
                        : not
                                + "EXISTS (SELECT 1 FROM u AS q WHERE q."
                                + column
                                + " = "
                                + name(left)
                                + filter
                                + ")";
        return Node.leaf(Form.same(FieldType.BOOLEAN, text));
    }
}
