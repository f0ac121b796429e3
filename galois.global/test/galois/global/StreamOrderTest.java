package galois.global;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.GaloisException;
import galois.api.control.Message.SourceBinding;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
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
        List<Field> fields = new ArrayList<>(SCHEMA.fields());
        fields.add(new Field("rn", FieldType.BIGINT));
        LogicalOp numbered =
                new LogicalOp.Sort(
                        SOURCE,
                        -1,
                        0,
                        List.of(X),
                        List.of(SortKey.ascending(TS)),
                        1,
                        Ranking.ROW_NUMBER,
                        0,
                        3,
                        List.of(Ranking.ROW_NUMBER),
                        new Schema(fields));
        assertEquals(
                "GLS-2005 numbering rows never ends over the unbounded stream \"s\": put"
                        + " window_start and window_end of a TUMBLE window into PARTITION BY",
                refusal(numbered));
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
