package galois.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import galois.api.plan.Expr;
import galois.api.plan.LogicalPlan;
import galois.batch.FieldType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class LiftingTest {
    private static final List<String> NUMBERS =
            List.of("1", "1.5", "-1", "1e3", "+2", "(1 + 2)", "3000000000", "-9223372036854775808");

    private final Streams streams =
            Streams.of(
                    "CREATE STREAM s (i INTEGER, l BIGINT, d DOUBLE, v VARCHAR, t TIMESTAMP)"
                            + Streams.WITH);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT i FROM s WHERE d > ?",
                "SELECT i FROM s WHERE i > ?",
                "SELECT i FROM s WHERE l < ?",
                "SELECT i FROM s WHERE ? <= i AND d <> ?",
                "SELECT d * ? AS x FROM s",
                "SELECT COALESCE(d, ?) AS x FROM s",
                "SELECT i FROM s WHERE i NOT BETWEEN ? AND 7",
                "SELECT v, SUM(d + ?) AS x FROM s GROUP BY v HAVING SUM(d + ?) > ?"
            })
    void numbersOfEverySpellingGiveOneTemplate(String query) {
        LogicalPlan first = streams.plan(query.replace("?", NUMBERS.get(0)));
        for (String number : NUMBERS) {
            LogicalPlan plan = streams.plan(query.replace("?", number));
            assertEquals(first.root(), plan.root(), number);
            assertEquals(types(first), types(plan), number);
            assertEquals(
                    new HeuristicOptimizer(() -> 0).rewrite(first).root(),
                    new HeuristicOptimizer(() -> 0).rewrite(plan).root(),
                    number);
        }
    }

    @Test
    void numberBeyondAllIntegersKeepsTheTemplateOfAnIntegerColumn() {
        for (String comparison : List.of("<", "<=", ">", ">=")) {
            String query = "SELECT i FROM s WHERE i " + comparison;
            assertEquals(streams.plan(query + " 1").root(), streams.plan(query + " 1e30").root());
            assertEquals(streams.plan(query + " 1").root(), streams.plan(query + " -1e30").root());
        }
    }

    @Test
    void textsAndTimesAreLiftedToo() {
        assertEquals(
                streams.plan(
                                "SELECT i FROM s WHERE v = 'a' AND t > TIMESTAMP '2026-01-01 00:00:00'")
                        .root(),
                streams.plan("SELECT i FROM s WHERE v = 'bc' AND t > '2026-01-02'").root());
    }

    @Test
    void everyThresholdOfThePaperIsAParameter() {
        Streams elec =
                Streams.of(
                        "CREATE STREAM elec (\"date\" DOUBLE, \"day\" INTEGER, period DOUBLE, nswprice"
                                + " DOUBLE, nswdemand DOUBLE, vicprice DOUBLE, vicdemand DOUBLE, transfer"
                                + " DOUBLE)"
                                + Streams.WITH);
        String query =
                "SELECT \"date\", period FROM elec WHERE \"date\" >= 0.0 AND \"date\" <= 1.0 AND"
                        + " \"day\" >= 1 AND \"day\" <= 7 AND period >= 0.0 AND period <= 1.0 AND nswprice"
                        + " >= 0.02 AND nswprice <= 0.9 AND nswdemand >= 0.1 AND nswdemand <= 0.95 AND"
                        + " vicprice >= 0.0 AND vicprice <= 0.5 AND vicdemand >= 0.05 AND vicdemand <="
                        + " 0.98 AND transfer >= 0.05 AND transfer <= 0.99 AND nswprice <= vicprice + 0.3"
                        + " AND transfer <> 0.414912";
        LogicalPlan plan = elec.plan(query);
        assertEquals(18, plan.parameters().size());
        LogicalPlan other = elec.plan(query.replaceAll("\\b0\\.\\d+", "0.77").replace("1.0", "3"));
        assertEquals(plan.root(), other.root());
        assertNotEquals(plan.parameters(), other.parameters());
    }

    @Test
    void constantsAloneAndStructureStay() {
        assertEquals(
                0, streams.plan("SELECT 1 AS a, 'x' AS b, 1 + 2 AS c FROM s").parameters().size());
        assertEquals(
                0,
                streams.plan("SELECT i FROM s WHERE i IS NOT NULL AND TRUE").parameters().size());
        assertNotEquals(
                streams.plan("SELECT 1 AS a FROM s").root(),
                streams.plan("SELECT 2 AS a FROM s").root());
    }

    @Test
    void aCostlyCallThatIsWrittenTwiceHasOneSetOfParameters() {
        String query =
                "SELECT ROUND(d, 2) AS a FROM s WHERE ROUND(d, %s) > 5 AND d > 2 AND d < 2.5";
        assertEquals(4, streams.plan(query.formatted("2")).parameters().size());
        assertEquals(5, streams.plan(query.formatted("3")).parameters().size());
        assertEquals(
                streams.plan(query.formatted("3")).root(),
                streams.plan(query.formatted("4")).root());
    }

    @Test
    void parameterHasTheTypeOfItsColumn() {
        LogicalPlan plan =
                streams.plan(
                        "SELECT d + 1 AS a, i + 1 AS b, i + 3000000000 AS c, i + 1.5 AS e FROM s");
        assertEquals(
                List.of(
                        new Expr.Literal(FieldType.DOUBLE, "1.0"),
                        new Expr.Literal(FieldType.INTEGER, "1"),
                        new Expr.Literal(FieldType.BIGINT, "3000000000"),
                        new Expr.Literal(FieldType.DOUBLE, "1.5")),
                plan.parameters());
    }

    private static List<FieldType> types(LogicalPlan plan) {
        return plan.parameters().stream().map(Expr.Literal::type).toList();
    }
}
