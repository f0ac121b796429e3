package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Over;
import galois.api.plan.OverCall;
import galois.api.plan.OverFrame;
import galois.api.plan.OverFunction;
import galois.api.plan.Ranking;
import galois.api.plan.SortKey;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the generated code is like: its identity and its size. */
class KernelCodeTest {
    private static final FieldType D = FieldType.DOUBLE;

    private static byte[] compile(LogicalPlan plan) {
        return new WasmKernelCompiler().compile(plan).wasm();
    }

    @Test
    void equalTemplatesGiveEqualBytes() {
        assertArrayEquals(compile(PaperPlan.plan()), compile(PaperPlan.plan()));
    }

    @Test
    void parameterValuesAreNotInTheCode() {
        String[] others = new String[18];
        IntStream.range(0, 18).forEach(i -> others[i] = i == 2 || i == 3 ? "5" : "1e3");
        assertArrayEquals(compile(PaperPlan.plan()), compile(PaperPlan.plan(others)));
    }

    @Test
    void sourceNameIsNotInTheCode() {
        LogicalOp a = new LogicalOp.Source("a", PaperPlan.ELEC, -1);
        LogicalOp b = new LogicalOp.Source("b", PaperPlan.ELEC, -1);
        assertArrayEquals(
                compile(new LogicalPlan(a, List.of())), compile(new LogicalPlan(b, List.of())));
    }

    @Test
    void otherPlansGiveOtherCode() {
        LogicalOp source = new LogicalOp.Source("a", PaperPlan.ELEC, -1);
        assertNotEquals(
                new WasmKernelCompiler().compile(PaperPlan.plan()).codeId(),
                new WasmKernelCompiler().compile(new LogicalPlan(source, List.of())).codeId());
    }

    @Test
    void methodsOfThePaperQueryAreSmall() {
        checkSizes(compile(PaperPlan.plan()));
    }

