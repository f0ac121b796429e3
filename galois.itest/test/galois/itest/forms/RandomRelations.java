package galois.itest.forms;

import galois.batch.Field;
import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What can stand behind FROM and is more than rows of {@code t} and {@code u} side by side. */
final class RandomRelations {
    private static final long HOUR_US = 3_600_000_000L;

    private final Random random;
    private final Dialect peer;

    RandomRelations(Random random, Dialect peer) {
        this.random = random;
        this.peer = peer;
    }

    Relation any() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> asof();
            case 2 -> top(Map.of(Dialect.GALOIS, "t", peer, "t"), "", columns(""));
            case 3 -> windows();
            default -> sets();
        };
    }

    private static List<Form> columns(String prefix) {
        List<Form> columns = new ArrayList<>();
        for (Field field : Values.SCHEMA.fields()) {
            columns.add(Form.same(field.type(), prefix + field.name()));
        }
        return columns;
    }

    private Map<Dialect, String> texts(String ours, String theirs) {
        Map<Dialect, String> texts = new EnumMap<>(Dialect.class);
        texts.put(Dialect.GALOIS, ours);
        texts.put(peer, theirs);
        return texts;
    }

    /** Of rows of one time the last one before, the first one after: by their numbers. */
    private Relation asof() {
        String kind = random.nextBoolean() ? "LEFT " : "";
        String order = List.of(">=", ">", "<=", "<").get(random.nextInt(4));
        List<String> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            keys.add(List.of("c0", "c1", "c3", "c9", "d18").get(random.nextInt(5)));
        }
        String on = on(keys, "l", "r");
        String match = "l.ts " + order + " r.ts";
        String ours =
                random.nextBoolean()
                        ? kind + "ASOF JOIN u AS r ON " + and(on, match)
                        : kind
                                + "ASOF JOIN u AS r MATCH_CONDITION "
                                + match
                                + (on.isEmpty() ? "" : " ON " + on);
        List<Form> columns = columns("l.");
        columns.addAll(columns("r."));
        String theirs = peer == Dialect.H2 ? h2(kind, keys, order) : duckDb(kind, keys, order);
        return new Relation(
                texts("t AS l " + ours, "t AS l " + theirs), columns, "l.ts", "l.id", false);
    }

    private static String on(List<String> keys, String left, String right) {
        return String.join(
                " AND ",
                keys.stream().map(key -> left + "." + key + " = " + right + "." + key).toList());
    }

    private static String and(String first, String second) {
        return first.isEmpty() ? second : first + " AND " + second;
    }

    private static String h2(String kind, List<String> keys, String order) {
        String nearer = order.startsWith(">") ? ">" : "<";
        return kind
                + "JOIN u AS r ON "
                + and(on(keys, "l", "r"), "l.ts " + order + " r.ts")
                + " AND NOT EXISTS (SELECT 1 FROM u AS w WHERE "
                + and(on(keys, "l", "w"), "l.ts " + order + " w.ts")
                + " AND (w.ts "
                + nearer
                + " r.ts OR w.ts = r.ts AND w.id "
                + nearer
                + " r.id))";
    }

    private static String duckDb(String kind, List<String> keys, String order) {
        String partition = String.join(", ", keys);
        return "ASOF "
                + kind
                + "JOIN (SELECT * FROM u QUALIFY ROW_NUMBER() OVER (PARTITION BY ts"
                + (keys.isEmpty() ? "" : ", " + partition)
                + " ORDER BY id"
                + (order.startsWith(">") ? " DESC" : "")
                + ") = 1) AS r ON "
                + and(on(keys, "l", "r"), "l.ts " + order + " r.ts");
    }

    /** Rows with their window, perhaps the top ones of each. */
    private Relation windows() {
        int hours = 1 + random.nextInt(6);
        String ours =
                "(SELECT * FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '"
                        + hours
                        + "' HOUR))) AS v";
        long us = hours * HOUR_US;
        String micros = TimeForms.micros(peer, "ts");
        String start = "(" + micros + " - MOD(" + micros + ", " + us + "))";
        String theirs =
                "(SELECT *, "
                        + timestamp(start)
                        + " AS window_start, "
                        + timestamp("(" + start + " + " + us + ")")
                        + " AS window_end FROM t) AS v";
        List<Form> columns = columns("");
        columns.add(Form.same(FieldType.TIMESTAMP, "window_start"));
        columns.add(Form.same(FieldType.TIMESTAMP, "window_end"));
        return random.nextBoolean()
                ? new Relation(texts(ours, theirs), columns, "ts", "id", true)
                : top(texts(ours, theirs), "window_start, window_end, ", columns);
    }

    private String timestamp(String micros) {
        return peer == Dialect.H2
                ? "DATEADD(MICROSECOND, " + micros + ", TIMESTAMP '1970-01-01 00:00:00')"
                : "MAKE_TIMESTAMP(" + micros + ")";
    }

    private Relation top(Map<Dialect, String> from, String window, List<Form> rows) {
        String key = List.of("c0", "c1", "c3", "c9").get(random.nextInt(4));
        String value = List.of("c2", "c4", "c6", "c7", "c9").get(random.nextInt(5));
        boolean isRank = random.nextInt(3) == 0;
        String number =
                (isRank ? "RANK" : "ROW_NUMBER")
                        + "() OVER (PARTITION BY "
                        + window
                        + key
                        + " ORDER BY "
                        + value
                        + (random.nextBoolean() ? " DESC NULLS LAST" : " NULLS FIRST")
                        + (isRank ? "" : ", id")
                        + ") AS rn FROM ";
        String limit = ") AS w WHERE rn <= " + (1 + random.nextInt(3)) + ") AS n";
        List<Form> columns = new ArrayList<>(rows);
        columns.add(Form.same(FieldType.BIGINT, "rn"));
        String head = "(SELECT * FROM (SELECT *, " + number;
        return new Relation(
                texts(head + from.get(Dialect.GALOIS) + limit, head + from.get(peer) + limit),
                columns,
                null,
                null,
                false);
    }

    /** Rows that both have, or the first has alone. */
    private Relation sets() {
        List<String> names = List.of("c0", "c1", "c3", "c9");
        String some = String.join(", ", names.subList(0, 1 + random.nextInt(names.size())));
        String text =
                "(SELECT "
                        + some
                        + " FROM t "
                        + (random.nextBoolean() ? "EXCEPT" : "INTERSECT")
                        + " SELECT "
                        + some
                        + " FROM u) AS n";
        List<Form> columns =
                columns("").stream()
                        .filter(
                                form ->
                                        List.of(some.split(", "))
                                                .contains(form.texts().get(Dialect.GALOIS)))
                        .toList();
        return new Relation(texts(text, text), columns, null, null, false);
    }
}
