package galois.compiler;

import galois.api.plan.AggregateCall;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Over;
import galois.api.plan.OverCall;
import galois.api.plan.OverFrame;
import galois.api.plan.OverFunction;
import galois.api.plan.Plans;
import galois.api.plan.SortKey;
import galois.batch.FieldType;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** OVER from a seed gives the rows that plain Java gives, however the kernel is driven. */
class RandomOverTest {
    private static final int PLANS = 100;
    private static final int TIME_FIELD = 9;

    @Test
    void agreesWithPlainJava() {
        long first = Long.getLong("galois.seed", 1);
        for (long seed = first; seed < first + PLANS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            LogicalPlan plan = plan(random);
            int ports = Plans.sources(plan.root()).size();
            List<Harness.Step> steps = random.spread(RandomAggregateTest.steps(random), ports);
            List<TestRow> expected = new ReferenceKernel(plan).run(steps);
            for (Harness.Manner manner : Harness.Manner.values()) {
                if (manner != Harness.Manner.COMPILED || seed % 8 == 0) {
                    String what = "seed " + seed + ", " + manner + ", " + plan;
                    Agreement.check(expected, Harness.run(plan, steps, manner), what);
                }
            }
        }
    }

    private static LogicalPlan plan(RandomPlans random) {
        LogicalOp plan = random.input(TIME_FIELD);
        if (random.pick(3) == 0) {
            plan = new LogicalOp.Filter(plan, random.condition(2));
        }
        plan = over(plan, random);
        if (random.pick(3) == 0) {
            Expr field = Exprs.column(3, FieldType.BIGINT);
            plan = new LogicalOp.Filter(plan, Exprs.test(Function.IS_NOT_NULL, field));
        }
        return new LogicalPlan(plan, random.parameters());
    }

    private static Over over(LogicalOp input, RandomPlans random) {
        List<Integer> partition = new ArrayList<>();
        List<SortKey> order = new ArrayList<>();
        for (int field = 0; field < TIME_FIELD; field++) {
            if (random.pick(9) == 0) {
                partition.add(0, field);
            }
            if (random.pick(7) == 0) {
                order.add(new SortKey(field, random.pick(2) == 0, random.pick(2) == 0));
            }
        }
        boolean goesOn = random.pick(2) == 0;
        boolean isByTime = goesOn || random.pick(3) == 0;
        if (isByTime) {
            order.add(0, SortKey.ascending(TIME_FIELD));
        }
        List<OverCall> calls = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= random.pick(5); i++) {
            OverCall call = call(random, goesOn, isByTime);
            if (!goesOn || call.looksBack()) {
                calls.add(call);
                names.add("o" + i);
            }
        }
        Over over = Over.of(input, partition, order, calls, names);
        if (random.pick(6) == 0) {
            over = over.each(1 + random.pick(4), 1 + random.pick(3));
        }
        if (goesOn) {
            return over.goingOn(random.pick(3));
        }
        return random.pick(2) == 0 ? over.at(TIME_FIELD, random.pick(5)) : over;
    }

    private static OverCall call(RandomPlans random, boolean goesOn, boolean isByTime) {
        OverFunction[] all = OverFunction.values();
        OverFunction function = all[random.pick(all.length + 3) % all.length];
        function = random.pick(2) == 0 ? OverFunction.AGGREGATE : function;
        OverFrame frame = frame(random, goesOn, isByTime);
        switch (function) {
            case ROW_NUMBER, RANK, DENSE_RANK -> {
                return OverCall.ranking(function);
            }
            case AGGREGATE -> {
                AggregateCall aggregate = RandomAggregateTest.call(random);
                return OverCall.of(aggregate, frame);
            }
            default -> {
                int field = random.pick(TIME_FIELD + 1);
                FieldType type = RandomPlans.SCHEMA.type(field);
                int offset =
                        switch (function) {
                            case LAG, LEAD -> random.pick(4);
                            case NTH_VALUE -> 1 + random.pick(3);
                            default -> 0;
                        };
                OverFrame read = function.isOfFrame() ? frame : OverFrame.USUAL;
                return new OverCall(function, field, offset, read, null, type);
            }
        }
    }

    private static OverFrame frame(RandomPlans random, boolean goesOn, boolean isByTime) {
        int kind = random.pick(6);
        if (kind == 0) {
            return OverFrame.USUAL;
        }
        if (kind == 1 && isByTime) {
            return OverFrame.range(random.pick(30));
        }
        int least = goesOn ? 0 : -3;
        long preceding = kind == 2 ? OverFrame.UNBOUNDED : random.pick(7) + least;
        long following = kind == 3 && !goesOn ? OverFrame.UNBOUNDED : random.pick(4) - 3 - least;
        return new OverFrame(OverFrame.Unit.ROWS, preceding, following);
    }
}
