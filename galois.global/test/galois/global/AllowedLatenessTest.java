package galois.global;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.control.Message.SourceBinding;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.JoinKind;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.plan.StreamDefinition;
import galois.api.plan.Window;
import galois.api.query.PlanText;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class AllowedLatenessTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("room", FieldType.VARCHAR), new Field("ts", FieldType.TIMESTAMP));
    private static final LogicalOp SOURCE = new LogicalOp.Source("s", SCHEMA, 1);

    @Test
    void windowsOverAStreamThatDoesNotEndAreUpdated() {
        AllowedLateness late = of(counts(SOURCE, Window.tumble(1, 60, 0)), false);
        assertEquals(
                """
                Aggregate tumble(ts, 60 us, updated for 10000000 us) by room: COUNT(*)
                  Source s (room VARCHAR, ts TIMESTAMP)
                """,
                PlanText.of(late.plan()));
        assertEquals(7, late.sources().get(0).stream().watermarkDelayUs());
        assertEquals(List.of("windows: updated by rows that are 10 s late at most"), late.notes());
    }

    @Test
    void windowsThatOverlapHaveGroupsOfTheirOwn() {
        LogicalOp hop = counts(SOURCE, Window.hop(1, 60, 25, 5));
        AllowedLateness late = of(hop, false);
        assertEquals(
                """
                Aggregate attached($end, updated for 10000000 us) by room, $start, $end: COUNT(*)
                  Filter ts < $end
                    Project room, ts, WINDOW_START(ts, 60, 25, 5, copy) AS $start, WINDOW_END(ts, 60, 25, 5, copy) AS $end
                      Repeat 3 times
                        Source s (room VARCHAR, ts TIMESTAMP)
                """,
                PlanText.of(late.plan()));
        assertEquals(hop.schema(), late.plan().root().schema());
    }

    @Test
    void whatCannotTakeRowsBackWaits() {
        LogicalOp minutes = counts(SOURCE, Window.tumble(1, 60, 0));
        LogicalOp hours =
                LogicalOp.WindowAggregate.of(
                        minutes, Window.tumble(2, 3600, 0), List.of(0), List.of(), List.of());
        Expr yes = new Expr.Literal(FieldType.BOOLEAN, "true");
        for (LogicalOp op :
                List.of(
                        hours,
                        counts(SOURCE, Window.session(1, 60)),
                        LogicalOp.Sort.of(minutes, List.of(), 0, 5),
                        LogicalOp.Join.of(SOURCE, minutes, JoinKind.INNER, yes))) {
            AllowedLateness late = of(op, false);
            assertEquals(op, late.plan().root());
            for (SourceBinding source : late.sources()) {
                assertEquals(10_000_007, source.stream().watermarkDelayUs());
            }
        }
        AllowedLateness bounded = of(minutes, true);
        assertEquals(minutes, bounded.plan().root());
        assertEquals(10_000_007, bounded.sources().get(0).stream().watermarkDelayUs());
        assertEquals(List.of("s: results come 10 s later, with its late rows"), bounded.notes());
    }

    @Test
    void aFilterKnowsNoLateRows() {
        assertEquals(7, of(SOURCE, false).sources().get(0).stream().watermarkDelayUs());
    }

    private static LogicalOp counts(LogicalOp input, Window window) {
        return LogicalOp.WindowAggregate.of(
                input,
                window,
                List.of(0),
                List.of(new AggregateCall(AggregateFunction.COUNT, -1, FieldType.BIGINT)),
                List.of("n"));
    }

    private static AllowedLateness of(LogicalOp op, boolean bounded) {
        Map<String, String> options = Map.of("transport", "mqtt", "late", "allow: 10 S");
        StreamDefinition stream = new StreamDefinition("s", SCHEMA, Map.of(), 1, 7, options);
        List<SourceBinding> sources = new ArrayList<>();
        Plans.sources(op).forEach(source -> sources.add(new SourceBinding(stream, bounded)));
        return AllowedLateness.of(new LogicalPlan(op, List.of()), sources);
    }
}
