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
 * ORDER BY, LIMIT, DISTINCT and numbered rows give what H2 gives, in whatever way they are run.
 * {@code -Dgalois.seed=N} runs one case, {@code -Dgalois.long=true} many more.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class OrderDifferentialTest {
    private static final int CASES = Boolean.getBoolean("galois.long") ? 5_000 : 40;

    private static final Schema SCHEMA =
            Schema.of(
                    new Field("id", FieldType.INTEGER),
                    new Field("k", FieldType.VARCHAR),
                    new Field("x", FieldType.DOUBLE),
                    new Field("n", FieldType.BIGINT),
                    new Field("b", FieldType.BOOLEAN));

    private static final List<String> COLUMNS = List.of("k", "x", "n", "b");

    private static final SqlEngine ENGINE = SqlEngine.interpreting();

    /**
     * A query for both.
     *
     * @param ordered the order of the rows is part of the result
     */
    private record Query(String sql, boolean ordered) {}

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
        Table table = table(random);
        List<Input> inputs = List.of(new Input(SqlEngine.stream("t", SCHEMA, -1), table));
        JoinDifferentialTest.create(h2, "t", table);
        Query query = query(random);
        String where = "seed " + seed + "\n" + query.sql() + "\n" + table;
        List<String> expected = compared(query, JoinDifferentialTest.rows(h2, query.sql()));
        LogicalPlan plan = JoinDifferentialTest.plan(query.sql(), inputs, where);
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
            List<String> actual = outcome.rows().stream().map(List::toString).toList();
            assertEquals(expected, compared(query, actual), variant + ", " + where);
        }
    }

    private static List<String> compared(Query query, List<String> rows) {
        return query.ordered() ? rows : rows.stream().sorted().toList();
    }

    private static Table table(Random random) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(25); i > 0; i--) {
            List<Object> row = new ArrayList<>();
            row.add((long) i);
            row.add(random.nextInt(4) == 0 ? null : "ab\u00e9".substring(random.nextInt(4)));
            row.add(random.nextInt(4) == 0 ? null : (Object) (random.nextInt(9) / 2.0 - 2));
            row.add(random.nextInt(4) == 0 ? null : (Object) (long) (random.nextInt(5) - 2));
            row.add(random.nextInt(4) == 0 ? null : (Object) random.nextBoolean());
            rows.add(row);
        }
        Collections.shuffle(rows, random);
        return new Table(SCHEMA, rows);
    }

    private static Query query(Random random) {
        String window = window(random);
        return switch (random.nextInt(9)) {
            case 0 -> new Query("SELECT k, id, x FROM t ORDER BY " + keys(random), true);
            case 1, 2 ->
                    new Query(
                            "SELECT x, n FROM t"
                                    + where(random)
                                    + " ORDER BY "
                                    + keys(random)
                                    + limit(random),
                            true);
            case 3 -> new Query("SELECT DISTINCT k, n FROM t" + where(random), false);
            case 4 ->
                    new Query(
                            "SELECT n, COUNT(*) AS c, MAX(x) AS m FROM t GROUP BY n ORDER BY c DESC, n"
                                    + limit(random),
                            true);
            case 5 ->
                    new Query(
                            "SELECT id, ROW_NUMBER() OVER "
                                    + window
                                    + " AS rn, RANK() OVER "
                                    + window(random)
                                    + " AS r FROM t",
                            false);
            case 6 ->
                    new Query(
                            "SELECT k, id FROM (SELECT k, id, n, ROW_NUMBER() OVER "
                                    + window
                                    + " AS rn FROM t"
                                    + where(random)
                                    + ") AS q WHERE rn "
                                    + List.of("<= ", "< ", "= ", "> ").get(random.nextInt(4))
                                    + random.nextInt(4)
                                    + (random.nextBoolean() ? " AND n > 0" : ""),
                            false);
            case 7 ->
                    new Query(
                            "SELECT id, x FROM t QUALIFY "
                                    + (random.nextBoolean() ? "" : "DENSE_")
                                    + "RANK() OVER "
                                    + ties(random)
                                    + " BETWEEN "
                                    + random.nextInt(3)
                                    + " AND "
                                    + random.nextInt(5),
                            false);
            default ->
                    new Query(
                            "SELECT id, RANK() OVER "
                                    + ties(random)
                                    + " + DENSE_RANK() OVER "
                                    + ties(random)
                                    + " AS s FROM t ORDER BY s DESC, id",
                            true);
        };
    }

    /** Ends with a key that tells all rows apart. */
    private static String keys(Random random) {
        List<String> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            keys.add(key(random));
        }
        keys.add("id" + (random.nextBoolean() ? " DESC" : ""));
        return String.join(", ", keys);
    }

    private static String key(Random random) {
        return COLUMNS.get(random.nextInt(COLUMNS.size()))
                + List.of("", " ASC", " DESC").get(random.nextInt(3))
                + List.of("", " NULLS FIRST", " NULLS LAST").get(random.nextInt(3));
    }

    private static String limit(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> " LIMIT " + random.nextInt(8);
            case 2 -> " LIMIT " + random.nextInt(8) + " OFFSET " + random.nextInt(4);
            default ->
                    " OFFSET "
                            + random.nextInt(4)
                            + " ROWS FETCH NEXT "
                            + (1 + random.nextInt(5))
                            + " ROWS ONLY";
        };
    }

    private static String window(Random random) {
        return over(random, keys(random));
    }

    private static String ties(Random random) {
        return over(random, key(random));
    }

    private static String over(Random random, String keys) {
        String partition = random.nextInt(3) == 0 ? "" : "PARTITION BY " + column(random) + " ";
        return "(" + partition + "ORDER BY " + keys + ")";
    }

    private static String column(Random random) {
        return random.nextInt(4) == 0 ? "k, b" : COLUMNS.get(random.nextInt(COLUMNS.size()));
    }

    private static String where(Random random) {
        return random.nextInt(3) == 0 ? " WHERE n > -1" : "";
    }
}
