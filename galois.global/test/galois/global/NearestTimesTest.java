package galois.global;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.GaloisException;
import galois.api.control.Message.SourceBinding;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.JoinKind;
import galois.api.plan.JoinMode;
import galois.api.plan.JoinTime;
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

/** When left rows of an ASOF join know the nearest right row. */
class NearestTimesTest {
    private static final Schema SCHEMA =
            Schema.of(
                    new Field("k", FieldType.INTEGER),
                    new Field("ts", FieldType.TIMESTAMP),
                    new Field("other", FieldType.TIMESTAMP));
    private static final int TS = 1;
    private static final int OTHER = 2;
    private static final int FIELDS = 3;

    @Test
    void waitsUntilTheWatermarkIsPastTheLeftTime() {
        LogicalOp.Join join = asof(source("q"), Function.GREATER_OR_EQUAL, TS, TS);
        assertEquals(new JoinTime(TS, TS, 0, 0), time(join));
        assertNull(time(asof(source("q"), Function.GREATER_OR_EQUAL, TS, OTHER)));
    }

    @Test
    void waitsLongerForWhatComesBehindTheWatermark() {
        LogicalOp minutes =
                LogicalOp.WindowAggregate.of(
                        source("q"), Window.tumble(TS, 60, 0), List.of(0), List.of(), List.of());
        LogicalOp.Join atStart = asof(minutes, Function.GREATER, TS, 1);
        assertEquals(new JoinTime(TS, 1, 60, 60), time(atStart));
        assertEquals(new JoinTime(TS, 2, 0, 0), time(asof(minutes, Function.GREATER, TS, 2)));
    }

    @Test
    void rightRowsToComeAreNotWaitedFor() {
        LogicalOp.Join join = asof(source("q"), Function.LESS_OR_EQUAL, TS, TS);
        assertNull(time(join));
        assertEquals(
                "GLS-2005 an ASOF join with the unbounded stream \"q\" that looks for rows to come"
                        + " would wait without bound: compare the other way, left.ts >= right.ts,"
                        + " or bound a plain join in time",
                refusal(join));
    }

    @Test
    void refusesTimesThatFollowNoWatermark() {
        assertEquals(
                "GLS-2005 an ASOF join with the unbounded stream \"q\" needs the columns of the"
                        + " WATERMARK of both sides: compare those, or declare WATERMARK FOR ts AS"
                        + " ts - INTERVAL '5' SECOND in CREATE STREAM",
                refusal(asof(source("q"), Function.GREATER_OR_EQUAL, TS, OTHER)));
    }

    @Test
    void theTimeOfTheRightRowFollowsNoWatermark() {
        LogicalOp.Join join = asof(source("q"), Function.GREATER_OR_EQUAL, TS, TS);
        LogicalOp late =
                LogicalOp.WindowAggregate.of(
                        join, Window.tumble(FIELDS + TS, 60, 0), List.of(), List.of(), List.of());
        assertThrows(GaloisException.class, () -> check(late));
        check(
                LogicalOp.WindowAggregate.of(
                        join, Window.tumble(TS, 60, 0), List.of(), List.of(), List.of()));
    }

    private static LogicalOp.Join asof(LogicalOp right, Function order, int left, int column) {
        Expr match =
                new Expr.Call(
                        order,
                        List.of(
                                new Expr.Column(left, FieldType.TIMESTAMP),
                                new Expr.Column(FIELDS + column, FieldType.TIMESTAMP)),
                        FieldType.BOOLEAN);
        return LogicalOp.Join.of(source("t"), right, JoinKind.INNER, match).in(JoinMode.ASOF);
    }

    private static LogicalOp source(String name) {
        return new LogicalOp.Source(name, SCHEMA, TS);
    }

    private static List<SourceBinding> sources() {
        return List.of(binding("t"), binding("q"));
    }

    private static SourceBinding binding(String name) {
        return new SourceBinding(
                new StreamDefinition(name, SCHEMA, Map.of(), TS, 5, Map.of()), false);
    }

    private static JoinTime time(LogicalOp.Join join) {
        LogicalPlan found = JoinTimes.find(new LogicalPlan(join, List.of()), sources());
        return ((LogicalOp.Join) found.root()).time();
    }

    private static String refusal(LogicalOp root) {
        return assertThrows(GaloisException.class, () -> check(root)).userText();
    }

    private static void check(LogicalOp root) {
        LogicalPlan plan = JoinTimes.find(new LogicalPlan(root, List.of()), sources());
        WindowTime.check(new PlannedStatement.Query(plan, plan, sources()));
    }
}
