package galois.global;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.GaloisException;
import galois.api.control.Message.SourceBinding;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
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

class UpdatesTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("room", FieldType.VARCHAR), new Field("ts", FieldType.TIMESTAMP));
    private static final LogicalOp SOURCE = new LogicalOp.Source("s", SCHEMA, 1);
    private static final Map<String, String> INTERNAL = Map.of("transport", "internal");

    @Test
    void aGroupingOverAStreamThatDoesNotEndIsUpdated() {
        LogicalPlan plan = of(counts(SOURCE), false, Map.of());
        assertTrue(Plans.isUpdating(plan.root()));
        assertEquals(
                """
                Aggregate updating(every 1000000 us) by room: COUNT(*)
                  Source s (room VARCHAR, ts TIMESTAMP)
                """,
                PlanText.of(plan));
        assertEquals(
                """
                Aggregate by room: COUNT(*)
                  Source s (room VARCHAR, ts TIMESTAMP)
                """,
                PlanText.of(of(counts(SOURCE), true, Map.of())));
    }

    @Test
    void settingsSayHowOftenAndHowLong() {
        Map<String, String> settings = Map.of("update_interval", "250 ms", "state_ttl", "2 h");
        LogicalOp root = of(counts(SOURCE), false, settings).root();
        Window window = ((LogicalOp.WindowAggregate) root).window();
        assertEquals(Window.updating(250_000, 7_200_000_000L), window);
        assertEquals(0, new Settings(Map.of("update_interval", "0")).updateIntervalUs());
        assertEquals(
                "GLS-1002 setting 'update_interval' is 'soon': use a length of time such as '500"
                        + " ms', '10 s', '5 min' or '1 h'",
                assertThrows(GaloisException.class, () -> Settings.check("update_interval", "soon"))
                        .userText());
        assertThrows(GaloisException.class, () -> Settings.check("state_ttl", "0"));
        Settings.check("state_ttl", "unlimited");
    }

    @Test
    void windowsOverTheArrivalBesideAWatermarkFollowTheClock() {
        LogicalOp minutes =
                LogicalOp.WindowAggregate.of(
                        SOURCE, Window.tumble(1, 60, 0), List.of(0), List.of(), List.of());
        StreamDefinition stream =
                new StreamDefinition("s", SCHEMA, Map.of("ts", "arrival"), -1, 0, Map.of());
        List<SourceBinding> sources = List.of(new SourceBinding(stream, false));
        LogicalPlan plan = new LogicalPlan(minutes, List.of());
        LogicalPlan clock = Updates.of(plan, sources, new Settings(Map.of()));
        assertTrue(((LogicalOp.WindowAggregate) clock.root()).window().byClock());
        LogicalPlan counted = new LogicalPlan(counts(minutes), List.of());
        assertThrows(
                GaloisException.class, () -> Updates.of(counted, sources, new Settings(Map.of())));
        LogicalPlan other = of(minutes, false, Map.of());
        assertFalse(((LogicalOp.WindowAggregate) other.root()).window().byClock());
    }

    @Test
    void whatCannotTakeRowsBackIsRefused() {
        String end =
                " cannot read a GROUP BY or DISTINCT without a window over the unbounded stream"
                        + " \"s\", because rows of its result change: group the inner select by a"
                        + " window, as in GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE)";
        LogicalOp counts = counts(SOURCE);
        assertEquals("GLS-2005 an aggregate" + end, refusal(counts(counts), Map.of()));
        LogicalOp sort = LogicalOp.Sort.of(counts, List.of(SortKey.ascending(1)), 0, -1);
        assertEquals("GLS-2005 ORDER BY or a row number" + end, refusal(sort, Map.of()));
        LogicalOp limit = LogicalOp.Sort.of(counts, List.of(), 0, 5);
        assertEquals("GLS-2005 LIMIT" + end, refusal(limit, Map.of()));
    }

    @Test
    void distinctRowsNeverChangeSoThatTheyCanBeCounted() {
        LogicalOp distinct =
                LogicalOp.WindowAggregate.of(SOURCE, Window.NONE, List.of(0), List.of(), List.of());
        assertFalse(Plans.isUpdating(of(distinct, false, Map.of()).root()));
        assertTrue(Plans.isUpdating(of(counts(distinct), false, Map.of()).root()));
        String refused = refusal(counts(distinct), Map.of("state_ttl", "1 h"));
        assertTrue(refused.endsWith("rows of its result change: leave out SET 'state_ttl'"));
    }

    @Test
    void theRowsSayWhatTheyDoInAColumnThatIsFree() {
        LogicalPlan plan = of(counts(SOURCE), false, Map.of());
        assertEquals("op", last(Updates.told(plan, true, null)));
        assertEquals(plan, Updates.told(plan, false, null));
        LogicalOp named =
                new LogicalOp.Project(
                        plan.root(),
                        List.of(
                                new Expr.Column(0, FieldType.VARCHAR),
                                new Expr.Literal(FieldType.VARCHAR, null)),
                        Schema.of(
                                new Field("room", FieldType.VARCHAR),
                                new Field("op", FieldType.VARCHAR)));
        LogicalPlan free = new LogicalPlan(named, List.of());
        assertEquals("op0", last(Updates.told(free, true, null)));
        StreamDefinition target = stream("t", named.schema(), INTERNAL);
        assertEquals(named.schema(), Updates.told(free, true, target).root().schema());
        StreamDefinition file = stream("f", plan.root().schema(), Map.of("transport", "file"));
        LogicalPlan toFile = Updates.told(plan, true, file);
        assertEquals(
                toFile.root().schema(), Updates.written(file, toFile.root().schema()).schema());
        StreamDefinition without = stream("t", plan.root().schema(), INTERNAL);
        assertEquals(
                "GLS-2005 rows of the result change, and stream \"t\" has no free column that says"
                        + " so: add \"op VARCHAR\" to it and write INSERT INTO t (room, n) SELECT"
                        + " ...",
                assertThrows(GaloisException.class, () -> Updates.told(plan, true, without))
                        .userText());
    }

    private static String last(LogicalPlan plan) {
        Schema schema = plan.root().schema();
        return schema.field(schema.size() - 1).name();
    }

    private static LogicalOp counts(LogicalOp input) {
        return LogicalOp.WindowAggregate.of(
                input,
                Window.NONE,
                List.of(0),
                List.of(new AggregateCall(AggregateFunction.COUNT, -1, FieldType.BIGINT)),
                List.of("n"));
    }

    private static String refusal(LogicalOp root, Map<String, String> settings) {
        return assertThrows(GaloisException.class, () -> of(root, false, settings)).userText();
    }

    private static LogicalPlan of(LogicalOp root, boolean bounded, Map<String, String> settings) {
        List<SourceBinding> sources =
                List.of(new SourceBinding(stream("s", SCHEMA, Map.of()), bounded));
        return Updates.of(new LogicalPlan(root, List.of()), sources, new Settings(settings));
    }

    private static StreamDefinition stream(
            String name, Schema schema, Map<String, String> options) {
        return new StreamDefinition(name, schema, Map.of(), -1, 0, options);
    }
}
