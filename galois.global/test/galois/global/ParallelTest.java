package galois.global;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.control.Message.SourceBinding;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.JoinKind;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.plan.Ranking;
import galois.api.plan.SortKey;
import galois.api.plan.StreamDefinition;
import galois.api.plan.Window;
import galois.api.query.PlanText;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class ParallelTest {
    private static final Schema SCHEMA =
            Schema.of(
                    new Field("k", FieldType.VARCHAR),
                    new Field("x", FieldType.DOUBLE),
                    new Field("ts", FieldType.TIMESTAMP));
    private static final LogicalOp A = new LogicalOp.Source("a", SCHEMA, 2);
    private static final LogicalOp B = new LogicalOp.Source("b", SCHEMA, 2);
    private static final LogicalOp BOTH = new LogicalOp.Union(List.of(A, B), SCHEMA);
    private static final List<SourceBinding> ONE = List.of(source("a", ""));
    private static final AggregateCall MEAN =
            new AggregateCall(AggregateFunction.AVG, 1, FieldType.DOUBLE);
    private static final Window MINUTE = Window.tumble(2, 60_000_000, 0);

    @Test
    void cutsAnAggregateOfAUnionInHalves() {
        Parallel parallel = parallel(aggregate(BOTH, MINUTE, MEAN), 2, "", "");
        assertEquals(
                """
                Final Aggregate tumble(window_start, 60000000 us) by k: AVG(x)
                  Union all
                    Partial Aggregate tumble(ts, 60000000 us) by k: AVG(x)
                      Source a (k VARCHAR, x DOUBLE, ts TIMESTAMP)
                    Partial Aggregate tumble(ts, 60000000 us) by k: AVG(x)
                      Source b (k VARCHAR, x DOUBLE, ts TIMESTAMP)
                """,
                PlanText.of(parallel.plan()));
        assertEquals(
                List.of("aggregate by k: partial for each of 2 inputs, then final"),
                parallel.notes());
        assertEquals(
                "(k VARCHAR, window_start TIMESTAMP, window_end TIMESTAMP, a0_sum DOUBLE,"
                        + " a0_count BIGINT)",
                Plans.operators(parallel.plan().root()).get(1).schema().toString());
    }

    @Test
    void doesSoWithoutBeingAskedWhenSourcesAreOnDifferentNodes() {
        LogicalOp whole = aggregate(BOTH, Window.NONE, MEAN);
        assertEquals(whole, parallel(whole, 1, "n1", "n1").plan().root());
        assertEquals(
                LogicalOp.FinalAggregate.class,
                parallel(whole, 1, "n1", "n2").plan().root().getClass());
    }

    @Test
    void cutsHoppingWindowsIntoPanes() {
        Window hop = Window.hop(2, 60_000_000, 40_000_000, 0);
        assertEquals(
                """
                Final Aggregate hop(window_start, 60000000 us every 40000000 us) by k: AVG(x)
                  Union all
                    Partial Aggregate tumble(ts, 20000000 us) by k: AVG(x)
                """,
                head(parallel(aggregate(BOTH, hop, MEAN), 2, "", "")));
    }

    @Test
    void leavesWhatCannotBeCutAndSaysWhy() {
        AggregateCall list =
                new AggregateCall(
                        AggregateFunction.LISTAGG, 0, -1, false, -1, "", FieldType.VARCHAR);
        LogicalOp lists = aggregate(BOTH, Window.NONE, list);
        Parallel parallel = parallel(lists, 1, "n1", "n2");
        assertEquals(lists, parallel.plan().root());
        assertEquals(
                List.of(
                        "aggregate by k: in one place, because of LISTAGG, which is in the order of the"
                                + " rows"),
                parallel.notes());
        LogicalOp all =
                LogicalOp.WindowAggregate.of(
                        A, Window.NONE, List.of(), List.of(MEAN), List.of("m"));
        assertEquals(
                List.of(
                        "aggregate: in one place, because of AVG, which depends on the order of the rows"),
                Parallel.of(new LogicalPlan(all, List.of()), List.of(source("a", "")), 2).notes());
    }

    @Test
    void dealsRowsOutByTheKeys() {
        LogicalOp sessions = aggregate(BOTH, Window.session(2, 5), MEAN);
        assertEquals(
                """
                Aggregate session(ts, gap 5 us) by k: AVG(x)
                  Exchange to 3 by k
                    Union all
                """,
                head(parallel(sessions, 3, "", "")));
    }

    @Test
    void dealsRowsOutToFirstHalvesWithoutKeys() {
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT, -1, FieldType.BIGINT);
        LogicalOp all =
                LogicalOp.WindowAggregate.of(
                        A, Window.NONE, List.of(), List.of(count), List.of("n"));
        assertEquals(
                """
                Final Aggregate: COUNT(*)
                  Partial Aggregate: COUNT(*)
                    Exchange to 2 by k, x, ts
                """,
                head(Parallel.of(new LogicalPlan(all, List.of()), List.of(source("a", "")), 2)));
    }

    @Test
    void dealsBothSidesOfAJoinOutByItsKeys() {
        LogicalOp.Join join = LogicalOp.Join.of(A, B, JoinKind.LEFT, equal(0, 3));
        Parallel parallel = parallel(join, 3, "", "");
        assertEquals(
                """
                Join left k = k0
                  Exchange to 3 by k
                    Source a (k VARCHAR, x DOUBLE, ts TIMESTAMP)
                  Exchange to 3 by k
                    Source b (k VARCHAR, x DOUBLE, ts TIMESTAMP)
                """,
                PlanText.of(parallel.plan()));
        assertEquals(
                List.of("join by k: rows of both sides dealt out to 3 instances"),
                parallel.notes());
        assertEquals(join, parallel(join, 1, "", "").plan().root());
    }

    @Test
    void leavesJoinsThatHaveNoKeysOrATable() {
        LogicalOp.Join all = LogicalOp.Join.of(A, B, JoinKind.INNER, literal());
        assertEquals(all, parallel(all, 2, "", "").plan().root());
        assertEquals(
                List.of("join: in one place, because its condition is no equation of two columns"),
                parallel(all, 2, "", "").notes());
        LogicalOp.Join lookup = LogicalOp.Join.of(A, B, JoinKind.INNER, equal(0, 3)).lookup();
        assertEquals(lookup, parallel(lookup, 2, "", "").plan().root());
    }

    @Test
    void dealsRowsOutByTheirPartition() {
        LogicalOp.Sort all = LogicalOp.Sort.of(A, List.of(), 0, 3);
        assertEquals(all, Parallel.of(new LogicalPlan(all, List.of()), ONE, 2).plan().root());
        LogicalOp.Sort top =
                new LogicalOp.Sort(
                        A,
                        2,
                        0,
                        List.of(0, 2),
                        List.of(new SortKey(1, true, false)),
                        1,
                        Ranking.ROW_NUMBER,
                        0,
                        3,
                        List.of(),
                        SCHEMA);
        assertEquals(
                """
                Sort at ts, each k, ts, by x DESC, limit 3
                  Exchange to 2 by k, ts
                    Source a (k VARCHAR, x DOUBLE, ts TIMESTAMP)
                """,
                PlanText.of(Parallel.of(new LogicalPlan(top, List.of()), ONE, 2).plan()));
    }

    private static Expr equal(int left, int right) {
        return new Expr.Call(
                Function.EQUAL,
                List.of(
                        new Expr.Column(left, FieldType.VARCHAR),
                        new Expr.Column(right, FieldType.VARCHAR)),
                FieldType.BOOLEAN);
    }

    private static Expr literal() {
        return new Expr.Literal(FieldType.BOOLEAN, "true");
    }

    @Test
    void keepsTheOrderForWhatIsAbove() {
        LogicalOp counts =
                LogicalOp.WindowAggregate.of(
                        A,
                        Window.NONE,
                        List.of(0),
                        List.of(new AggregateCall(AggregateFunction.COUNT, -1, FieldType.BIGINT)),
                        List.of("n"));
        AggregateCall names =
                new AggregateCall(
                        AggregateFunction.LISTAGG, 0, -1, false, -1, "", FieldType.VARCHAR);
        LogicalOp lists =
                LogicalOp.WindowAggregate.of(
                        counts, Window.NONE, List.of(), List.of(names), List.of("l"));
        Parallel kept = Parallel.of(new LogicalPlan(lists, List.of()), List.of(source("a", "")), 2);
        assertEquals(lists, kept.plan().root());
        assertEquals(
                "aggregate by k: in one place, because what reads it is LISTAGG, which depends on"
                        + " the order of the rows",
                kept.notes().get(0));
        LogicalOp limit = LogicalOp.Sort.of(counts, List.of(), 0, 1);
        assertEquals(
                limit,
                Parallel.of(new LogicalPlan(limit, List.of()), List.of(source("a", "")), 2)
                        .plan()
                        .root());
    }

    private static String head(Parallel parallel) {
        return PlanText.of(parallel.plan())
                .lines()
                .limit(3)
                .map(line -> line + "\n")
                .reduce("", String::concat);
    }

    private static LogicalOp aggregate(LogicalOp input, Window window, AggregateCall call) {
        return LogicalOp.WindowAggregate.of(input, window, List.of(0), List.of(call), List.of("r"));
    }

    private static Parallel parallel(LogicalOp root, int instances, String nodeA, String nodeB) {
        return Parallel.of(
                new LogicalPlan(root, List.of()),
                List.of(source("a", nodeA), source("b", nodeB)),
                instances);
    }

    private static SourceBinding source(String name, String node) {
        Map<String, String> options = node.isEmpty() ? Map.of() : Map.of("node", node);
        return new SourceBinding(new StreamDefinition(name, SCHEMA, Map.of(), 2, 0, options), true);
    }
}
