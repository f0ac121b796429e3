package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.kernel.TimeDomain;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.JoinKind;
import galois.api.plan.JoinMode;
import galois.api.plan.JoinTime;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.batch.FieldType;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Joins from a seed give the rows that plain Java gives, however the kernel is driven. */
class RandomJoinTest {
    private static final int PLANS = 120;
    private static final int LOOKUPS = 40;
    private static final int ASOFS = 80;
    private static final int TIME_FIELD = 9;
    private static final int FIELDS = RandomPlans.SCHEMA.size();

    /** Fields that are equal often enough. */
    private static final List<Integer> KEYS = List.of(0, 1, 5, 7);

    @Test
    void agreesWithPlainJava() {
        long first = Long.getLong("galois.seed", 1);
        int rows = 0;
        for (long seed = first; seed < first + PLANS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            boolean isTimed = random.pick(2) == 0;
            LogicalPlan plan = plan(random, isTimed, false);
            List<Harness.Step> steps = isTimed ? timed(random) : rightFirst(random);
            rows += check(seed, plan, steps);
        }
        assertTrue(rows > PLANS, "most joins find no row");
    }

    @Test
    void lookupsAgreeWithPlainJava() {
        long first = Long.getLong("galois.seed", 1);
        int rows = 0;
        for (long seed = first; seed < first + LOOKUPS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            LogicalPlan plan = plan(random, false, true);
            rows += check(seed, plan, versions(random));
        }
        assertTrue(rows > LOOKUPS, "most lookups find no row");
    }

    @Test
    void nearestRowsAgreeWithPlainJava() {
        long first = Long.getLong("galois.seed", 1);
        int rows = 0;
        for (long seed = first; seed < first + ASOFS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            boolean isTimed = random.pick(3) > 0;
            LogicalPlan plan = asof(random, isTimed);
            List<Harness.Step> steps = isTimed ? timed(random) : rightFirst(random);
            rows += check(seed, plan, steps);
        }
        assertTrue(rows > ASOFS, "most ASOF joins find no row");
    }

    private static LogicalPlan asof(RandomPlans random, boolean isTimed) {
        LogicalOp left = new LogicalOp.Source("l", RandomPlans.SCHEMA, TIME_FIELD);
        LogicalOp right = new LogicalOp.Source("r", RandomPlans.SCHEMA, TIME_FIELD);
        List<Function> orders =
                List.of(
                        Function.GREATER_OR_EQUAL,
                        Function.GREATER,
                        Function.LESS_OR_EQUAL,
                        Function.LESS);
        Function order = orders.get(random.pick(isTimed ? 2 : 4));
        int field = isTimed || random.pick(2) == 0 ? TIME_FIELD : 3;
        List<Expr> conjuncts = new ArrayList<>();
        conjuncts.add(compare(order, field, FIELDS + field));
        for (int i = random.pick(3); i > 0; i--) {
            int key = KEYS.get(random.pick(KEYS.size()));
            conjuncts.add(compare(Function.EQUAL, key, FIELDS + key));
        }
        Expr condition =
                conjuncts.size() == 1
                        ? conjuncts.get(0)
                        : Exprs.test(Function.AND, conjuncts.toArray(Expr[]::new));
        JoinKind kind = random.pick(2) == 0 ? JoinKind.INNER : JoinKind.LEFT;
        long leftKeep = random.pick(5);
        long rightKeep = leftKeep + random.pick(4);
        JoinTime time = isTimed ? new JoinTime(TIME_FIELD, TIME_FIELD, leftKeep, rightKeep) : null;
        LogicalOp plan =
                LogicalOp.Join.of(left, right, kind, condition).within(time).in(JoinMode.ASOF);
        if (random.pick(2) == 0) {
            int last = plan.schema().size() - 2;
            Expr column = Exprs.column(last, plan.schema().type(last));
            plan = new LogicalOp.Filter(plan, Exprs.test(Function.IS_NOT_NULL, column));
        }
        return new LogicalPlan(plan, random.parameters());
    }

    private static int check(long seed, LogicalPlan plan, List<Harness.Step> steps) {
        List<TestRow> expected = new ReferenceKernel(plan).run(steps);
        for (Harness.Manner manner : Harness.Manner.values()) {
            if (manner != Harness.Manner.COMPILED || seed % 8 == 0) {
                String what = "seed " + seed + ", " + manner + ", " + plan;
                Agreement.check(expected, Harness.run(plan, steps, manner), what);
            }
        }
        return expected.size();
    }

