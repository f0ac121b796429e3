package galois.itest.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.api.query.Statement;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Joins, half joins and unions of random rows give what H2 gives, in whatever way they are run.
 * {@code -Dgalois.seed=N} runs one case, {@code -Dgalois.long=true} many more.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class JoinDifferentialTest {
    private static final int CASES = Boolean.getBoolean("galois.long") ? 5_000 : 40;

    private static final Schema SCHEMA =
            Schema.of(
                    new Field("k", FieldType.INTEGER),
                    new Field("s", FieldType.VARCHAR),
                    new Field("x", FieldType.DOUBLE),
                    new Field("n", FieldType.BIGINT));

    private static final Schema TIMED =
            Schema.of(
                    new Field("k", FieldType.INTEGER),
                    new Field("s", FieldType.VARCHAR),
                    new Field("ts", FieldType.TIMESTAMP));

    private static final List<String> CONDITIONS =
            List.of(
                    "l.k = r.k",
                    "l.k = r.k",
                    "l.s = r.s",
                    "l.n = r.k",
                    "l.x = r.x",
                    "r.k = l.k + 1",
                    "l.x < r.x",
                    "l.n <> r.n",
                    "l.n IS NULL",
                    "r.s IS NOT NULL",
                    "(l.k = r.k OR l.s = r.s)",
                    "(ABS(l.n) = r.n OR ABS(l.n) > r.k)",
                    "(UPPER(l.s) = r.s OR UPPER(l.s) < LOWER(r.s))",
                    "l.k > 1",
                    "r.n < 3");

    private static final SqlEngine ENGINE = SqlEngine.interpreting();

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

    /** Rows are forgotten as time passes, and nothing is missed. */
    @Test
    void timeBoundJoinsAgreeWithH2() throws SQLException {
        String seed = System.getProperty("galois.seed");
        long first = seed == null ? 0 : Long.parseLong(seed);
        int cases = seed == null ? CASES : 1;
        try (Connection h2 = org.h2.Driver.load().connect("jdbc:h2:mem:", new Properties())) {
            for (long i = first; i < first + cases; i++) {
                Random random = new Random(i * 17);
                check(h2, i, random, TIMED, timedQuery(random));
            }
        }
    }

    private static void check(Connection h2, long seed, Random random) throws SQLException {
        check(h2, seed, random, SCHEMA, query(random));
    }

    private static void check(Connection h2, long seed, Random random, Schema schema, String sql)
            throws SQLException {
        List<Input> inputs = new ArrayList<>();
        for (String name : List.of("l", "r", "t")) {
            Table table = table(random, schema);
            int rate = 1 << random.nextInt(20);
            StreamDefinition plain = SqlEngine.stream(name, schema, schema.indexOf("ts"));
            Map<String, String> options = new HashMap<>(plain.options());
            options.put("rate", Integer.toString(rate));
            StreamDefinition stream = plain.withOptions(options);
            inputs.add(new Input(stream, table));
            create(h2, name, table);
        }
        String where = "seed " + seed + "\n" + sql + "\n" + inputs;
        List<String> expected = h2(h2, sql);
        LogicalPlan plan = plan(sql, inputs, where);
        Variant random1 =
                new Variant(
                        "heuristic",
                        random.nextBoolean(),
                        1 + random.nextInt(5),
                        random.nextBoolean(),
                        random.nextBoolean());
        List<Variant> variants =
                List.of(
                        Variant.PLAIN,
                        random1,
                        new Variant("none", true, 1, true, true),
                        new Variant("cost", false, 3, random.nextBoolean(), false));
        for (Variant variant : variants) {
            assertEquals(expected, run(plan, inputs, variant, where), variant + ", " + where);
        }
    }

    static LogicalPlan plan(String sql, List<Input> inputs, String where) {
        List<StreamDefinition> streams = inputs.stream().map(Input::stream).toList();
        try {
            Statement statement =
                    ENGINE.language()
                            .parse(ENGINE.language().split(sql).get(0), SqlEngine.catalog(streams));
            return ((Statement.Select) statement).plan();
        } catch (RuntimeException e) {
            throw new AssertionError(where, e);
        }
    }

    private static List<String> run(
            LogicalPlan plan, List<Input> inputs, Variant variant, String where) {
        try {
            Outcome outcome = ENGINE.run(plan, inputs, variant);
            assertEquals(0, outcome.errors().size(), where);
            return outcome.rows().stream().map(List::toString).sorted().toList();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(variant + ", " + where, e);
        }
    }

    private static Table table(Random random, Schema schema) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            List<Object> row = new ArrayList<>();
            if (schema == TIMED) {
                row.add((long) random.nextInt(3));
                row.add(random.nextInt(4) == 0 ? null : "s".repeat(random.nextInt(4)));
                row.add(random.nextInt(20) * 1_000_000L);
                rows.add(row);
                continue;
            }
            row.add(random.nextInt(4) == 0 ? null : (Object) (long) random.nextInt(5));
            row.add(random.nextInt(4) == 0 ? null : "s".repeat(random.nextInt(4)));
            row.add(random.nextInt(4) == 0 ? null : (Object) (random.nextInt(4) / 2.0));
            row.add(random.nextInt(4) == 0 ? null : (Object) (long) random.nextInt(4));
            rows.add(row);
        }
        return new Table(schema, rows);
    }

    private static String query(Random random) {
        String on = on(random);
        return switch (random.nextInt(12)) {
            case 10 ->
                    "SELECT l.k, t.x, r.s AS rs FROM l JOIN r ON "
                            + on
                            + " JOIN t ON t.k = l.k AND (t.n < 3 OR t.n = r.n) WHERE t.s = 's'";
            case 11 ->
                    "SELECT a.k, b.n, c.x, d.s FROM l a JOIN r b ON a.k = b.k JOIN t c ON c.n = b.n"
                            + " JOIN (SELECT k, MAX(s) AS s FROM r GROUP BY k) d ON d.k = c.k"
                            + " WHERE a.n < 3";
            case 0 ->
                    "SELECT l.k, l.s, r.n AS rn, r.x AS rx FROM l JOIN r ON " + on + where(random);
            case 1, 2 ->
                    "SELECT l.k, l.x, r.s AS rs, r.k AS rk FROM l LEFT JOIN r ON "
                            + on
                            + where(random);
            case 3 ->
                    "SELECT l.k, r.s AS rs, r.k AS rk FROM l RIGHT JOIN r ON " + on + where(random);
            case 4 ->
                    "SELECT l.k, t.n, r.s AS rs FROM l LEFT JOIN r ON "
                            + on
                            + " JOIN t ON t.k = l.k AND (t.n < 3 OR t.n = r.n)";
            case 5 -> "SELECT k, s FROM l WHERE k IN (SELECT r.n FROM r WHERE " + on + ")";
            case 6 -> "SELECT k, x FROM l WHERE k NOT IN (SELECT n FROM r WHERE r.k > 0)";
            case 7 ->
                    "SELECT k, n FROM l WHERE "
                            + (random.nextBoolean() ? "NOT " : "")
                            + "EXISTS (SELECT 1 FROM r WHERE "
                            + on
                            + ") AND l.k IS NOT NULL";
            case 8 ->
                    "SELECT k, s FROM l WHERE n > 0 UNION "
                            + (random.nextBoolean() ? "ALL " : "")
                            + "SELECT n, s FROM r UNION ALL SELECT k, NULLIF(s, 's') FROM t";
            default ->
                    "SELECT l.k, COUNT(*) AS c, SUM(r.n) AS sn FROM l LEFT JOIN r ON "
                            + on
                            + " GROUP BY l.k";
        };
    }

    private static String timedQuery(Random random) {
        int low = random.nextInt(9) - 4;
        int high = low + random.nextInt(5);
        String on =
                switch (random.nextInt(3)) {
                    case 0 -> "l.ts = r.ts AND l.k = r.k";
                    case 1 -> "r.ts BETWEEN " + later("l", low) + " AND " + later("l", high);
                    default ->
                            "r.k = l.k AND l.ts > "
                                    + later("r", low)
                                    + " AND "
                                    + later("r", high)
                                    + " >= l.ts AND (l.s = r.s OR l.k > 0)";
                };
        return switch (random.nextInt(8)) {
            case 7 ->
                    "SELECT l.k, r.s, t.s AS ts1 FROM l JOIN r ON "
                            + on
                            + " JOIN t ON t.k = r.k AND t.ts BETWEEN "
                            + later(random.nextBoolean() ? "l" : "r", low)
                            + " AND "
                            + later("r", high);
            case 0, 1 -> "SELECT l.k, l.s, r.s AS rs, r.ts < l.ts AS b FROM l JOIN r ON " + on;
            case 2 -> "SELECT l.k, l.s, r.k AS rk FROM l LEFT JOIN r ON " + on;
            case 3 -> "SELECT l.k, l.s, r.k AS rk FROM l RIGHT JOIN r ON " + on;
            case 4 ->
                    "SELECT l.k, l.s FROM l WHERE "
                            + (random.nextBoolean() ? "NOT " : "")
                            + "EXISTS (SELECT 1 FROM r WHERE "
                            + on
                            + ")";
            case 5 ->
                    "SELECT l.k, r.s, t.s AS ts1 FROM l JOIN r ON "
                            + on
                            + " LEFT JOIN t ON t.ts = l.ts";
            default -> "SELECT l.k, COUNT(*) AS n FROM l JOIN r ON " + on + " GROUP BY l.k";
        };
    }

    private static String later(String alias, int seconds) {
        return "DATEADD(SECOND, " + seconds + ", " + alias + ".ts)";
    }

    private static String on(Random random) {
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            parts.add(CONDITIONS.get(random.nextInt(CONDITIONS.size())));
        }
        return String.join(" AND ", parts);
    }

    private static String where(Random random) {
        return random.nextBoolean()
                ? ""
                : " WHERE " + CONDITIONS.get(random.nextInt(CONDITIONS.size()));
    }

    static void create(Connection h2, String name, Table table) throws SQLException {
        try (java.sql.Statement statement = h2.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + name);
            String columns =
                    table.schema().fields().stream()
                            .map(field -> field.name() + " " + H2Text.type(field.type()))
                            .collect(Collectors.joining(", "));
            statement.execute("CREATE TABLE " + name + " (" + columns + ")");
            for (List<Object> row : table.rows()) {
                String values =
                        row.stream()
                                .map(v -> v instanceof String ? "'" + v + "'" : String.valueOf(v))
                                .collect(Collectors.joining(", "));
                if (table.schema() == TIMED) {
                    String second = "DATEADD(SECOND, " + (Long) row.get(2) / 1_000_000 + ", ";
                    int comma = values.lastIndexOf(',');
                    values =
                            values.substring(0, comma + 2)
                                    + second
                                    + "TIMESTAMP '1970-01-01 00:00:00')";
                }
                statement.execute("INSERT INTO " + name + " VALUES (" + values + ")");
            }
        }
    }

    private static List<String> h2(Connection h2, String sql) throws SQLException {
        return rows(h2, sql).stream().sorted().toList();
    }

    /** The rows of a query as texts, in their order. */
    static List<String> rows(Connection h2, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (java.sql.Statement statement = h2.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    Object value = result.getObject(i);
                    row.add(
                            value instanceof Number n && !(n instanceof Double)
                                    ? n.longValue()
                                    : value);
                }
                rows.add(row.toString());
            }
        } catch (SQLException e) {
            throw new SQLException(sql, e);
        }
        return rows;
    }
}
