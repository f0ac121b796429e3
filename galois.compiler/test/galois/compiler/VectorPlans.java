package galois.compiler;

import static galois.compiler.Exprs.call;
import static galois.compiler.Exprs.column;
import static galois.compiler.Exprs.literal;
import static galois.compiler.Exprs.parameter;
import static galois.compiler.Exprs.test;

import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Function;
import galois.api.plan.JoinKind;
import galois.api.plan.JoinTime;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.SortKey;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The plans of the golden vectors and the calls made to them. */
final class VectorPlans {
    private static final FieldType D = FieldType.DOUBLE;
    private static final FieldType I = FieldType.INTEGER;

    /** One vector: a plan and its script, without expectations. */
    record Vector(String name, LogicalPlan plan, List<String> script) {}

    private VectorPlans() {}

    static List<Vector> all() {
        return List.of(filter(), text(), window(), join(), sort());
    }

    private static String hex(Schema schema, TestRow... rows) {
        return HexFormat.of().formatHex(TestRow.batch(schema, List.of(rows), 0));
    }

    private static String parameters(LogicalPlan plan) {
        Schema schema = new WasmKernelCompiler().compile(plan).metadata().parameters();
        byte[] batch = Harness.parameterBatch(schema, plan.parameters());
        return "open " + HexFormat.of().formatHex(batch);
    }

    /** The example of docs/abi.md. */
    private static Vector filter() {
        Schema schema = Schema.of(new Field("a", I), new Field("x", D));
        LogicalOp plan = new LogicalOp.Source("in", schema, -1);
        plan = new LogicalOp.Filter(plan, test(Function.GREATER, column(1, D), parameter(0, D)));
        LogicalPlan whole = new LogicalPlan(plan, List.of(literal(D, "0.5")));
        TestRow[] rows = {
            TestRow.of(1000, 7L, 1.5),
            TestRow.of(2000, 8L, 0.25),
            TestRow.of(3000, null, Double.NaN)
        };
        List<String> script =
                List.of(
                        "# SELECT a, x FROM in WHERE x > 0.5: rows (7, 1.5), (8, 0.25), (NULL,"
                                + " NaN)",
                        "area 256",
                        parameters(whole),
                        "input " + hex(schema, rows),
                        "process slot 0 3",
                        "take",
                        "process rows 1 2",
                        "take");
        return new Vector("filter", whole, script);
    }

    private static Vector text() {
        Schema schema =
                Schema.of(new Field("s", FieldType.VARCHAR), new Field("i", I), new Field("x", D));
        LogicalOp plan = new LogicalOp.Source("in", schema, -1);
        Schema output =
                Schema.of(
                        new Field("s", FieldType.VARCHAR),
                        new Field("q", I),
                        new Field("c", FieldType.VARCHAR),
                        new Field("r", D));
        plan =
                new LogicalOp.Project(
                        plan,
                        List.of(
                                column(0, FieldType.VARCHAR),
                                call(Function.DIVIDE, I, literal(I, "100"), column(1, I)),
                                call(
                                        Function.CASE,
                                        FieldType.VARCHAR,
                                        test(
                                                Function.LESS,
                                                column(0, FieldType.VARCHAR),
                                                parameter(0, FieldType.VARCHAR)),
                                        literal(FieldType.VARCHAR, "before"),
                                        parameter(0, FieldType.VARCHAR)),
                                call(Function.MOD, D, column(2, D), literal(D, "0.75"))),
                        output);
        LogicalPlan whole = new LogicalPlan(plan, List.of(literal(FieldType.VARCHAR, "m\u00e4rz")));
        TestRow[] rows = {
            TestRow.of(1, "april", 7L, 10.0),
            TestRow.of(2, "zero", 0L, -10.0),
            TestRow.of(3, null, -3L, Double.POSITIVE_INFINITY),
            TestRow.of(4, "", null, -0.0)
        };
        int oneRow = RowLayout.HEADER_BYTES + RowLayout.stride(4) + 16;
        List<String> script =
                List.of(
                        "# strings, CASE, remainder, a division by zero; an area of one row",
                        "area " + oneRow,
                        parameters(whole),
                        "input " + hex(schema, rows),
                        "process slot 0 4",
                        "take",
                        "process slot 1 3",
                        "take",
                        "process rows 2 2",
                        "take",
                        "process rows 3 1",
                        "take");
        return new Vector("text", whole, script);
    }

