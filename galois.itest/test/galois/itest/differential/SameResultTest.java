package galois.itest.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.GaloisException;
import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.itest.differential.RandomQuery.Family;
import galois.itest.engine.Outcome;
import galois.itest.engine.SqlEngine;
import galois.itest.engine.Table;
import galois.itest.engine.Variant;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The same rows in the same order however a query is run: size of batches, optimiser, one kernel or
 * several, state moved to another instance, time passing early or late.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SameResultTest {
    private static final int CASES = 15;

    private static final int ALL = Variant.ALL_ROWS;

    private static final List<Variant> VARIANTS =
            List.of(
                    new Variant("none", false, 1, false, false),
                    new Variant("none", false, 7, true, false),
                    new Variant("none", false, 1, true, true),
                    new Variant("none", true, ALL, false, false),
                    new Variant("none", true, 7, true, true),
                    new Variant("heuristic", false, ALL, false, false),
                    new Variant("heuristic", false, 7, false, true),
                    new Variant("heuristic", true, 1, true, true),
                    new Variant("cost", false, ALL, false, false),
                    new Variant("cost", true, 7, true, false));

    private static final SqlEngine ENGINE = SqlEngine.interpreting();

    @ParameterizedTest
    @EnumSource
    void doesNotDependOnTheWayAQueryRuns(Family family) {
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed * 131 + family.ordinal());
            Table table = RandomTable.of(random);
            RandomQuery query = RandomQuery.of(family, table.schema(), random);
            check("seed " + seed + ", ", query, table);
        }
    }

    private static void check(String seed, RandomQuery query, Table table) {
        int time = table.schema().indexOf(RandomTable.TIME);
        StreamDefinition stream = SqlEngine.stream("t", table.schema(), time);
        LogicalPlan plan;
        try {
            plan = ENGINE.plan(query.sql(), stream);
        } catch (GaloisException e) {
            throw new AssertionError(seed + query.sql(), e);
        }
        Outcome usual = ENGINE.run(plan, stream, table, Variant.PLAIN);
        for (Variant variant : VARIANTS) {
            Outcome other = ENGINE.run(plan, stream, table, variant);
            // What an optimiser leaves out cannot fail any more.
            boolean comparable = variant.optimizer().equals("none") || !Comparison.isLazy(query);
            if (comparable) {
                String where = seed + variant + "\n" + query.sql() + "\n" + table;
                assertEquals(usual.rows(), other.rows(), where);
                assertEquals(usual.errors(), other.errors(), where);
            }
        }
    }
}
