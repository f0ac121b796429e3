package galois.global;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.GaloisException;
import galois.api.control.Message.SourceBinding;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Over;
import galois.api.plan.OverCall;
import galois.api.plan.OverFrame;
import galois.api.plan.OverFunction;
import galois.api.plan.Ranking;
import galois.api.plan.SortKey;
import galois.api.plan.StreamDefinition;
import galois.api.query.PlanText;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class StreamOrderTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("x", FieldType.DOUBLE), new Field("ts", FieldType.TIMESTAMP));
    private static final int X = 0;
    private static final int TS = 1;
    private static final LogicalOp SOURCE = new LogicalOp.Source("s", SCHEMA, TS);

    @Test
    void ordersByEventTimeAsTheWatermarkPasses() {
        LogicalOp sort = sort(SOURCE, -1, SortKey.ascending(TS), SortKey.ascending(X));
        assertEquals(
                """
                Sort at ts + 1 us, by x
                  Source s (x DOUBLE, ts TIMESTAMP)
                """,
                text(sort, false));
    }

    @Test
    void cutsOnlyWhatIsInOrder() {
        assertEquals(
                """
                Limit 3
                  Sort at ts + 1 us
                    Source s (x DOUBLE, ts TIMESTAMP)
                """,
                text(sort(SOURCE, 3, SortKey.ascending(TS)), false));
    }

    @Test
    void leavesBoundedInputAndLimitsAlone() {
        String byX =
                """
                Sort by x
                  Source s (x DOUBLE, ts TIMESTAMP)
                """;
        assertEquals(byX, text(sort(SOURCE, -1, SortKey.ascending(X)), true));
        String limit =
                """
                Limit 2
                  Source s (x DOUBLE, ts TIMESTAMP)
                """;
        assertEquals(limit, text(sort(SOURCE, 2), false));
    }

    @Test
    void refusesAnOrderThatNeverEnds() {
        String refusal =
                "GLS-2005 ORDER BY never ends over the unbounded stream \"s\": order by \"ts\" or a"
                        + " window_start first; the top rows of each window are ROW_NUMBER() OVER"
                        + " (PARTITION BY window_start, window_end ORDER BY ...) <= n";
        LogicalOp byX = sort(SOURCE, 5, SortKey.ascending(X), SortKey.ascending(TS));
        assertEquals(refusal, refusal(byX));
        assertEquals(refusal, refusal(sort(SOURCE, -1, new SortKey(TS, true, false))));
        // The inner sort waits for the end: then rows are behind every watermark.
        LogicalOp twice = sort(sort(SOURCE, -1, SortKey.ascending(TS)), -1, SortKey.ascending(X));
        assertEquals(refusal, refusal(twice));
    }

    @Test
    void refusesNumbersThatNeverEnd() {
        assertEquals(
                "GLS-2005 numbering rows never ends over the unbounded stream \"s\": put"
                        + " window_start and window_end of a TUMBLE window into PARTITION BY",
                refusal(numbered(new SortKey(TS, true, false))));
    }

    @Test
    void numbersInTheOrderOfEventTime() {
        assertEquals(
                """
                Project x, ts, rn
                  Filter (cut > 0) AND (cut <= 3)
                    Over in time of ts + 1 us, each x, by ts, ROW_NUMBER() AS rn, ROW_NUMBER() AS cut
                      Source s (x DOUBLE, ts TIMESTAMP)
                """,
                text(numbered(SortKey.ascending(TS)), false));
    }

    private static LogicalOp numbered(SortKey key) {
        List<Field> fields = new ArrayList<>(SCHEMA.fields());
        fields.add(new Field("rn", FieldType.BIGINT));
        return new LogicalOp.Sort(
                SOURCE,
                -1,
                0,
                List.of(X),
                List.of(key),
                1,
                Ranking.ROW_NUMBER,
                0,
                3,
                List.of(Ranking.ROW_NUMBER),
                new Schema(fields));
    }

    @Test
    void looksBackInTime() {
        Over lag = over(OverFunction.LAG, SortKey.ascending(TS));
        String inTime =
                """
                Over in time of ts + 1 us, each x, by ts, LAG(x, 1) AS v
                  Source s (x DOUBLE, ts TIMESTAMP)
                """;
        assertEquals(inTime, text(lag, false));
        assertEquals(inTime, text(lag, true));
        String atEnd =
                """
                Over each x, by ts, LEAD(x, 1) AS v
                  Source s (x DOUBLE, ts TIMESTAMP)
                """;
        Over lead = over(OverFunction.LEAD, SortKey.ascending(TS));
        assertEquals(atEnd, text(lead, true));
        assertTrue(refusal(lead).startsWith("GLS-2005 LEAD, FOLLOWING and"), refusal(lead));
        String byX = refusal(over(OverFunction.LAG, SortKey.ascending(X)));
        assertTrue(byX.endsWith("window_end of a TUMBLE window into PARTITION BY"), byX);
    }

    private static Over over(OverFunction function, SortKey key) {
        OverCall call = new OverCall(function, X, 1, OverFrame.USUAL, null, FieldType.DOUBLE);
        return Over.of(SOURCE, List.of(X), List.of(key), List.of(call), List.of("v"));
    }

    private static LogicalOp sort(LogicalOp input, long fetch, SortKey... keys) {
        return LogicalOp.Sort.of(input, List.of(keys), 0, fetch);
    }

    private static String refusal(LogicalOp root) {
        return assertThrows(GaloisException.class, () -> planned(root, false)).userText();
    }

    private static String text(LogicalOp root, boolean bounded) {
        return PlanText.of(planned(root, bounded));
    }

    private static LogicalPlan planned(LogicalOp root, boolean bounded) {
        StreamDefinition stream = new StreamDefinition("s", SCHEMA, Map.of(), TS, 5, Map.of());
        List<SourceBinding> sources = List.of(new SourceBinding(stream, bounded));
        LogicalPlan plan = new LogicalPlan(root, List.of());
        LogicalPlan ordered = StreamOrder.of(plan, sources);
        WindowTime.check(new PlannedStatement.Query(plan, ordered, sources));
        return ordered;
    }
}
