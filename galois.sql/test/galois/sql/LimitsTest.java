package galois.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.LogicalPlan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

class LimitsTest {
    private final Streams streams =
            Streams.of("CREATE STREAM s (x DOUBLE, i INTEGER, b BOOLEAN)" + Streams.WITH);

    @Test
    void textUpToTheLimitIsPlanned() {
        String query = "SELECT x FROM s WHERE x > 1";
        String padding = "\t".repeat(Limits.TEXT_CHARS_MAX - query.length() - 6);
        assertEquals(1, streams.plan(query + padding + " AND b").parameters().size());
        assertLimit("SELECT x FROM s WHERE x > " + "1".repeat(Limits.TEXT_CHARS_MAX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(%s x %s) > 1:(:)",
                "(%s x %s) > 1:-(:)",
                "%s b %s:NOT (:)",
                "%s b %s:NOT :",
                "%s x %s > 1:- :",
                "%s b %s:CASE WHEN b THEN : END",
                "COALESCE(%s x %s, 1) > 1:COALESCE(:, 1)",
                "%s x %s > 1:x + (:)"
            })
    void deepNestingIsRefusedWhateverItIsMadeOf(String shape) {
        String[] parts = shape.split(":", -1);
        for (int depth : new int[] {Limits.DEPTH_MAX + 5, 800}) {
            String condition =
                    parts[0].replaceFirst("%s", parts[1].repeat(depth))
                            .replaceFirst("%s", parts[2].repeat(depth));
            assertLimit("SELECT x FROM s WHERE " + condition);
        }
        String shallow =
                parts[0].replaceFirst("%s", parts[1].repeat(20))
                        .replaceFirst("%s", parts[2].repeat(20));
        streams.plan("SELECT x FROM s WHERE " + shallow);
    }

    @Test
    void nestedSelectsAreLimited() {
        assertLimit("SELECT x FROM (".repeat(150) + "SELECT x FROM s" + ")".repeat(150));
        LogicalPlan plan =
                streams.plan("SELECT x FROM (".repeat(20) + "SELECT x FROM s" + ")".repeat(20));
        assertEquals(1, plan.root().schema().size());
    }

    @Test
    void longChainsAndListsCostNoDepth() {
        String chain =
                IntStream.range(0, 900)
                        .mapToObj(i -> "x > " + i)
                        .collect(Collectors.joining(" OR "));
        assertEquals(900, streams.plan("SELECT x FROM s WHERE " + chain).parameters().size());
        String list =
                IntStream.range(0, 2_000)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(","));
        LogicalPlan plan = streams.plan("SELECT x FROM s WHERE i IN (" + list + ")");
        assertEquals(2_000, plan.parameters().size());
        LogicalPlan optimised = new HeuristicOptimizer(() -> 0).rewrite(plan);
        assertEquals(plan.root(), optimised.root());
    }

    @Test
    void multiplyingListsAreRefused() {
        String list = "TRUE" + ", TRUE".repeat(30);
        String query = "b";
        for (int i = 0; i < 6; i++) {
            query = "(" + query + " IN (" + list + "))";
        }
        assertLimit("SELECT x FROM s WHERE " + query);
    }

    @Test
    void operatorsOfAPlanAreLimited() {
        String select = "SELECT x + 1 AS y FROM s";
        streams.plan(select + (" UNION ALL " + select).repeat(20));
        assertLimit(select + (" UNION ALL " + select).repeat(60));
    }

    @Test
    void joinsAreLimited() {
        assertEquals(1, streams.plan(joins(Limits.JOINS_MAX)).root().schema().size());
        assertLimit(joins(Limits.JOINS_MAX + 1));
    }

    private static String joins(int count) {
        StringBuilder query = new StringBuilder("SELECT t0.x FROM s AS t0");
        for (int i = 1; i <= count; i++) {
            query.append(" JOIN s AS t").append(i).append(" ON t0.i = t").append(i).append(".i");
        }
        return query.toString();
    }

    private void assertLimit(String query) {
        GaloisException error =
                assertThrows(
                        GaloisException.class,
                        () -> new CalciteSql(Warmup.NONE).parse(text(query), streams));
        assertEquals(ErrorCode.QUERY_LIMIT, error.code(), error.userText());
    }

    private static galois.api.query.SourceText text(String query) {
        return new galois.api.query.SourceText(query, new galois.api.TextPosition(1, 1));
    }
}
