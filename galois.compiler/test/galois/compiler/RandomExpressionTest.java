package galois.compiler;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Filters and projections from a seed give the rows that plain Java gives. */
class RandomExpressionTest {
    private static final int PLANS = 150;

    @Test
    void agreesWithPlainJava() {
        long first = Long.getLong("galois.seed", 1);
        for (long seed = first; seed < first + PLANS; seed++) {
            check(seed);
        }
    }

    private static void check(long seed) {
        RandomPlans random = new RandomPlans(seed);
        LogicalOp plan = new LogicalOp.Source("in", RandomPlans.SCHEMA, -1);
        plan = new LogicalOp.Filter(plan, random.condition(3));
        List<Expr> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < 1 + random.pick(5); i++) {
            FieldType type = random.type();
            expressions.add(random.expression(type, 3));
            fields.add(new Field("f" + i, type));
        }
        plan = new LogicalOp.Project(plan, expressions, new Schema(fields));
        LogicalPlan whole = new LogicalPlan(plan, random.parameters());
        List<Harness.Step> steps = List.of(new Harness.Step.Rows(random.rows(60)));
        List<TestRow> expected = new ReferenceKernel(whole).run(steps);
        Harness.Manner[] manners = Harness.Manner.values();
        Harness.Manner manner = manners[(int) (seed % manners.length)];
        List<TestRow> actual = Harness.run(whole, steps, manner);
        Agreement.check(expected, actual, "seed " + seed + ", " + manner + ", " + whole);
    }
}
