package galois.compiler;

import static galois.api.plan.Function.IS_NOT_NULL;
import static galois.api.plan.Function.WINDOW_END;
import static galois.api.plan.Function.WINDOW_START;
import static galois.api.plan.Function.WINDOW_TIME;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.plan.Ranking;
import galois.api.plan.SortKey;
import galois.api.plan.Window;
import galois.api.plan.WindowBound;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Sorts from a seed give the rows that plain Java gives, however the kernel is driven. */
class RandomSortTest {
    private static final int PLANS = 60;
    private static final int TIME_FIELD = 9;

    @Test
    void agreesWithPlainJava() {
        check(RandomSortTest::plan);
    }

    @Test
    void firstRowsInWindowsAgreeWithPlainJava() {
        check(RandomSortTest::firstRows);
    }

    private static void check(Function<RandomPlans, LogicalPlan> plans) {
        long first = Long.getLong("galois.seed", 1);
        for (long seed = first; seed < first + PLANS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            LogicalPlan plan = plans.apply(random);
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
        if (random.pick(2) == 0) {
            plan = new LogicalOp.Filter(plan, random.condition(2));
        }
        if (random.pick(8) == 0) {
            long fetch = random.pick(20) - 1;
            plan = LogicalOp.Sort.of(plan, List.of(), random.pick(3), fetch);
        } else {
            plan = sort(plan, random);
        }
        if (random.pick(2) == 0) {
            Expr field = Exprs.column(3, FieldType.BIGINT);
            plan = new LogicalOp.Filter(plan, Exprs.test(IS_NOT_NULL, field));
        }
        return new LogicalPlan(plan, random.parameters());
    }

    private static LogicalOp sort(LogicalOp input, RandomPlans random) {
        List<Integer> partition = new ArrayList<>();
        List<SortKey> order = new ArrayList<>();
        for (int field = 0; field < TIME_FIELD; field++) {
            if (random.pick(8) == 0) {
                partition.add(0, field);
            }
            if (random.pick(4) == 0) {
                order.add(new SortKey(field, random.pick(2) == 0, random.pick(2) == 0));
            }
        }
        List<Field> fields = new ArrayList<>(input.schema().fields());
        List<Ranking> rankings = new ArrayList<>();
        for (Ranking ranking : Ranking.values()) {
            if (random.pick(3) == 0) {
                rankings.add(ranking);
                fields.add(new Field(ranking.name(), FieldType.BIGINT));
            }
        }
        boolean isTimed = random.pick(2) == 0;
        return new LogicalOp.Sort(
                input,
                isTimed ? TIME_FIELD : -1,
                isTimed ? random.pick(5) : 0,
                partition,
                order,
                random.pick(order.size() + 1),
                random.pick(3) == 0 ? Ranking.values()[random.pick(3)] : Ranking.ROW_NUMBER,
                random.pick(3) == 0 ? random.pick(3) : 0,
                random.pick(2) == 0 ? random.pick(5) : -1,
                rankings,
                new Schema(fields));
    }

    /** A few rows without texts of each partition, as ROW_NUMBER over a tumbling window keeps. */
    private static LogicalPlan firstRows(RandomPlans random) {
        LogicalOp plan = random.input(TIME_FIELD);
        if (random.pick(3) == 0) {
            plan = new LogicalOp.Filter(plan, random.condition(1));
        }
        List<Expr> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int field = 0; field < 7; field++) {
            columns.add(Exprs.column(field, RandomPlans.SCHEMA.type(field)));
        }
        Expr time = Exprs.column(TIME_FIELD, FieldType.TIMESTAMP);
        Window window = Window.tumble(TIME_FIELD, 1 + random.pick(20), random.pick(3));
        Expr end = WindowBound.call(WINDOW_END, time, window, null);
        columns.add(time);
        columns.add(WindowBound.call(WINDOW_START, time, window, null));
        columns.add(end);
        columns.add(new Expr.Call(WINDOW_TIME, List.of(end), FieldType.TIMESTAMP));
        columns.forEach(column -> fields.add(new Field("f" + fields.size(), column.type())));
        plan = new LogicalOp.Project(plan, columns, new Schema(fields));
        boolean isTimed = random.pick(4) > 0;
        List<Integer> partition = new ArrayList<>();
        List<SortKey> order = new ArrayList<>();
        for (int field = 0; field < columns.size(); field++) {
            if (random.pick(7) == 0) {
                partition.add(field);
            } else if (random.pick(4) == 0) {
                order.add(
                        random.pick(order.size() + 1),
                        new SortKey(field, random.pick(2) == 0, random.pick(2) == 0));
            }
        }
        List<Ranking> rankings = random.pick(2) == 0 ? List.of() : List.of(Ranking.ROW_NUMBER);
        rankings.forEach(ranking -> fields.add(new Field("place", FieldType.BIGINT)));
        plan =
                new LogicalOp.Sort(
                        plan,
                        isTimed ? 9 : -1,
                        0,
                        partition,
                        order,
                        order.size(),
                        Ranking.ROW_NUMBER,
                        random.pick(4) == 0 ? 1 : 0,
                        1 + random.pick(random.pick(3) == 0 ? 14 : 4),
                        rankings,
                        new Schema(fields));
        List<Expr> results = new ArrayList<>();
        List<Field> names = new ArrayList<>();
        for (int field = 0; field < fields.size(); field++) {
            if (random.pick(3) > 0) {
                results.add(Exprs.column(field, fields.get(field).type()));
                names.add(fields.get(field));
            }
        }
        if (random.pick(4) > 0) {
            plan = new LogicalOp.Project(plan, results, new Schema(names));
        }
        return new LogicalPlan(plan, random.parameters());
    }
}