    private static Vector window() {
        Schema schema =
                Schema.of(
                        new Field("device", FieldType.VARCHAR),
                        new Field("x", D),
                        new Field("ts", FieldType.TIMESTAMP));
        LogicalOp plan = new LogicalOp.Source("in", schema, 2);
        List<AggregateCall> calls =
                List.of(
                        new AggregateCall(AggregateFunction.COUNT, -1, FieldType.BIGINT),
                        new AggregateCall(AggregateFunction.AVG, 1, D),
                        new AggregateCall(AggregateFunction.MAX, 1, D));
        Window window = Window.tumble(2, 100, 0);
        plan =
                LogicalOp.WindowAggregate.of(
                        plan, window, List.of(0), calls, List.of("n", "mean", "top"));
        LogicalPlan whole = new LogicalPlan(plan, List.of());
        List<TestRow> rows = new ArrayList<>();
        String[] devices = {"b", "a", null, "b", "a"};
        for (int i = 0; i < 5; i++) {
            rows.add(TestRow.of(40L * i, devices[i], i == 3 ? null : (Object) (i * 0.5), 40L * i));
        }
        rows.add(TestRow.of(50, "late", 1.0, 50L));
        String input = "input " + hex(schema, rows.toArray(TestRow[]::new));
        String first = "input " + hex(schema, rows.subList(0, 2).toArray(TestRow[]::new));
        List<String> script =
                List.of(
                        "# groups by device in windows of 100 us; output of one group at a time",
                        "area 144",
                        parameters(whole),
                        input,
                        "process slot 0 5",
                        "time 120",
                        "pending",
                        "take",
                        "drain",
                        "take",
                        "drain",
                        "take",
                        "pending",
                        "process rows 5 1",
                        "take",
                        "save",
                        "take",
                        "save",
                        "take",
                        "save",
                        "take",
                        "fresh",
                        first,
                        "process slot 0 2",
                        "time 9223372036854775807",
                        "take",
                        "drain",
                        "take");
        return new Vector("window", whole, script);
    }

    private static Vector join() {
        Schema schema =
                Schema.of(
                        new Field("price", FieldType.decimal(8, 2)),
                        new Field("device", FieldType.VARCHAR),
                        new Field("ts", FieldType.TIMESTAMP));
        LogicalOp left = new LogicalOp.Source("l", schema, 2);
        LogicalOp right = new LogicalOp.Source("r", schema, 2);
        FieldType text = FieldType.VARCHAR;
        LogicalOp plan =
                LogicalOp.Join.of(
                                left,
                                right,
                                JoinKind.LEFT,
                                test(Function.EQUAL, column(1, text), column(4, text)))
                        .within(new JoinTime(2, 2, 100, 0));
        LogicalPlan whole = new LogicalPlan(plan, List.of());
        TestRow[] lefts = {
            TestRow.of(10, 150L, "a", 10L),
            TestRow.of(20, null, "b", 20L),
            TestRow.of(30, -1L, null, 30L)
        };
        TestRow[] rights = {TestRow.of(40, 7L, "a", 40L), TestRow.of(50, 8L, "a", 50L)};
        int oneRow = RowLayout.HEADER_BYTES + RowLayout.stride(6) + 8;
        List<String> script =
                List.of(
                        "# left rows are kept until 100 us behind their time; a state row of each",
                        "area " + oneRow,
                        parameters(whole),
                        "input " + hex(schema, lefts),
                        "process slot 0 3 0",
                        "take",
                        "input " + hex(schema, rights),
                        "process slot 0 1 1",
                        "take",
                        "area 4096",
                        "save",
                        "take",
                        "time 121",
                        "take",
                        "process slot 1 1 1",
                        "take",
                        "time 9223372036854775807",
                        "take");
        return new Vector("join", whole, script);
    }

    private static Vector sort() {
        Schema schema =
                Schema.of(
                        new Field("day", FieldType.DATE),
                        new Field("x", FieldType.REAL),
                        new Field("bytes", FieldType.VARBINARY),
                        new Field("small", FieldType.TINYINT));
        LogicalOp source = new LogicalOp.Source("in", schema, -1);
        LogicalOp plan =
                LogicalOp.Sort.of(
                        source,
                        List.of(new SortKey(0, true, false), new SortKey(3, false, true)),
                        1,
                        2);
        LogicalPlan whole = new LogicalPlan(plan, List.of());
        TestRow[] rows = {
            TestRow.of(1, 20_000L, 0.5, "k", 3L),
            TestRow.of(2, 19_999L, -0.25, null, -128L),
            TestRow.of(3, 20_000L, null, "", null),
            TestRow.of(4, null, 1.0, "zz", 127L)
        };
        List<String> script =
                List.of(
                        "# rows 2 and 3 by day DESC NULLS LAST, small NULLS FIRST",
                        "area 4096",
                        parameters(whole),
                        "input " + hex(schema, rows),
                        "process slot 0 4",
                        "take",
                        "save",
                        "take",
                        "time 9223372036854775807",
                        "take");
        return new Vector("sort", whole, script);
    }
}
