package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.batch.RowKind;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Windows whose results rows update that come late, but not too late. */
class UpdatedWindowsTest {
    private static final int PLANS = 40;
    private static final int TIME_FIELD = 9;

    @Test
    void agreesWithPlainJava() {
        long first = Long.getLong("galois.seed", 1);
        for (long seed = first; seed < first + PLANS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            LogicalPlan plan =
                    RandomAggregateTest.plan(
                            random, random.input(TIME_FIELD), UpdatedWindowsTest::window);
            int ports = Plans.sources(plan.root()).size();
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

    private static Window window(RandomPlans random) {
        Window window =
                random.pick(3) == 0
                        ? Window.attached(TIME_FIELD, random.pick(2) * random.pick(20))
                        : Window.tumble(TIME_FIELD, 1 + random.pick(20), random.pick(5));
        return window.updatedFor(1 + random.pick(30));
    }

    /** What is left of the changes is what the same windows give that close so much later. */
    private static void checkFinal(
            LogicalPlan plan, List<Harness.Step> steps, List<TestRow> changes, String what) {
        if (changes.stream()
                .anyMatch(r -> r.kind() == RowKind.ERROR && r.code() != RowError.LATE)) {
            return;
        }
        long allowUs = RandomAggregateTest.window(plan).allowUs();
        List<Harness.Step> later = new ArrayList<>();
        for (Harness.Step step : steps) {
            boolean moves = step instanceof Harness.Step.Time time && time.us() < Long.MAX_VALUE;
            later.add(
                    moves
                            ? new Harness.Step.Time(((Harness.Step.Time) step).us() - allowUs)
                            : step);
        }
        LogicalPlan whole = new LogicalPlan(whole(plan.root()), plan.parameters());
        assertEquals(left(new ReferenceKernel(whole).run(later)), left(changes), what);
    }

    private static Map<List<Object>, Integer> left(List<TestRow> rows) {
        Map<List<Object>, Integer> left = new HashMap<>();
        for (TestRow row : rows) {
            if (row.kind() != RowKind.ERROR) {
                boolean adds = row.kind() == RowKind.INSERT || row.kind() == RowKind.UPDATE_AFTER;
                left.merge(row.values(), adds ? 1 : -1, Integer::sum);
            }
        }
        left.values().removeIf(count -> count == 0);
        return left;
    }

    private static LogicalOp whole(LogicalOp op) {
        if (op instanceof LogicalOp.WindowAggregate aggregate) {
            return new LogicalOp.WindowAggregate(
                    aggregate.input(),
                    aggregate.window().updatedFor(0),
                    aggregate.keys(),
                    aggregate.aggregates(),
                    aggregate.schema());
        }
        return Plans.withInputs(op, op.inputs().stream().map(UpdatedWindowsTest::whole).toList());
    }

    private static List<Harness.Step> steps(RandomPlans random) {
        List<Harness.Step> steps = new ArrayList<>();
        long now = -30;
        for (int round = 0; round < 10; round++) {
            List<TestRow> rows = new ArrayList<>();
            for (TestRow row : random.rows(random.pick(10))) {
                now += random.pick(8);
                long time = now - random.pick(3) * random.pick(50);
                List<Object> values = new ArrayList<>(row.values());
                values.set(TIME_FIELD, time);
                rows.add(new TestRow(0, 0, time, values));
            }
            steps.add(new Harness.Step.Rows(rows));
            steps.add(new Harness.Step.Time(now - 5));
        }
        steps.add(new Harness.Step.Time(Long.MAX_VALUE));
        steps.add(new Harness.Step.Rows(random.rows(2)));
        steps.add(new Harness.Step.Time(Long.MAX_VALUE));
        return steps;
    }

    @Test
    void aLateRowUpdatesItsWindowUntilItIsTooLate() {
        Schema schema =
                Schema.of(new Field("t", FieldType.TIMESTAMP), new Field("s", FieldType.VARCHAR));
        AggregateCall max =
                new AggregateCall(AggregateFunction.MAX, 1, -1, false, -1, "", FieldType.VARCHAR);
        LogicalOp plan =
                LogicalOp.WindowAggregate.of(
                        new LogicalOp.Source("in", schema, 0),
                        Window.tumble(0, 10, 0).updatedFor(5),
                        List.of(),
                        List.of(max),
                        List.of("m"));
        List<Harness.Step> steps =
                List.of(
                        new Harness.Step.Rows(List.of(TestRow.of(5, 5L, "b"))),
                        new Harness.Step.Time(10),
                        new Harness.Step.Rows(List.of(TestRow.of(6, 6L, "a"))),
                        new Harness.Step.Time(11), // nothing has changed
                        new Harness.Step.Rows(
                                List.of(TestRow.of(7, 7L, "c"), TestRow.of(8, 8L, "d"))),
                        new Harness.Step.Time(12),
                        new Harness.Step.Time(15),
                        new Harness.Step.Rows(List.of(TestRow.of(9, 9L, "e"))));
        for (Harness.Manner manner : Harness.Manner.values()) {
            List<TestRow> rows = Harness.run(new LogicalPlan(plan, List.of()), steps, manner);
            assertEquals(
                    List.of(
                            RowKind.INSERT,
                            RowKind.UPDATE_BEFORE,
                            RowKind.UPDATE_AFTER,
                            RowKind.ERROR),
                    rows.stream().map(TestRow::kind).toList(),
                    "" + manner);
            assertEquals(List.of(0L, 10L, "d"), rows.get(2).values());
            assertEquals(RowError.LATE, rows.get(3).code());
        }
    }
}