    @Test
    void methodsOfRandomPlansAreSmall() {
        for (long seed = 1000; seed < 1030; seed++) {
            RandomPlans random = new RandomPlans(seed);
            LogicalOp plan = new LogicalOp.Source("in", RandomPlans.SCHEMA, -1);
            plan = new LogicalOp.Filter(plan, random.condition(5));
            List<Expr> expressions = new ArrayList<>();
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                FieldType type = random.type();
                expressions.add(random.expression(type, 5));
                fields.add(new Field("f" + i, type));
            }
            plan = new LogicalOp.Project(plan, expressions, new Schema(fields));
            checkSizes(compile(new LogicalPlan(plan, random.parameters())));
        }
    }

    @Test
    void methodsOfManyConditionsAreSmall() {
        List<Expr> conditions = new ArrayList<>();
        List<Expr.Literal> parameters = new ArrayList<>();
        for (int i = 0; i < 144; i++) {
            parameters.add(Exprs.literal(D, "1"));
            Expr value = Exprs.column(3 + i % 5, D);
            conditions.add(Exprs.test(Function.LESS, value, Exprs.parameter(i, D)));
        }
        LogicalOp plan = new LogicalOp.Source("elec", PaperPlan.ELEC, -1);
        Expr all = Exprs.test(Function.AND, conditions.toArray(Expr[]::new));
        checkSizes(compile(new LogicalPlan(new LogicalOp.Filter(plan, all), parameters)));
    }

    @Test
    void methodsOfAWideAggregateAreSmall() {
        List<Field> fields = new ArrayList<>();
        List<AggregateCall> calls = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            FieldType type = RandomPlans.TYPES.get(i % 6);
            fields.add(new Field("f" + i, type));
            AggregateFunction function =
                    type.isNumeric() && i % 4 == 0 ? AggregateFunction.SUM : AggregateFunction.MAX;
            FieldType result =
                    function == AggregateFunction.MAX || type == D ? type : FieldType.BIGINT;
            calls.add(new AggregateCall(function, i, result));
            names.add("a" + i);
        }
        LogicalOp plan = new LogicalOp.Source("in", new Schema(fields), 5);
        List<Integer> keys = IntStream.range(0, 60).boxed().toList();
        Window window = Window.tumble(5, 60_000_000, 0);
        plan = LogicalOp.WindowAggregate.of(plan, window, keys, calls, names);
        checkSizes(compile(new LogicalPlan(plan, List.of())));
    }

    @Test
    void methodsOfAWideOverAreSmall() {
        List<Field> fields = new ArrayList<>();
        List<OverCall> calls = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            FieldType type = RandomPlans.TYPES.get(i % 6);
            fields.add(new Field("f" + i, type));
            OverFrame frame =
                    i % 3 == 0
                            ? OverFrame.USUAL
                            : i % 3 == 1 ? OverFrame.rows(9) : OverFrame.range(1_000_000);
            AggregateCall max = new AggregateCall(AggregateFunction.MAX, i, type);
            calls.add(
                    i % 2 == 0
                            ? OverCall.of(max, frame)
                            : new OverCall(OverFunction.FIRST_VALUE, i, 0, frame, null, type));
            names.add("o" + i);
        }
        LogicalOp source = new LogicalOp.Source("in", new Schema(fields), 5);
        List<Integer> partition = IntStream.range(6, 30).boxed().toList();
        List<SortKey> order = List.of(SortKey.ascending(5), SortKey.ascending(7));
        LogicalOp plan = Over.of(source, partition, order, calls, names).goingOn(1);
        checkSizes(compile(new LogicalPlan(plan, List.of())));
    }

    @Test
    void methodsOfAWideSortAreSmall() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            fields.add(new Field("f" + i, RandomPlans.TYPES.get(i % 6)));
        }
        LogicalOp source = new LogicalOp.Source("in", new Schema(fields), 5);
        fields.add(new Field("rank", FieldType.BIGINT));
        LogicalOp plan =
                new LogicalOp.Sort(
                        source,
                        5,
                        0,
                        IntStream.range(6, 30).boxed().toList(),
                        IntStream.range(0, 60).mapToObj(SortKey::ascending).toList(),
                        30,
                        Ranking.RANK,
                        0,
                        10,
                        List.of(Ranking.RANK),
                        new Schema(fields));
        checkSizes(compile(new LogicalPlan(plan, List.of())));
    }

    @Test
    void methodsOfTheFirstRowsOfPartitionsAreSmall() {
        for (int rows : new int[] {1, 3, 4, 7}) {
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                FieldType type = i < 5 ? FieldType.BIGINT : D;
                fields.add(new Field("f" + i, i == 5 ? FieldType.TIMESTAMP : type));
            }
            LogicalOp plan = new LogicalOp.Source("in", new Schema(fields), 5);
            Expr all =
                    Exprs.test(
                            Function.AND,
                            IntStream.range(0, 8)
                                    .mapToObj(i -> Exprs.column(6 + i % 3, D))
                                    .map(x -> Exprs.test(Function.LESS, x, Exprs.literal(D, "7")))
                                    .toArray(Expr[]::new));
            plan = new LogicalOp.Filter(plan, all);
            fields.add(new Field("place", FieldType.BIGINT));
            plan =
                    new LogicalOp.Sort(
                            plan,
                            5,
                            0,
                            List.of(0, 1, 2),
                            List.of(SortKey.ascending(6), SortKey.ascending(4)),
                            2,
                            Ranking.ROW_NUMBER,
                            0,
                            rows,
                            List.of(Ranking.ROW_NUMBER),
                            new Schema(fields));
            checkSizes(compile(new LogicalPlan(plan, List.of())));
        }
    }

    @Test
    void methodsOfManyDecimalsAndFunctionsAreSmall() {
        FieldType decimal = FieldType.decimal(18, 4);
        FieldType text = FieldType.VARCHAR;
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            fields.add(new Field("d" + i, decimal));
            fields.add(new Field("t" + i, text));
            fields.add(new Field("x" + i, D));
        }
        List<Expr> results = new ArrayList<>();
        List<Field> names = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Expr d = Exprs.column(i / 3 * 3, decimal);
            Expr t = Exprs.column(i / 3 * 3 + 1, text);
            Expr x = Exprs.column(i / 3 * 3 + 2, D);
            for (int depth = 0; depth < 4; depth++) {
                Expr other = Exprs.column((i + depth) % 8 * 3, decimal);
                d =
                        Exprs.call(
                                Function.TIMES,
                                decimal,
                                Exprs.call(Function.PLUS, decimal, d, other),
                                d);
                t = Exprs.call(Function.UPPER, text, Exprs.call(Function.CONCAT, text, t, t));
                x = Exprs.call(Function.SQRT, D, Exprs.call(Function.POWER, D, x, x));
            }
            results.add(List.of(d, t, x).get(i % 3));
            names.add(new Field("r" + i, results.get(i).type()));
        }
        LogicalOp plan = new LogicalOp.Source("in", new Schema(fields), -1);
        Expr some = Exprs.test(Function.LESS, results.get(0), results.get(3));
        plan = new LogicalOp.Filter(plan, some);
        plan = new LogicalOp.Project(plan, results, new Schema(names));
        checkSizes(compile(new LogicalPlan(plan, List.of())));
    }

    private static void checkSizes(byte[] wasm) {
        MethodSizes.Method largest = MethodSizes.of(wasm).get(0);
        assertTrue(
                largest.bytes() <= Weight.METHOD_BYTES_MAX,
                () -> largest.name() + " has " + largest.bytes() + " bytes");
    }

    @Test
    void onlyWhatIsNeededIsInTheModule() {
        LogicalOp source = new LogicalOp.Source("a", PaperPlan.ELEC, -1);
        assertEquals(
                List.of("copy"),
                List.of(
                        new WasmKernelCompiler()
                                .compile(new LogicalPlan(source, List.of()))
                                .metadata()
                                .name()));
        assertTrue(compile(new LogicalPlan(source, List.of())).length < 4000);
    }
}
