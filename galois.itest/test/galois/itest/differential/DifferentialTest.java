package galois.itest.differential;

import static org.junit.jupiter.api.Assertions.fail;

import galois.api.plan.StreamDefinition;
import galois.itest.differential.RandomQuery.Family;
import galois.itest.engine.Outcome;
import galois.itest.engine.SqlEngine;
import galois.itest.engine.Table;
import galois.itest.engine.Variant;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Random queries over random rows give what H2 gives. {@code -Dgalois.seed=N} runs one case of each
 * family, {@code -Dgalois.long=true} many more ({@code -Dgalois.cases=N} of each).
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DifferentialTest {
    private static final int CASES = 125;
    private static final int LONG_CASES = Integer.getInteger("galois.cases", 5_000);

    private static final SqlEngine ENGINE = SqlEngine.interpreting();

    @ParameterizedTest
    @EnumSource
    void agreesWithH2(Family family) throws SQLException {
        String seed = System.getProperty("galois.seed");
        if (seed != null) {
            check(family, Long.parseLong(seed), 1);
        } else {
            check(family, 0, CASES);
        }
    }

    @ParameterizedTest
    @EnumSource
    @EnabledIfSystemProperty(named = "galois.long", matches = "true")
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void agreesWithH2OnManyMore(Family family) throws SQLException {
        check(family, CASES, LONG_CASES);
    }

    private static void check(Family family, long firstSeed, int cases) throws SQLException {
        try (H2Reference h2 = new H2Reference()) {
            for (long seed = firstSeed; seed < firstSeed + cases; seed++) {
                Random random = new Random(seed * 31 + family.ordinal());
                Table table = RandomTable.of(random);
                RandomQuery query = RandomQuery.of(family, table.schema(), random);
                H2Reference.Result expected = expected(h2, query, table);
                for (Variant variant : variants(random)) {
                    if (problem(expected, query, table, variant) != null) {
                        report(h2, seed, query, table, variant);
                    }
                }
            }
        }
    }

    private static List<Variant> variants(Random random) {
        return List.of(
                Variant.PLAIN,
                new Variant(
                        "heuristic",
                        random.nextBoolean(),
                        1 + random.nextInt(10),
                        random.nextBoolean(),
                        random.nextBoolean()));
    }

    private static H2Reference.Result expected(H2Reference h2, RandomQuery query, Table table) {
        try {
            return h2.run(query, table);
        } catch (SQLException e) {
            throw new AssertionError("H2: " + query.sql(), e);
        }
    }

    /** What is wrong, in words; null when all is well. */
    private static String problem(
            H2Reference.Result expected, RandomQuery query, Table table, Variant variant) {
        StreamDefinition stream =
                SqlEngine.stream("t", table.schema(), table.schema().indexOf(RandomTable.TIME));
        try {
            Outcome actual = ENGINE.run(query.sql(), stream, table, variant);
            return Comparison.difference(query, expected, actual);
        } catch (RuntimeException | AssertionError e) {
            return e.toString();
        }
    }

    private static void report(
            H2Reference h2, long seed, RandomQuery query, Table table, Variant variant) {
        Shrinker shrinker =
                new Shrinker(
                        query, table, (q, t) -> problem(expected(h2, q, t), q, t, variant) != null);
        shrinker.shrink();
        StringBuilder rows = new StringBuilder();
        shrinker.table().rows().forEach(row -> rows.append(row).append('\n'));
        fail(
                "seed "
                        + seed
                        + ", "
                        + variant
                        + "\n"
                        + query.sql()
                        + "\nsmaller:\n"
                        + shrinker.query().sql()
                        + "\n"
                        + shrinker.table().schema()
                        + "\n"
                        + rows
                        + problem(
                                expected(h2, shrinker.query(), shrinker.table()),
                                shrinker.query(),
                                shrinker.table(),
                                variant));
    }
}
