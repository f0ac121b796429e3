package galois.itest.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.plan.LogicalPlan;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;
import galois.itest.engine.Input;
import galois.itest.engine.Outcome;
import galois.itest.engine.SqlEngine;
import galois.itest.engine.Table;
import galois.itest.engine.Variant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Rows of windows, their joins and numbers, groupings and distinct values give what H2 gives for
 * the same written out, in whatever way they are run. {@code -Dgalois.seed=N} runs one case, {@code
 * -Dgalois.long=true} many more.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class WindowDifferentialTest {
    private static final int CASES = Boolean.getBoolean("galois.long") ? 3_000 : 25;

    private static final List<Field> FIELDS =
            List.of(
                    new Field("id", FieldType.INTEGER),
                    new Field("k", FieldType.VARCHAR),
                    new Field("m", FieldType.VARCHAR),
                    new Field("n", FieldType.BIGINT),
                    new Field("mi", FieldType.BIGINT));

    /** What H2 sees: minutes in place of times. */
    private static final Schema PLAIN = new Schema(FIELDS);

    private static final Schema TIMED =
            new Schema(
                    java.util.stream.Stream.concat(
                                    FIELDS.stream(),
                                    java.util.stream.Stream.of(
                                            new Field("ts", FieldType.TIMESTAMP)))
                            .toList());

    private static final long MINUTE_US = 60_000_000;

    private static final SqlEngine ENGINE = SqlEngine.interpreting();

    /** The same query for GALOIS and for H2. */
    private record Pair(String ours, String theirs) {
        static Pair same(String sql) {
            return new Pair(sql, sql);
        }
    }

    @Test
    void agreesWithH2() throws SQLException {
        String seed = System.getProperty("galois.seed");
        long first = seed == null ? 0 : Long.parseLong(seed);
        int cases = seed == null ? CASES : 1;
        try (Connection h2 = org.h2.Driver.load().connect("jdbc:h2:mem:", new Properties())) {
            for (long i = first; i < first + cases; i++) {
                check(h2, i, new Random(i));
            }
        }
    }

    private static void check(Connection h2, long seed, Random random) throws SQLException {
        List<Input> inputs = new ArrayList<>();
        for (String name : List.of("l", "r")) {
            List<List<Object>> rows = rows(random);
            inputs.add(
                    new Input(
                            SqlEngine.stream(name, TIMED, TIMED.indexOf("ts")),
                            new Table(TIMED, rows)));
            List<List<Object>> plain = rows.stream().map(row -> row.subList(0, 5)).toList();
            JoinDifferentialTest.create(h2, name, new Table(PLAIN, plain));
        }
        Pair query = query(random);
        String where = "seed " + seed + "\n" + query + "\n" + inputs;
        List<String> expected =
                JoinDifferentialTest.rows(h2, query.theirs()).stream().sorted().toList();
        LogicalPlan plan = JoinDifferentialTest.plan(query.ours(), inputs, where);
        Variant any =
                new Variant(
                        random.nextBoolean() ? "heuristic" : "cost",
                        random.nextBoolean(),
                        1 + random.nextInt(5),
                        random.nextBoolean(),
                        random.nextBoolean());
        Variant saved = new Variant("none", true, 1, true, true);
        for (Variant variant : List.of(Variant.PLAIN, any, saved)) {
            Outcome outcome = ENGINE.run(plan, inputs, variant);
            assertEquals(0, outcome.errors().size(), where);
            List<String> actual = outcome.rows().stream().map(List::toString).sorted().toList();
            assertEquals(expected, actual, variant + ", " + where);
        }
    }

    private static List<List<Object>> rows(Random random) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(14); i > 0; i--) {
            long minute = random.nextInt(40) - 12;
            List<Object> row = new ArrayList<>();
            row.add((long) i);
            row.add(random.nextInt(5) == 0 ? null : "ab".substring(random.nextInt(3)));
            row.add(random.nextInt(5) == 0 ? null : "xy".substring(random.nextInt(3)));
            row.add(random.nextInt(5) == 0 ? null : (Object) (long) (random.nextInt(5) - 2));
            row.add(minute);
            row.add(minute * MINUTE_US);
            rows.add(row);
        }
        return rows;
    }

    /** Windows of so many minutes. */
    private record Lengths(int slide, int size) {
        static Lengths of(Random random) {
            int slide = 1 + random.nextInt(8);
            return new Lengths(slide, random.nextInt(3) == 0 ? slide : 1 + random.nextInt(20));
        }

        String ours(String stream) {
            return "(SELECT id, k, m, n, TIMESTAMPDIFF(MINUTE, TIMESTAMP '1970-01-01 00:00:00',"
                    + " window_start) AS w, window_start, window_end FROM HOP(TABLE "
                    + stream
                    + ", DESCRIPTOR(ts), INTERVAL '"
                    + slide
                    + "' MINUTE, INTERVAL '"
                    + size
                    + "' MINUTE))";
        }

        String theirs(String table) {
            return "(SELECT id, k, m, n, s.x * "
                    + slide
                    + " AS w FROM "
                    + table
                    + " JOIN SYSTEM_RANGE(-60, 60) AS s ON mi >= s.x * "
                    + slide
                    + " AND mi < s.x * "
                    + slide
                    + " + "
                    + size
                    + ")";
        }
    }

    private static Pair query(Random random) {
        Lengths lengths = Lengths.of(random);
        String ours = lengths.ours("l") + " AS a";
        String theirs = lengths.theirs("l") + " AS a";
        return switch (random.nextInt(7)) {
            case 0 -> {
                String select = "SELECT id, w, k FROM ";
                String where = random.nextBoolean() ? " WHERE n > 0" : " WHERE w > 3";
                yield new Pair(select + ours + where, select + theirs + where);
            }
            case 1 -> numbered(random, ours, theirs);
            case 2, 3 -> joined(random, lengths, ours, theirs);
            case 4 -> halved(random, lengths, ours, theirs);
            case 5 -> groupings(random, ours, theirs);
            default -> distinct(random, ours, theirs);
        };
    }

    private static Pair numbered(Random random, String ours, String theirs) {
        String key = random.nextBoolean() ? "" : ", k";
        String function = random.nextBoolean() ? "ROW_NUMBER" : "RANK";
        String limit = " WHERE p <= " + (1 + random.nextInt(3));
        String order = key + " ORDER BY n DESC, id) AS p FROM ";
        String select =
                "SELECT id, w, p FROM (SELECT id, w, " + function + "() OVER (PARTITION BY ";
        return new Pair(
                select + "window_start, window_end" + order + ours + ") AS q" + limit,
                select + "w" + order + theirs + ") AS q" + limit);
    }

    private static Pair joined(Random random, Lengths lengths, String ours, String theirs) {
        String kind = List.of("INNER", "LEFT", "RIGHT").get(random.nextInt(3));
        String join = " " + kind + " JOIN ";
        String key = random.nextBoolean() ? "a.k = b.k AND " : "";
        String select = "SELECT a.id, b.id, a.w, b.n FROM ";
        return new Pair(
                select
                        + ours
                        + join
                        + lengths.ours("r")
                        + " AS b ON "
                        + key
                        + "a.window_start = b.window_start AND a.window_end = b.window_end",
                select + theirs + join + lengths.theirs("r") + " AS b ON " + key + "a.w = b.w");
    }

    private static Pair halved(Random random, Lengths lengths, String ours, String theirs) {
        String not = random.nextBoolean() ? "" : "NOT ";
        String select = "SELECT id, w FROM ";
        boolean isIn = random.nextBoolean();
        String inner = isIn ? "SELECT k FROM " : "SELECT 1 FROM ";
        String condition = isIn ? " WHERE k " + not + "IN (" : " WHERE " + not + "EXISTS (";
        String key = isIn ? "" : " AND a.k = b.k";
        return new Pair(
                select
                        + ours
                        + condition
                        + inner
                        + lengths.ours("r")
                        + " AS b WHERE a.window_start = b.window_start AND a.window_end ="
                        + " b.window_end"
                        + key
                        + ")",
                select
                        + theirs
                        + condition
                        + inner
                        + lengths.theirs("r")
                        + " AS b WHERE a.w = b.w"
                        + key
                        + ")");
    }

    private static Pair groupings(Random random, String ours, String theirs) {
        boolean isWindowed = random.nextBoolean();
        String select = ", COUNT(*) AS c, SUM(n) AS s, MAX(id) AS i FROM ";
        String window = isWindowed ? "w" : "0 AS w";
        List<String> all = List.of("k, m", "k", "m", "");
        List<String> sets = random.nextBoolean() ? all : all.subList(1, 4);
        List<String> unions = new ArrayList<>();
        for (String set : sets) {
            boolean hasK = set.contains("k");
            boolean hasM = set.contains("m");
            String groups = isWindowed ? set.isEmpty() ? "w" : set + ", w" : set;
            unions.add(
                    "SELECT "
                            + (hasK ? "k" : "CAST(NULL AS VARCHAR)")
                            + " AS k, "
                            + (hasM ? "m" : "CAST(NULL AS VARCHAR)")
                            + " AS m, "
                            + window
                            + ", "
                            + ((hasK ? 0 : 2) + (hasM ? 0 : 1))
                            + " AS g"
                            + select
                            + theirs
                            + (groups.isEmpty() ? "" : " GROUP BY " + groups));
        }
        String written =
                sets == all ? "CUBE (k, m)" : "GROUPING SETS ((" + String.join("), (", sets) + "))";
        return new Pair(
                "SELECT k, m, "
                        + window
                        + ", GROUPING_ID(k, m) AS g"
                        + select
                        + ours
                        + " GROUP BY "
                        + (isWindowed ? "window_start, window_end, w, " : "")
                        + written,
                String.join(" UNION ALL ", unions));
    }

    private static Pair distinct(Random random, String ours, String theirs) {
        String key = random.nextBoolean() ? "k" : "w";
        String select =
                "SELECT "
                        + key
                        + ", COUNT(DISTINCT m) AS a, SUM(DISTINCT n) AS b, COUNT(*) AS c, SUM(id) AS"
                        + " d, MIN(n) FILTER (WHERE id > 2) AS e, COUNT(DISTINCT n) FILTER (WHERE"
                        + " m = 'x') AS f, ";
        String end = " GROUP BY " + key;
        return new Pair(
                select + "COUNT(DISTINCT m, n) AS g FROM " + ours + end,
                select
                        + "COUNT(DISTINCT CASE WHEN n IS NOT NULL THEN m || '/' || n END) AS g FROM "
                        + theirs
                        + end);
    }
}
