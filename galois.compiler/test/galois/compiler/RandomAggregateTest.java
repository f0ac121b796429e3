package galois.compiler;

import static galois.api.plan.Function.IS_NOT_NULL;

import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.plan.Window;
import galois.batch.FieldType;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Aggregates from a seed give the rows that plain Java gives, however the kernel is driven. */
class RandomAggregateTest {
    private static final int PLANS = 120;
    static final int TIME_FIELD = 9;

    private static final List<AggregateFunction> FUNCTIONS =
            java.util.Arrays.stream(AggregateFunction.values())
                    .filter(function -> function != AggregateFunction.APPROX_COUNT_DISTINCT)
                    .filter(function -> function != AggregateFunction.APPROX_QUANTILE)
                    .toList();

    private static final int BOOLEAN_FIELD = 0;
    private static final int TEXT_FIELD = 7;

    @Test
    void agreesWithPlainJava() {
        long first = Long.getLong("galois.seed", 1);
        for (long seed = first; seed < first + PLANS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            LogicalPlan plan = plan(random);
            int ports = Plans.sources(plan.root()).size();
            List<Harness.Step> steps = random.spread(steps(random), ports);
            List<TestRow> expected = new ReferenceKernel(plan).run(steps);
            for (Harness.Manner manner : Harness.Manner.values()) {
                if (manner != Harness.Manner.COMPILED || seed % 8 == 0) {
                    String what = "seed " + seed + ", " + manner + ", " + plan;
                    List<TestRow> actual = Harness.run(plan, steps, manner);
                    boolean ordered = window(plan).kind() != Window.Kind.SESSION;
                    Agreement.check(
                            ordered ? expected : sorted(expected),
                            ordered ? actual : sorted(actual),
                            what);
                }
            }
        }
    }

    static Window window(LogicalPlan plan) {
        return Plans.operators(plan.root()).stream()
                .filter(LogicalOp.WindowAggregate.class::isInstance)
                .map(op -> ((LogicalOp.WindowAggregate) op).window())
                .findFirst()
                .orElseThrow();
    }

    static List<TestRow> sorted(List<TestRow> rows) {
        return rows.stream().sorted(java.util.Comparator.comparing(TestRow::toString)).toList();
    }

    private static LogicalPlan plan(RandomPlans random) {
        return plan(random, random.input(TIME_FIELD));
    }

    static LogicalPlan plan(RandomPlans random, LogicalOp input) {
        return plan(random, input, RandomAggregateTest::window);
    }

    static LogicalPlan plan(
            RandomPlans random, LogicalOp input, Function<RandomPlans, Window> windows) {
        LogicalOp plan = input;
        if (random.pick(2) == 0) {
            plan = new LogicalOp.Filter(plan, random.condition(2));
        }
        Window window = windows.apply(random);
        List<Integer> keys = new ArrayList<>();
        for (int field = 0; field < TIME_FIELD; field++) {
            if (random.pick(5) == 0) {
                keys.add(field);
            }
        }
        List<AggregateCall> calls = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= random.pick(6); i++) {
            calls.add(call(random));
            names.add("a" + i);
        }
        plan = LogicalOp.WindowAggregate.of(plan, window, keys, calls, names);
        if (random.pick(2) == 0) {
            int last = plan.schema().size() - 1;
            Expr result = Exprs.column(last, plan.schema().type(last));
            plan = new LogicalOp.Filter(plan, Exprs.test(IS_NOT_NULL, result));
        }
        return new LogicalPlan(plan, random.parameters());
    }

    private static Window window(RandomPlans random) {
        return switch (random.pick(8)) {
            case 0, 1 -> Window.NONE;
            case 2 -> Window.tumble(TIME_FIELD, 1 + random.pick(20), random.pick(5));
            case 3 -> Window.attached(TIME_FIELD, random.pick(2) * random.pick(20));
            case 4, 5 -> Window.session(TIME_FIELD, 1 + random.pick(12));
            default ->
                    Window.hop(
                            TIME_FIELD, 1 + random.pick(20), 1 + random.pick(20), random.pick(5));
        };
    }

    static AggregateCall call(RandomPlans random) {
        AggregateFunction function = FUNCTIONS.get(random.pick(FUNCTIONS.size()));
        int number = 1 + random.pick(6);
        int field =
                switch (function) {
                    case SUM, AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> number;
                    case EVERY, ANY -> BOOLEAN_FIELD;
                    case BIT_AND, BIT_OR, BIT_XOR -> 1 + random.pick(4);
                    case LISTAGG -> TEXT_FIELD + random.pick(2);
                    case COUNT -> random.pick(2) == 0 ? -1 : random.pick(TIME_FIELD);
                    default -> random.pick(TIME_FIELD);
                };
        FieldType argument = field < 0 ? null : RandomPlans.SCHEMA.type(field);
        FieldType type =
                switch (function) {
                    case COUNT -> FieldType.BIGINT;
                    case SUM -> argument == FieldType.DOUBLE ? FieldType.DOUBLE : FieldType.BIGINT;
                    case AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> FieldType.DOUBLE;
                    default -> argument;
                };
        return new AggregateCall(
                function,
                field,
                function.isBy() ? random.pick(TIME_FIELD) : -1,
                false,
                random.pick(4) == 0 ? BOOLEAN_FIELD : -1,
                function == AggregateFunction.LISTAGG && random.pick(2) == 0 ? ", " : "",
                type);
    }

    /** Times mostly rise; some rows are late, some have none. */
    static List<Harness.Step> steps(RandomPlans random) {
        List<Harness.Step> steps = new ArrayList<>();
        long now = -30;
        for (int round = 0; round < 6; round++) {
            List<TestRow> rows = new ArrayList<>();
            for (TestRow row : random.rows(random.pick(12))) {
                now += random.pick(8);
                List<Object> values = new ArrayList<>(row.values());
                boolean extreme = random.pick(12) == 0;
                values.set(TIME_FIELD, extreme ? values.get(TIME_FIELD) : (Object) now);
                rows.add(new TestRow(0, 0, now, values));
            }
            steps.add(new Harness.Step.Rows(rows));
            steps.add(new Harness.Step.Time(now - 10));
        }
        steps.add(new Harness.Step.Time(Long.MAX_VALUE));
        steps.add(new Harness.Step.Rows(random.rows(2)));
        steps.add(new Harness.Step.Time(Long.MAX_VALUE));
        return steps;
    }
}
