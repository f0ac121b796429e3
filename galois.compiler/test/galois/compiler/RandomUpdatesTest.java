package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Results that are updated are those of plain Java, however the kernel is driven. */
class RandomUpdatesTest {
    private static final int PLANS = 24;
    private static final int TIME_FIELD = 9;

    @Test
    void agreesWithPlainJava() {
        long first = Long.getLong("galois.seed", 1);
        for (long seed = first; seed < first + PLANS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            LogicalPlan plan =
                    RandomAggregateTest.plan(
                            random, random.input(TIME_FIELD), RandomUpdatesTest::window);
            plan =
                    random.pick(3) > 0
                            ? plan
                            : new LogicalPlan(told(plan.root()), plan.parameters());
            int ports = galois.api.plan.Plans.sources(plan.root()).size();
            List<Harness.Step> steps = random.spread(steps(random), ports);
            List<TestRow> expected = new ReferenceKernel(plan).run(steps);
            for (Harness.Manner manner : Harness.Manner.values()) {
                if (manner != Harness.Manner.COMPILED || seed % 8 == 0) {
                    String what = "seed " + seed + ", " + manner + ", " + plan;
                    Agreement.check(expected, Harness.run(plan, steps, manner), what);
                }
            }
            checkFinal(plan, steps, expected, "seed " + seed);
        }
    }

    /** What is left of the changes is what the rows give at once. */
    private static void checkFinal(
            LogicalPlan plan, List<Harness.Step> steps, List<TestRow> changes, String what) {
        boolean forgets =
                galois.api.plan.Plans.operators(plan.root()).stream()
                        .anyMatch(
                                op ->
                                        op instanceof LogicalOp.WindowAggregate aggregate
                                                && aggregate.window().slideUs() > 0);
        boolean fails = changes.stream().anyMatch(row -> row.kind() == RowKind.ERROR);
        if (forgets || fails || plan.root() instanceof LogicalOp.Project) {
            return;
        }
        Map<List<Object>, Integer> left = new HashMap<>();
        for (TestRow row : changes) {
            boolean adds = row.kind() == RowKind.INSERT || row.kind() == RowKind.UPDATE_AFTER;
            left.merge(row.values(), adds ? 1 : -1, Integer::sum);
        }
        left.values().removeIf(count -> count == 0);
        LogicalPlan whole = new LogicalPlan(whole(plan.root()), plan.parameters());
        Map<List<Object>, Integer> expected = new HashMap<>();
        for (TestRow row : new ReferenceKernel(whole).run(steps)) {
            expected.merge(row.values(), 1, Integer::sum);
        }
        assertEquals(expected, left, what);
    }

    private static LogicalOp whole(LogicalOp op) {
        if (op instanceof LogicalOp.WindowAggregate aggregate) {
            return new LogicalOp.WindowAggregate(
                    aggregate.input(),
                    Window.NONE,
                    aggregate.keys(),
                    aggregate.aggregates(),
                    aggregate.schema());
        }
        return galois.api.plan.Plans.withInputs(
                op, op.inputs().stream().map(RandomUpdatesTest::whole).toList());
    }

    private static Window window(RandomPlans random) {
        return Window.updating(random.pick(3) * 10L, random.pick(3) * 25L);
    }

    /** The fields of the operator and what the row does. */
    private static LogicalOp told(LogicalOp op) {
        List<Expr> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>(op.schema().fields());
        for (int i = 0; i < fields.size(); i++) {
            columns.add(Exprs.column(i, fields.get(i).type()));
        }
        columns.add(new Expr.Call(Function.CHANGE, List.of(), FieldType.VARCHAR));
        fields.add(new Field("op", FieldType.VARCHAR));
        return new LogicalOp.Project(op, columns, new Schema(fields));
    }

    private static List<Harness.Step> steps(RandomPlans random) {
        List<Harness.Step> steps = new ArrayList<>();
        long now = 0;
        long clock = 1000;
        for (int round = 0; round < 8; round++) {
            List<TestRow> rows = new ArrayList<>();
            for (TestRow row : random.rows(random.pick(12))) {
                now += random.pick(8);
                List<Object> values = new ArrayList<>(row.values());
                values.set(TIME_FIELD, now);
                rows.add(new TestRow(0, 0, now - random.pick(5), values));
            }
            steps.add(new Harness.Step.Rows(rows));
            steps.add(new Harness.Step.Time(now - 10));
            if (random.pick(4) > 0) {
                clock += random.pick(20);
                steps.add(new Harness.Step.Clock(clock));
            }
        }
        steps.add(new Harness.Step.Time(Long.MAX_VALUE));
        steps.add(new Harness.Step.Rows(random.rows(2)));
        steps.add(new Harness.Step.Time(Long.MAX_VALUE));
        return steps;
    }

    @Test
    void aKernelBehindPassesKindsOn() {
        Schema schema = Schema.of(new Field("i", FieldType.BIGINT));
        LogicalOp source = new LogicalOp.Source("in", schema, -1, true);
        Expr column = Exprs.column(0, FieldType.BIGINT);
        Expr ten = Exprs.literal(FieldType.BIGINT, "10");
        LogicalOp filter = new LogicalOp.Filter(source, Exprs.test(Function.LESS, column, ten));
        List<Harness.Step> steps =
                List.of(
                        new Harness.Step.Rows(
                                List.of(
                                        new TestRow(RowKind.INSERT, 0, 1, List.of(1L)),
                                        new TestRow(RowKind.UPDATE_BEFORE, 0, 2, List.of(1L)),
                                        new TestRow(RowKind.UPDATE_AFTER, 0, 3, List.of(2L)),
                                        new TestRow(RowKind.DELETE, 0, 4, List.of(2L)),
                                        new TestRow(RowKind.DELETE, 0, 5, List.of(20L)))));
        for (Harness.Manner manner : Harness.Manner.values()) {
            LogicalPlan plan = new LogicalPlan(filter, List.of());
            List<TestRow> kinds = Harness.run(plan, steps, manner);
            assertEquals(
                    List.of(0, 1, 2, 3), kinds.stream().map(TestRow::kind).toList(), "" + manner);
            LogicalPlan toldPlan = new LogicalPlan(told(filter), List.of());
            List<TestRow> told = Harness.run(toldPlan, steps, manner);
            assertEquals(
                    List.of("+I", "-U", "+U", "-D"),
                    told.stream().map(row -> row.values().get(1)).toList());
            assertEquals(List.of(0, 0, 0, 0), told.stream().map(TestRow::kind).toList());
        }
    }

    @Test
    void theTextOfARowIsTakenBackAsItWas() {
        AggregateCall max =
                new AggregateCall(AggregateFunction.MAX, 0, -1, false, -1, "", FieldType.VARCHAR);
        Schema schema = Schema.of(new Field("s", FieldType.VARCHAR));
        LogicalOp plan =
                LogicalOp.WindowAggregate.of(
                        new LogicalOp.Source("in", schema, -1),
                        Window.updating(0, 0),
                        List.of(),
                        List.of(max),
                        List.of("m"));
        List<Harness.Step> steps =
                List.of(
                        new Harness.Step.Rows(List.of(TestRow.of(1, "a"))),
                        new Harness.Step.Clock(1),
                        new Harness.Step.Rows(List.of(TestRow.of(2, "b"))),
                        new Harness.Step.Clock(2));
        List<TestRow> rows =
                Harness.run(new LogicalPlan(plan, List.of()), steps, Harness.Manner.ONE_BATCH);
        assertEquals(List.of(0, 1, 2), rows.stream().map(TestRow::kind).toList());
        assertEquals(List.of("b"), rows.get(2).values());
    }
}