    private static LogicalPlan plan(RandomPlans random, boolean isTimed, boolean isLookup) {
        LogicalOp left = new LogicalOp.Source("l", RandomPlans.SCHEMA, TIME_FIELD);
        LogicalOp right = new LogicalOp.Source("r", RandomPlans.SCHEMA, TIME_FIELD);
        if (random.pick(4) == 0) {
            left = new LogicalOp.Filter(left, random.condition(1));
        }
        if (random.pick(4) == 0) {
            right = new LogicalOp.Filter(right, random.condition(1));
        }
        JoinKind kind = JoinKind.values()[random.pick(JoinKind.values().length)];
        if (isLookup && kind.keepsUnmatched(1)) {
            kind = JoinKind.LEFT;
        }
        List<Expr> conjuncts = new ArrayList<>();
        for (int i = random.pick(3); i > 0; i--) {
            int key = KEYS.get(random.pick(KEYS.size()));
            conjuncts.add(compare(Function.EQUAL, key, FIELDS + key));
        }
        JoinTime time = null;
        if (isTimed) {
            long low = random.pick(20) - 10;
            long high = low + random.pick(15);
            conjuncts.add(later(Function.GREATER_OR_EQUAL, low));
            conjuncts.add(later(Function.LESS_OR_EQUAL, high));
            time = new JoinTime(TIME_FIELD, TIME_FIELD, high, -low);
        }
        if (random.pick(3) == 0) {
            conjuncts.add(compare(Function.LESS, 3, FIELDS + 4));
        }
        if (random.pick(4) == 0) {
            conjuncts.add(canFail());
        }
        if (conjuncts.isEmpty()) {
            conjuncts.add(compare(Function.LESS, 2, FIELDS + 1));
        }
        Expr condition =
                conjuncts.size() == 1
                        ? conjuncts.get(0)
                        : Exprs.test(Function.AND, conjuncts.toArray(Expr[]::new));
        LogicalOp.Join join = LogicalOp.Join.of(left, right, kind, condition);
        LogicalOp plan = isLookup ? join.lookup() : join.within(time);
        if (random.pick(2) == 0) {
            int last = plan.schema().size() - 2;
            Expr field = Exprs.column(last, plan.schema().type(last));
            plan = new LogicalOp.Filter(plan, Exprs.test(Function.IS_NOT_NULL, field));
        }
        return new LogicalPlan(plan, random.parameters());
    }

    private static Expr compare(Function function, int left, int right) {
        return Exprs.test(function, column(left), column(right));
    }

    private static Expr column(int field) {
        return Exprs.column(field, RandomPlans.SCHEMA.type(field % FIELDS));
    }

    /** How the time of the right row is to that of the left. */
    private static Expr later(Function function, long byUs) {
        FieldType type = FieldType.BIGINT;
        Expr left = Exprs.call(Function.CAST, type, column(TIME_FIELD));
        Expr right = Exprs.call(Function.CAST, type, column(FIELDS + TIME_FIELD));
        Expr by = Exprs.literal(type, Long.toString(byUs));
        return Exprs.test(function, right, Exprs.call(Function.PLUS, type, left, by));
    }

    private static Expr canFail() {
        FieldType type = FieldType.BIGINT;
        Expr quotient = Exprs.call(Function.DIVIDE, type, column(3), column(FIELDS + 4));
        return Exprs.test(Function.LESS, quotient, Exprs.literal(type, "5"));
    }

    private static List<TestRow> rows(RandomPlans random, int count, long[] now) {
        List<TestRow> rows = new ArrayList<>();
        for (TestRow row : random.rows(count)) {
            now[0] += random.pick(4);
            List<Object> values = new ArrayList<>(row.values());
            values.set(TIME_FIELD, random.pick(10) == 0 ? null : (Object) now[0]);
            rows.add(new TestRow(0, 0, now[0], values));
        }
        return rows;
    }

    /** A join without bound in time gets all of its right side first. */
    private static List<Harness.Step> rightFirst(RandomPlans random) {
        long[] now = {0};
        List<Harness.Step> steps = new ArrayList<>();
        steps.add(new Harness.Step.Rows(1, rows(random, random.pick(20), now)));
        steps.add(new Harness.Step.Rows(0, rows(random, random.pick(20), now)));
        steps.add(new Harness.Step.Time(now[0]));
        steps.add(new Harness.Step.Rows(0, rows(random, random.pick(10), now)));
        steps.add(new Harness.Step.Time(Long.MAX_VALUE));
        return steps;
    }

    /** Versions of a table, some without end, some without rows, and rows of the stream between. */
    private static List<Harness.Step> versions(RandomPlans random) {
        long[] now = {1_000};
        long version = 0;
        List<Harness.Step> steps = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            version += 1 + random.pick(3);
            for (int part = random.pick(3); part > 0; part--) {
                steps.add(new Harness.Step.Rows(0, rows(random, random.pick(5), now)));
                List<TestRow> rows = new ArrayList<>();
                for (TestRow row : rows(random, random.pick(9), new long[] {0})) {
                    rows.add(new TestRow(0, 0, version, row.values()));
                }
                steps.add(new Harness.Step.Rows(1, rows));
            }
            if (random.pick(4) > 0) {
                steps.add(new Harness.Step.Time(TimeDomain.TABLE, version));
            }
            steps.add(new Harness.Step.Rows(0, rows(random, random.pick(5), now)));
            steps.add(new Harness.Step.Time(now[0]));
        }
        steps.add(new Harness.Step.Time(TimeDomain.TABLE, Long.MAX_VALUE));
        steps.add(new Harness.Step.Rows(0, rows(random, 5, now)));
        steps.add(new Harness.Step.Time(Long.MAX_VALUE));
        return steps;
    }

    private static List<Harness.Step> timed(RandomPlans random) {
        long[] now = {-20};
        List<Harness.Step> steps = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            steps.add(new Harness.Step.Rows(random.pick(2), rows(random, random.pick(8), now)));
            if (random.pick(3) == 0) {
                steps.add(new Harness.Step.Time(now[0] - random.pick(10)));
                now[0] -= random.pick(8);
            }
        }
        steps.add(new Harness.Step.Time(Long.MAX_VALUE));
        return steps;
    }
}
