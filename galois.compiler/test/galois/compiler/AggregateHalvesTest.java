package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.kernel.KernelModule;
import galois.api.plan.AggregateFunction;
import galois.api.plan.AggregateHalves;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.plan.Window;
import galois.batch.RowKind;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Aggregates from a seed, cut in two, give the rows that the whole gives in plain Java. */
class AggregateHalvesTest {
    private static final int PLANS = 40;

    /** Digits of doubles that are compared: merged sums are rounded at other places. */
    private static final MathContext DIGITS = new MathContext(9);

    private static final LogicalOp SOURCE =
            new LogicalOp.Source("in", RandomPlans.SCHEMA, RandomAggregateTest.TIME_FIELD);

    @Test
    void oneFirstHalfAndASecondAreTheWhole() {
        long first = Long.getLong("galois.seed", 1);
        for (long seed = first; seed < first + PLANS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            LogicalPlan plan = RandomAggregateTest.plan(random, SOURCE);
            if (isSession(plan)) {
                continue;
            }
            check(plan, RandomAggregateTest.steps(random), 1, "seed " + seed + ", " + plan);
        }
    }

    @Test
    void severalFirstHalvesAndASecondAreTheWhole() {
        long first = Long.getLong("galois.seed", 1);
        int cut = 0;
        for (long seed = first; seed < first + 3 * PLANS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            LogicalPlan plan = RandomAggregateTest.plan(random, SOURCE);
            if (AggregateHalves.obstacle(whole(plan), false) == null && !overflows(plan)) {
                cut++;
                List<Harness.Step> steps = RandomAggregateTest.steps(random);
                check(plan, steps, 2 + (int) (seed % 2), "seed " + seed + ", " + plan);
            }
        }
        assertTrue(cut > 8, cut + " plans");
    }

    /** Which row of a sum does not fit depends on the order of the rows. */
    private static boolean overflows(LogicalPlan plan) {
        return whole(plan).aggregates().stream()
                .anyMatch(call -> call.function() == AggregateFunction.SUM);
    }

    private static boolean isSession(LogicalPlan plan) {
        return RandomAggregateTest.window(plan).kind() == Window.Kind.SESSION;
    }

    private static LogicalOp.WindowAggregate whole(LogicalPlan plan) {
        return (LogicalOp.WindowAggregate)
                Plans.chain(plan.root()).stream()
                        .filter(LogicalOp.WindowAggregate.class::isInstance)
                        .findFirst()
                        .orElseThrow();
    }

    private static void check(LogicalPlan plan, List<Harness.Step> steps, int parts, String what) {
        List<String> expected = texts(new ReferenceKernel(plan).run(steps));
        LogicalOp.WindowAggregate whole = whole(plan);
        LogicalOp part = LogicalOp.PartialAggregate.of(whole.input(), whole);
        LogicalOp kept = new LogicalOp.Source("kept", part.schema(), -1);
        LogicalOp last = over(plan.root(), whole, LogicalOp.FinalAggregate.of(kept, whole));
        WasmKernelCompiler compiler = new WasmKernelCompiler();
        KernelModule first = compiler.compile(new LogicalPlan(part, plan.parameters()));
        KernelModule second = compiler.compile(new LogicalPlan(last, plan.parameters()));
        for (Harness.Manner manner : Harness.Manner.values()) {
            boolean isSlow = manner == Harness.Manner.COMPILED;
            if (!isSlow || steps.hashCode() % 8 == 0) {
                List<TestRow> rows = run(first, second, plan.parameters(), steps, parts, manner);
                assertEquals(expected, texts(rows), manner + ", " + what);
            }
        }
    }

    /** The operators above the whole, above another. */
    private static LogicalOp over(LogicalOp op, LogicalOp whole, LogicalOp other) {
        return op == whole ? other : Plans.withInput(op, over(op.inputs().get(0), whole, other));
    }

    /** Rows are dealt out one by one; time passes in all first halves, then in the second. */
    private static List<TestRow> run(
            KernelModule first,
            KernelModule second,
            List<Expr.Literal> parameters,
            List<Harness.Step> steps,
            int parts,
            Harness.Manner manner) {
        List<Harness> halves = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            halves.add(new Harness(first, parameters, manner));
            taken.add(0);
        }
        Harness last = new Harness(second, parameters, manner);
        List<TestRow> results = new ArrayList<>();
        for (Harness.Step step : steps) {
            List<TestRow> kept = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                List<TestRow> all = halves.get(i).run(List.of(dealt(step, i, parts)));
                kept.addAll(all.subList(taken.get(i), all.size()));
                taken.set(i, all.size());
            }
            kept.removeIf(row -> row.kind() == RowKind.ERROR);
            results = last.run(List.of(new Harness.Step.Rows(kept)));
            if (step instanceof Harness.Step.Time) {
                results = last.run(List.of(step));
            }
        }
        return results;
    }

    private static Harness.Step dealt(Harness.Step step, int part, int parts) {
        if (!(step instanceof Harness.Step.Rows rows)) {
            return step;
        }
        List<TestRow> own = new ArrayList<>();
        for (int i = part; i < rows.rows().size(); i += parts) {
            own.add(rows.rows().get(i));
        }
        return new Harness.Step.Rows(own);
    }

    /** Rows without errors, in an order of their own. */
    private static List<String> texts(List<TestRow> rows) {
        return rows.stream()
                .filter(row -> row.kind() != RowKind.ERROR)
                .map(
                        row ->
                                row.time()
                                        + " "
                                        + row.values().stream()
                                                .map(AggregateHalvesTest::text)
                                                .toList())
                .sorted()
                .toList();
    }

    private static String text(Object value) {
        if (!(value instanceof Double real) || real.isNaN() || real.isInfinite() || real == 0) {
            return String.valueOf(value);
        }
        return new BigDecimal(real).round(DIGITS).toString();
    }
}
