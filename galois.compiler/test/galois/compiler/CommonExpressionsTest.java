package galois.compiler;

import static galois.compiler.Exprs.call;
import static galois.compiler.Exprs.column;
import static galois.compiler.Exprs.literal;
import static galois.compiler.Exprs.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** What is written several times is computed once, and no row notices. */
class CommonExpressionsTest {
    private static final int PLANS = 100;

    private static final Expr B = column(0, FieldType.BOOLEAN);
    private static final Expr L = column(3, FieldType.BIGINT);
    private static final Expr S = column(7, FieldType.VARCHAR);
    private static final Expr TEXT = call(Function.CAST, FieldType.VARCHAR, L);
    private static final Expr NUMBER = call(Function.CAST, FieldType.BIGINT, S);
    private static final Expr NINE = literal(FieldType.VARCHAR, "9");
    private static final Expr TEXT_TEST = test(Function.LESS, TEXT, NINE);
    private static final Expr NUMBER_TEST =
            test(Function.GREATER, NUMBER, literal(FieldType.BIGINT, "9"));

    @Test
    void isComputedOnceBehindTheConditionsThatDoNotNeedIt() {
        List<Stage> stages = split(List.of(B, TEXT_TEST), List.of(L, TEXT));
        assertEquals(2, stages.size());
        assertEquals(List.of(B), stages.get(0).conditions());
        assertEquals(List.of(L, TEXT), stages.get(0).projection());
        assertEquals(
                List.of(test(Function.LESS, column(1, FieldType.VARCHAR), NINE)),
                stages.get(1).conditions());
        assertEquals(
                List.of(column(0, FieldType.BIGINT), column(1, FieldType.VARCHAR)),
                stages.get(1).projection());
    }

    @Test
    void staysWhereNoRowIsSureToNeedIt() {
        Expr choice = call(Function.CASE, FieldType.VARCHAR, B, TEXT, NINE);
        Expr other = call(Function.CASE, FieldType.VARCHAR, B, TEXT, S);
        assertEquals(1, split(List.of(), List.of(choice, other)).size());
        assertEquals(2, split(List.of(), List.of(choice, TEXT)).size());
    }

    @Test
    void whatIsCheapOrWrittenOnceStays() {
        Expr sum = call(Function.PLUS, FieldType.BIGINT, L, L);
        assertEquals(1, split(List.of(), List.of(sum, sum, sum, TEXT)).size());
    }

    @Test
    void errorsComeWhenTheyCame() {
        // The first thing that is computed: it may be computed before.
        assertEquals(2, split(List.of(NUMBER_TEST, B), List.of(NUMBER)).size());
        assertEquals(2, split(List.of(), List.of(TEXT, NUMBER, NUMBER)).size());
        // Not always computed, or behind what may fail.
        Expr other = test(Function.OR, B, NUMBER_TEST);
        assertEquals(1, split(List.of(other), List.of(NUMBER)).size());
        Expr sum = call(Function.PLUS, FieldType.BIGINT, L, L);
        assertEquals(1, split(List.of(), List.of(sum, NUMBER, NUMBER)).size());
    }

    @Test
    void partsOfWhatIsSharedAreSharedToo() {
        Expr back = call(Function.CAST, FieldType.BIGINT, TEXT);
        List<Stage> stages = split(List.of(), List.of(back, back, TEXT));
        long texts =
                stages.stream()
                        .flatMap(stage -> stage.projection().stream())
                        .filter(TEXT::equals)
                        .count();
        assertEquals(1, texts, stages::toString);
        assertEquals(3, stages.size());
    }

    @Test
    void manyUsesAreFoundInTime() {
        List<Expr> options = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            options.add(test(Function.EQUAL, TEXT, literal(FieldType.VARCHAR, "" + i)));
        }
        List<Stage> stages =
                split(List.of(new Expr.Call(Function.OR, options, FieldType.BOOLEAN)), List.of(L));
        assertEquals(2, stages.size());
        assertEquals(List.of(L, TEXT), stages.get(0).projection());
    }

    @Test
    void agreesWithPlainJava() {
        long first = Long.getLong("galois.seed", 1);
        int split = 0;
        for (long seed = first; seed < first + PLANS; seed++) {
            RandomPlans random = new RandomPlans(seed);
            LogicalOp source = new LogicalOp.Source("in", RandomPlans.SCHEMA, -1);
            List<Expr> pool =
                    List.of(
                            call(Function.CAST, FieldType.VARCHAR, expression(random)),
                            call(Function.CAST, FieldType.VARCHAR, L),
                            NUMBER,
                            call(Function.CAST, FieldType.BIGINT, TEXT));
            LogicalOp plan = new LogicalOp.Filter(source, condition(random, pool, 2));
            List<Expr> expressions = new ArrayList<>();
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < 1 + random.pick(4); i++) {
                Expr shared = pool.get(random.pick(pool.size()));
                Expr chosen =
                        random.pick(2) == 0
                                ? shared
                                : call(
                                        Function.CASE,
                                        shared.type(),
                                        condition(random, pool, 1),
                                        shared,
                                        shared.type() == FieldType.VARCHAR ? S : L);
                expressions.add(chosen);
                fields.add(new Field("f" + i, chosen.type()));
            }
            plan = new LogicalOp.Project(plan, expressions, new Schema(fields));
            LogicalPlan whole = new LogicalPlan(plan, random.parameters());
            split +=
                    Stage.of(RandomPlans.SCHEMA, List.of(plan.inputs().get(0), plan)).size() > 1
                            ? 1
                            : 0;
            List<Harness.Step> steps = List.of(new Harness.Step.Rows(random.rows(60)));
            List<TestRow> expected = new ReferenceKernel(whole).run(steps);
            Harness.Manner[] manners = Harness.Manner.values();
            Harness.Manner manner = manners[(int) (seed % manners.length)];
            List<TestRow> actual = Harness.run(whole, steps, manner);
            Agreement.check(expected, actual, "seed " + seed + ", " + manner + ", " + whole);
        }
        assertTrue(split > PLANS / 4, split + " plans shared something");
    }

    private static Expr expression(RandomPlans random) {
        return random.expression(
                random.pick(2) == 0 ? FieldType.INTEGER : FieldType.BIGINT, random.pick(3));
    }

    private static Expr condition(RandomPlans random, List<Expr> pool, int depth) {
        Expr shared = pool.get(random.pick(pool.size()));
        return switch (depth == 0 ? random.pick(3) : random.pick(6)) {
            case 0 -> test(Function.IS_NOT_NULL, shared);
            case 1 ->
                    test(
                            Function.LESS,
                            shared,
                            shared.type() == FieldType.VARCHAR
                                    ? NINE
                                    : literal(FieldType.BIGINT, "5"));
            case 2 -> random.condition(1);
            case 3 ->
                    test(
                            Function.OR,
                            condition(random, pool, depth - 1),
                            condition(random, pool, depth - 1));
            default ->
                    test(
                            Function.AND,
                            condition(random, pool, depth - 1),
                            condition(random, pool, depth - 1));
        };
    }

    private static List<Stage> split(List<Expr> conditions, List<Expr> projection) {
        List<Field> fields = new ArrayList<>();
        projection.forEach(expr -> fields.add(new Field("f", expr.type())));
        return CommonExpressions.split(
                new Stage(RandomPlans.SCHEMA, conditions, projection, new Schema(fields)));
    }
}
