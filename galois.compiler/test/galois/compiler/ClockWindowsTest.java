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
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Windows that processing time completes. */
class ClockWindowsTest {
    private static final int PLANS = 15;
    private static final int TIME_FIELD = 9;

    @Test
    void theyAreThoseOfEventTimeWhileNoRowIsLate() {
        long first = Long.getLong("galois.seed", 1);
        for (long seed = first; seed < first + PLANS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            Window window = Window.tumble(TIME_FIELD, 1 + random.pick(20), random.pick(5));
            if (seed % 3 == 0) {
                window = Window.hop(TIME_FIELD, 1 + random.pick(20), 1 + random.pick(20), 0);
            }
            boolean isSession = seed % 3 == 1;
            if (isSession) {
                window = Window.session(TIME_FIELD, 1 + random.pick(20));
            }
            Window given = window;
            LogicalOp source = new LogicalOp.Source("in", RandomPlans.SCHEMA, TIME_FIELD);
            LogicalPlan plan = RandomAggregateTest.plan(random, source, r -> given);
            List<Harness.Step> steps = new ArrayList<>();
            List<Harness.Step> byClock = new ArrayList<>();
            long now = 100;
            for (int round = 0; round < 6; round++) {
                List<TestRow> rows = new ArrayList<>();
                for (TestRow row : random.rows(random.pick(12))) {
                    now += random.pick(8);
                    List<Object> values = new ArrayList<>(row.values());
                    values.set(TIME_FIELD, now);
                    rows.add(new TestRow(0, 0, now, values));
                }
                steps.add(new Harness.Step.Rows(rows));
                byClock.add(new Harness.Step.Rows(rows));
                steps.add(new Harness.Step.Time(now));
                byClock.add(new Harness.Step.Time(now + 50));
                byClock.add(new Harness.Step.Clock(now));
            }
            steps.add(new Harness.Step.Time(Long.MAX_VALUE));
            byClock.add(new Harness.Step.Time(Long.MAX_VALUE));
            List<TestRow> expected = new ReferenceKernel(plan).run(steps);
            LogicalPlan other = new LogicalPlan(byClock(plan.root()), plan.parameters());
            for (Harness.Manner manner : Harness.Manner.values()) {
                if (manner != Harness.Manner.COMPILED || seed % 8 == 0) {
                    String what = "seed " + seed + ", " + manner + ", " + other;
                    List<TestRow> actual = Harness.run(other, byClock, manner);
                    Agreement.check(
                            isSession ? RandomAggregateTest.sorted(expected) : expected,
                            isSession ? RandomAggregateTest.sorted(actual) : actual,
                            what);
                }
            }
        }
    }

    private static LogicalOp byClock(LogicalOp op) {
        if (op instanceof LogicalOp.WindowAggregate aggregate) {
            return new LogicalOp.WindowAggregate(
                    aggregate.input(),
                    aggregate.window().completedByClock(),
                    aggregate.keys(),
                    aggregate.aggregates(),
                    aggregate.schema());
        }
        return Plans.withInputs(op, op.inputs().stream().map(ClockWindowsTest::byClock).toList());
    }

    @Test
    void aRowThatComesAfterItsWindowIsInTheOneThatIsOpen() {
        Schema schema = Schema.of(new Field("p", FieldType.TIMESTAMP));
        LogicalOp plan =
                LogicalOp.WindowAggregate.of(
                        new LogicalOp.Source("in", schema, -1),
                        Window.tumble(0, 10, 0).completedByClock(),
                        List.of(),
                        List.of(new AggregateCall(AggregateFunction.COUNT, -1, FieldType.BIGINT)),
                        List.of("n"));
        List<Harness.Step> steps =
                List.of(
                        new Harness.Step.Rows(List.of(TestRow.of(1, 5L))),
                        new Harness.Step.Clock(12),
                        new Harness.Step.Rows(List.of(TestRow.of(2, 9L), TestRow.of(3, 13L))),
                        new Harness.Step.Clock(20));
        for (Harness.Manner manner : Harness.Manner.values()) {
            List<TestRow> rows = Harness.run(new LogicalPlan(plan, List.of()), steps, manner);
            assertEquals(
                    List.of(List.of(0L, 10L, 1L), List.of(10L, 20L, 2L)),
                    rows.stream().map(TestRow::values).toList(),
                    "" + manner);
        }
    }
}
