package galois.global;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.GaloisException;
import galois.api.control.Message.SourceBinding;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class WindowTimeTest {
    private static final Schema SCHEMA =
            Schema.of(
                    new Field("x", FieldType.DOUBLE),
                    new Field("ts", FieldType.TIMESTAMP),
                    new Field("other", FieldType.TIMESTAMP));
    private static final int TS = 1;
    private static final int OTHER = 2;

    @Test
    void followsTheWatermarkThroughFiltersAndProjections() {
        StreamDefinition stream = stream(TS);
        LogicalOp swapped = project(source(), OTHER, TS);
        assertSame(stream, check(tumble(source(), TS), stream, false));
        assertSame(stream, check(tumble(swapped, 1), stream, false));
        assertThrows(GaloisException.class, () -> check(tumble(swapped, 0), stream, false));
    }

    @Test
    void allowsWindowsOverWindows() {
        StreamDefinition stream = stream(TS);
        LogicalOp minutes = tumble(source(), TS);
        assertSame(stream, check(tumble(minutes, 1), stream, false));
    }

    @Test
    void refusesAWindowOverAnotherColumnOfAnUnboundedStream() {
        assertEquals(
                "GLS-2005 TUMBLE over the unbounded stream \"s\" needs the column of its"
                        + " WATERMARK: use column \"ts\", for which it is declared",
                refusal(tumble(source(), OTHER), stream(TS)));
        assertEquals(
                "GLS-2005 TUMBLE over the unbounded stream \"s\" needs the column of its"
                        + " WATERMARK: declare WATERMARK FOR ts AS ts - INTERVAL '5' SECOND for"
                        + " its time column in CREATE STREAM",
                refusal(tumble(source(), TS), stream(-1)));
    }

    @Test
    void anAggregateWithoutAWindowNeedsNoTime() {
        StreamDefinition stream = stream(-1);
        assertSame(stream, check(aggregate(source(), Window.NONE), stream, true));
        assertSame(stream, check(aggregate(source(), Window.updating(5, 0)), stream, false));
    }

    @Test
    void completesWindowsOverAnyColumnAtTheEndOfABoundedStream() {
        StreamDefinition read = check(tumble(source(), OTHER), stream(TS), true);
        assertEquals(WindowTime.NOT_BEFORE_END_US, read.watermarkDelayUs());
        assertEquals(TS, read.timeField());
        StreamDefinition declared = stream(TS);
        assertSame(declared, check(tumble(source(), TS), declared, true));
    }

    private static String refusal(LogicalOp root, StreamDefinition stream) {
        return assertThrows(GaloisException.class, () -> check(root, stream, false)).userText();
    }

    private static StreamDefinition check(
            LogicalOp root, StreamDefinition stream, boolean bounded) {
        LogicalPlan plan = new LogicalPlan(root, List.of());
        return WindowTime.check(
                new PlannedStatement.Query(plan, plan, List.of(new SourceBinding(stream, bounded))))
                .get(0)
                .stream();
    }

    private static StreamDefinition stream(int timeField) {
        return new StreamDefinition("s", SCHEMA, Map.of(), timeField, 5, Map.of());
    }

    private static LogicalOp source() {
        LogicalOp source = new LogicalOp.Source("s", SCHEMA, TS);
        return new LogicalOp.Filter(source, new Expr.Literal(FieldType.BOOLEAN, "true"));
    }

    private static LogicalOp project(LogicalOp input, int first, int second) {
        return new LogicalOp.Project(
                input,
                List.of(
                        new Expr.Column(first, FieldType.TIMESTAMP),
                        new Expr.Column(second, FieldType.TIMESTAMP)),
                Schema.of(
                        new Field("a", FieldType.TIMESTAMP), new Field("b", FieldType.TIMESTAMP)));
    }

    /** Without keys: the fields are window_start, window_end, count. */
    private static LogicalOp tumble(LogicalOp input, int timeField) {
        return aggregate(input, Window.tumble(timeField, 60_000_000L, 0));
    }

    private static LogicalOp aggregate(LogicalOp input, Window window) {
        return LogicalOp.WindowAggregate.of(
                input,
                window,
                List.of(),
                List.of(new AggregateCall(AggregateFunction.COUNT, -1, FieldType.BIGINT)),
                List.of("n"));
    }
}
