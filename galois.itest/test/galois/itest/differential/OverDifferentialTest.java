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
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Functions with OVER give what H2 gives, in whatever way they are run. {@code -Dgalois.seed=N}
 * runs one case, {@code -Dgalois.long=true} many more.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class OverDifferentialTest {
    private static final int CASES = Boolean.getBoolean("galois.long") ? 5_000 : 40;

    /** From one id to the next, in {@code ts}. */
    private static final int SECONDS = 7;

    private static final List<Field> FIELDS =
            List.of(
                    new Field("id", FieldType.INTEGER),
                    new Field("k", FieldType.VARCHAR),
                    new Field("x", FieldType.DOUBLE),
                    new Field("n", FieldType.BIGINT));

    private static final Schema SCHEMA = new Schema(withTime());

    private static final SqlEngine ENGINE = SqlEngine.interpreting();

    private static List<Field> withTime() {
        List<Field> fields = new ArrayList<>(FIELDS);
        fields.add(new Field("ts", FieldType.TIMESTAMP));
        return fields;
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
        List<List<Object>> rows = rows(random);
        create(h2, rows);
        List<List<Object>> timed = new ArrayList<>();
        for (List<Object> row : rows) {
            List<Object> more = new ArrayList<>(row);
            more.add((Long) row.get(0) * SECONDS * 1_000_000);
            timed.add(more);
        }
        Table table = new Table(SCHEMA, timed);
        List<Input> inputs = List.of(new Input(SqlEngine.stream("t", SCHEMA, 4), table));
        String sql = query(random);
        String where = "seed " + seed + "\n" + sql + "\n" + table;
        List<String> expected = JoinDifferentialTest.rows(h2, sql).stream().sorted().toList();
        LogicalPlan plan = JoinDifferentialTest.plan(sql, inputs, where);
        Variant any =
                new Variant(
                        random.nextBoolean() ? "heuristic" : "cost",
                        random.nextBoolean(),
                        1 + random.nextInt(5),
                        random.nextBoolean(),
                        false);
        Variant saved = new Variant("none", true, 1, true, false);
        for (Variant variant : List.of(Variant.PLAIN, any, saved)) {
            Outcome outcome = ENGINE.run(plan, inputs, variant);
            assertEquals(0, outcome.errors().size(), where);
            List<String> actual = outcome.rows().stream().map(List::toString).sorted().toList();
            assertEquals(expected, actual, variant + ", " + where);
        }
    }

    private static List<List<Object>> rows(Random random) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(25); i > 0; i--) {
            List<Object> row = new ArrayList<>();
            row.add((long) i);
            row.add(random.nextInt(4) == 0 ? null : "ab".substring(random.nextInt(3)));
            row.add(random.nextInt(4) == 0 ? null : (Object) (random.nextInt(9) / 2.0 - 2));
            row.add(random.nextInt(4) == 0 ? null : (Object) (long) (random.nextInt(5) - 2));
            rows.add(row);
        }
        Collections.shuffle(rows, random);
        return rows;
    }

    private static void create(Connection h2, List<List<Object>> rows) throws SQLException {
        JoinDifferentialTest.create(h2, "t", new Table(new Schema(FIELDS), rows));
        try (java.sql.Statement statement = h2.createStatement()) {
            statement.execute("ALTER TABLE t ADD ts TIMESTAMP(6)");
            statement.execute(
                    "UPDATE t SET ts = DATEADD(SECOND, id * "
                            + SECONDS
                            + ", TIMESTAMP '1970-01-01 00:00:00')");
        }
    }

    private static String query(Random random) {
        List<String> columns = new ArrayList<>(List.of("id"));
        for (int i = 0; i <= random.nextInt(4); i++) {
            columns.add(function(random) + " AS c" + i);
        }
        String sql = "SELECT " + String.join(", ", columns) + " FROM t";
        return random.nextInt(3) == 0
                ? "SELECT id, c0 FROM (" + sql + " WHERE id > 3) AS q WHERE c0 IS NOT NULL"
                : sql;
    }

    private static String function(Random random) {
        String x = random.nextBoolean() ? "x" : "n";
        String partition = random.nextBoolean() ? "" : "PARTITION BY k ";
        String order = partition + order(random);
        String framed = partition + frame(random);
        return switch (random.nextInt(10)) {
            case 0 -> "LAG(" + x + ") OVER (" + order + ")";
            case 1 -> "LAG(" + x + ", " + random.nextInt(4) + ", 9) OVER (" + order + ")";
            case 2 -> "LEAD(" + x + ", " + random.nextInt(4) + ") OVER (" + order + ")";
            case 3 ->
                    List.of("FIRST_VALUE", "LAST_VALUE").get(random.nextInt(2))
                            + "("
                            + x
                            + ")"
                            + List.of("", " IGNORE NULLS").get(random.nextInt(2))
                            + " OVER ("
                            + framed
                            + ")";
            case 4 -> "NTH_VALUE(" + x + ", " + (1 + random.nextInt(3)) + ") OVER (" + framed + ")";
            case 5 -> "COUNT(*) FILTER (WHERE n > 0) OVER (" + framed + ")";
            case 6 -> "COALESCE(x, 0) - MAX(x) OVER (" + framed + ")";
            case 7 -> "CAST(SUM(x) OVER (PARTITION BY k) AS DOUBLE)";
            case 8 -> "CAST(SUM(x) OVER (" + framed + ") AS DOUBLE)"; // H2 sums decimals
            default ->
                    List.of("MIN(x)", "MAX(n)", "COUNT(n)").get(random.nextInt(3))
                            + " OVER ("
                            + framed
                            + ")";
        };
    }

    /** Ends with a key that tells all rows apart. */
    private static String order(Random random) {
        String ahead = random.nextInt(3) == 0 ? "x NULLS FIRST, " : "";
        return "ORDER BY " + ahead + List.of("ts", "id", "id DESC").get(random.nextInt(3));
    }

    private static String frame(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> order(random);
            case 1 -> "ORDER BY n NULLS FIRST RANGE UNBOUNDED PRECEDING";
            case 2 ->
                    "ORDER BY ts RANGE BETWEEN INTERVAL '"
                            + random.nextInt(30)
                            + "' SECOND PRECEDING AND CURRENT ROW";
            case 3 -> order(random) + " ROWS " + random.nextInt(4) + " PRECEDING";
            case 4 ->
                    order(random)
                            + " ROWS BETWEEN "
                            + (1 + random.nextInt(3))
                            + " PRECEDING AND "
                            + random.nextInt(3)
                            + " FOLLOWING";
            default ->
                    order(random)
                            + " ROWS BETWEEN "
                            + List.of("CURRENT ROW", "UNBOUNDED PRECEDING").get(random.nextInt(2))
                            + " AND UNBOUNDED FOLLOWING";
        };
    }
}
