package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Window;
import galois.api.plan.WindowBound;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Repeated rows, with the bounds of windows, as plain Java gives them, however they are driven. */
class RandomRepeatTest {
    private static final int PLANS = 60;
    private static final int TIME_FIELD = 9;

    @Test
    void agreesWithPlainJava() {
        long first = Long.getLong("galois.seed", 1);
        int rows = 0;
        for (long seed = first; seed < first + PLANS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            LogicalPlan plan = plan(random);
            List<Harness.Step> steps = RandomAggregateTest.steps(random);
            List<TestRow> expected = new ReferenceKernel(plan).run(steps);
            rows += expected.size();
            for (Harness.Manner manner : Harness.Manner.values()) {
                if (manner != Harness.Manner.COMPILED || seed % 8 == 0) {
                    String what = "seed " + seed + ", " + manner + ", " + plan;
                    Agreement.check(expected, Harness.run(plan, steps, manner), what);
                }
            }
        }
        assertTrue(rows > PLANS, "most plans give no row");
    }

    private static LogicalPlan plan(RandomPlans random) {
        LogicalOp plan = new LogicalOp.Source("in", RandomPlans.SCHEMA, TIME_FIELD);
        if (random.pick(3) == 0) {
            plan = new LogicalOp.Filter(plan, random.condition(2));
        }
        long slide = 1 + random.pick(6);
        long size = 1 + random.pick(20);
        Window window = Window.hop(TIME_FIELD, size, slide, random.pick(9) - 4);
        long windows = WindowBound.windows(window.sizeUs(), window.slideUs());
        LogicalOp.Repeat repeat = LogicalOp.Repeat.of(plan, windows);
        Expr copy =
                windows > 1 || random.pick(2) == 0
                        ? Exprs.column(repeat.copy(), FieldType.BIGINT)
                        : null;
        Expr time = Exprs.column(TIME_FIELD, FieldType.TIMESTAMP);
        Expr end = WindowBound.call(Function.WINDOW_END, time, window, copy);
        List<Expr> outputs = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int field = 0; field < repeat.schema().size(); field++) {
            if (field == TIME_FIELD || random.pick(2) == 0) {
                outputs.add(Exprs.column(field, repeat.schema().type(field)));
                fields.add(repeat.schema().field(field));
            }
        }
        int at = outputs.size();
        outputs.add(WindowBound.call(Function.WINDOW_START, time, window, copy));
        outputs.add(end);
        outputs.add(new Expr.Call(Function.WINDOW_TIME, List.of(end), FieldType.TIMESTAMP));
        for (String name : List.of("window_start", "window_end", "window_time")) {
            fields.add(new Field(name, FieldType.TIMESTAMP));
        }
        plan = new LogicalOp.Project(repeat, outputs, new Schema(fields));
        if (random.pick(2) == 0) {
            Expr bound = Exprs.column(at + 1, FieldType.TIMESTAMP);
            int timeAt = fields.indexOf(repeat.schema().field(TIME_FIELD));
            Expr now = Exprs.column(timeAt, FieldType.TIMESTAMP);
            plan = new LogicalOp.Filter(plan, Exprs.test(Function.LESS, now, bound));
        }
        return new LogicalPlan(plan, random.parameters());
    }
}
