package galois.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import galois.api.control.Assignment;
import galois.api.control.Message.SinkTarget;
import galois.api.control.Message.SourceBinding;
import galois.api.control.Message.Subquery;
import galois.api.placement.PlacementRequest.NodeLoad;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.JoinKind;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.plan.StreamDefinition;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;
import galois.placement.FusedPlacement;
import galois.placement.SpreadPlacement;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

class PhysicalPlannerTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("x", FieldType.BIGINT), new Field("y", FieldType.BIGINT));
    private static final List<NodeLoad> NODES =
            List.of(new NodeLoad("n1", 0), new NodeLoad("n2", 0));

    private final List<LogicalPlan> compiled = new ArrayList<>();

    @Test
    void fusesNeighboursIntoOneKernel() {
        PhysicalPlan plan = plan("fused", project(filter(source(), 0, 1), 2), 3);
        assertEquals(1, plan.fragments().size());
        assertEquals(List.of("filter", "project"), plan.fragments().get(0).operators());
        assertEquals(List.of("10", "11", "12"), parameters(plan, 0));
        assertEquals(
                Map.of("source", "n1", "filter", "n1", "project", "n1", "sink", "n1"),
                plan.placement());
    }

    @Test
    void numbersTheParametersOfEachFragmentFromZero() {
        PhysicalPlan plan = plan("spread", project(filter(source(), 3, 1), 2), 4);
        assertEquals(2, plan.fragments().size());
        assertEquals(List.of("11", "13"), parameters(plan, 0));
        assertEquals(List.of("12"), parameters(plan, 1));
        LogicalOp.Filter filter = (LogicalOp.Filter) compiled.get(0).root();
        assertEquals("[1, 0]", parameterNumbers(filter.condition()).toString());
        LogicalOp.Project project = (LogicalOp.Project) compiled.get(1).root();
        assertEquals("[0]", parameterNumbers(project.expressions().get(0)).toString());
        assertEquals(1, plan.fragments().get(1).output().size());
    }

    @Test
    void beginsAKernelWithEachFurtherAggregate() {
        LogicalOp twice = count(filter(count(source()), 0, 0));
        PhysicalPlan plan = plan("fused", twice, 1);
        assertEquals(2, plan.fragments().size());
        assertEquals(List.of("aggregate", "filter"), plan.fragments().get(0).operators());
        assertEquals(List.of("aggregate-2"), plan.fragments().get(1).operators());
    }

    /** So that others can go on from the same groups; those of a query that ends are its own. */
    @Test
    void endsAKernelWithTheWindowsOfAStreamThatDoesNotEnd() {
        LogicalOp windows = filter(count(source(), Window.tumble(1, 1000, 0)), 0, 0);
        assertEquals(
                List.of(List.of("aggregate"), List.of("filter")), operators(plan(windows, false)));
        assertEquals(List.of(List.of("aggregate", "filter")), operators(plan(windows, true)));
        LogicalOp whole = filter(count(source()), 0, 0);
        assertEquals(List.of(List.of("aggregate", "filter")), operators(plan(whole, false)));
    }

    private PhysicalPlan plan(LogicalOp root, boolean bounded) {
        return plan("fused", root, 1, bounded);
    }

    private static List<List<String>> operators(PhysicalPlan plan) {
        return plan.fragments().stream().map(PhysicalPlan.Fragment::operators).toList();
    }

    @Test
    void leavesOutAProjectionThatOnlyRenames() {
        List<Expr> same =
                List.of(new Expr.Column(0, FieldType.BIGINT), new Expr.Column(1, FieldType.BIGINT));
        Schema renamed =
                Schema.of(new Field("a", FieldType.BIGINT), new Field("b", FieldType.BIGINT));
        PhysicalPlan plan = plan("spread", new LogicalOp.Project(source(), same, renamed), 0);
        assertEquals(List.of(), plan.fragments());
        assertEquals(List.of("source", "sink"), List.copyOf(plan.placement().keySet()));
        List<Expr> swapped = List.of(same.get(1), same.get(0));
        plan = plan("fused", new LogicalOp.Project(source(), swapped, renamed), 0);
        assertEquals(1, plan.fragments().size());
    }

    @Test
    void aKernelSaysWhichFieldsOfItsSourceItReads() {
        Expr x = new Expr.Column(0, FieldType.BIGINT);
        LogicalOp second =
                new LogicalOp.Filter(
                        source(), new Expr.Call(Function.EQUAL, List.of(x, x), FieldType.BOOLEAN));
        List<Expr> y = List.of(new Expr.Column(1, FieldType.BIGINT));
        Schema one = Schema.of(new Field("y", FieldType.BIGINT));
        assertEquals(List.of(0, 1), reads("fused", second, 0));
        assertEquals(List.of(0, 1), reads("fused", new LogicalOp.Project(second, y, one), 0));
        assertEquals(List.of(1), reads("fused", new LogicalOp.Project(source(), y, one), 0));
        assertEquals(List.of(0, 1), reads("spread", new LogicalOp.Project(second, y, one), 0));
        assertEquals(List.of(1), reads("fused", count(new LogicalOp.Project(source(), y, one)), 0));
        assertEquals(List.of(0), reads("fused", count(source()), 0));
    }

    private List<Integer> reads(String strategy, LogicalOp root, int parameters) {
        return plan(strategy, root, parameters).fragments().get(0).inputs().get(0).reads();
    }

    @Test
    void givesEqualCodeToEqualTemplatesOverAnyStream() {
        LogicalOp other = new LogicalOp.Source("other", SCHEMA, 1);
        String first = plan("fused", filter(source(), 0, 1), 2).fragments().get(0).codeId();
        String second = plan("fused", filter(other, 1, 2), 3).fragments().get(0).codeId();
        String third = plan("fused", filter(source(), 0, 0), 1).fragments().get(0).codeId();
        assertEquals(first, second);
        assertNotEquals(first, third);
    }

    @Test
    void givesEachInstanceAKernelAndGathersTheirRows() {
        LogicalOp exchange = new LogicalOp.Exchange(filter(source(), 0, 1), List.of(0), 3);
        PhysicalPlan plan = plan("fused", project(count(exchange), 2), 3);
        assertEquals(
                List.of(
                        List.of("filter", "exchange"),
                        List.of("aggregate", "project"),
                        List.of("aggregate-2", "project-2"),
                        List.of("aggregate-3", "project-3"),
                        List.of("merge")),
                plan.fragments().stream().map(PhysicalPlan.Fragment::operators).toList());
        assertEquals(plan.fragments().get(1).codeId(), plan.fragments().get(3).codeId());
        assertEquals(List.of(0, 1, 2), plan.leaving(0).stream().map(s -> s.port()).toList());
        assertEquals(
                List.of(Assignment.Reading.ANY),
                plan.fragments().get(4).inputs().stream()
                        .map(PhysicalPlan.Input::reading)
                        .distinct()
                        .toList());
        assertEquals(PhysicalPlan.Sender.ofFragment(4), plan.last());
    }

    @Test
    void gathersInstancesInTheKernelOfWhatReadsThem() {
        LogicalOp exchange = new LogicalOp.Exchange(source(), List.of(0), 2);
        PhysicalPlan plan = plan("fused", count(count(exchange)), 0);
        assertEquals(
                List.of(
                        List.of("exchange"),
                        List.of("aggregate"),
                        List.of("aggregate-2"),
                        List.of("merge", "aggregate-3")),
                plan.fragments().stream().map(PhysicalPlan.Fragment::operators).toList());
        PhysicalPlan spread = plan("spread", count(exchange), 0);
        assertEquals(
                List.of("n1", "n1", "n2", "n2"),
                spread.fragments().stream().map(PhysicalPlan.Fragment::nodeId).toList());
    }

    @Test
    void givesEachInstanceOfAJoinBothSides() {
        LogicalOp left = new LogicalOp.Exchange(source(), List.of(0), 2);
        LogicalOp right = new LogicalOp.Exchange(source(), List.of(0), 2);
        Expr always = new Expr.Literal(FieldType.BOOLEAN, "true");
        LogicalOp join = LogicalOp.Join.of(left, right, JoinKind.LEFT, always);
        PhysicalPlan plan = plan("fused", join, 0);
        assertEquals(
                List.of(
                        List.of("exchange"),
                        List.of("exchange-2"),
                        List.of("join"),
                        List.of("join-2"),
                        List.of("merge")),
                plan.fragments().stream().map(PhysicalPlan.Fragment::operators).toList());
        List<PhysicalPlan.Input> second = plan.fragments().get(3).inputs();
        assertEquals(
                List.of(0, 1), second.stream().map(input -> input.sender().fragment()).toList());
        assertEquals(List.of(1, 1), second.stream().map(input -> input.sender().port()).toList());
        assertEquals(
                List.of(Assignment.Reading.STREAM, Assignment.Reading.TO_END),
                second.stream().map(PhysicalPlan.Input::reading).toList());
    }

    private PhysicalPlan plan(String strategy, LogicalOp root, int parameters) {
        return plan(strategy, root, parameters, false);
    }

    private PhysicalPlan plan(String strategy, LogicalOp root, int parameters, boolean bounded) {
        compiled.clear();
        PhysicalPlanner planner =
                new PhysicalPlanner(
                        name ->
                                name.equals("spread")
                                        ? new SpreadPlacement()
                                        : new FusedPlacement(),
                        plan -> {
                            compiled.add(plan);
                            return new TextCompiler().compile(plan);
                        });
        List<Expr.Literal> values = new ArrayList<>();
        for (int i = 0; i < parameters; i++) {
            values.add(new Expr.Literal(FieldType.BIGINT, "1" + i));
        }
        StreamDefinition stream = new StreamDefinition("s", SCHEMA, Map.of(), -1, 0, Map.of());
        Subquery subquery =
                new Subquery(
                        "q-1",
                        1,
                        new LogicalPlan(root, values),
                        Collections.nCopies(
                                Plans.sources(root).size(), new SourceBinding(stream, bounded)),
                        new SinkTarget(stream),
                        strategy,
                        bounded);
        return planner.plan(subquery, NODES, Map.of());
    }

    private static List<String> parameters(PhysicalPlan plan, int fragment) {
        return plan.fragments().get(fragment).parameters().stream()
                .map(Expr.Literal::text)
                .toList();
    }

    private static List<Integer> parameterNumbers(Expr expr) {
        if (expr instanceof Expr.Parameter parameter) {
            return List.of(parameter.index());
        }
        return expr instanceof Expr.Call call
                ? call.operands().stream().flatMap(o -> parameterNumbers(o).stream()).toList()
                : List.of();
    }

    private static LogicalOp source() {
        return new LogicalOp.Source("s", SCHEMA, -1);
    }

    /** {@code :first < :second}. */
    private static LogicalOp filter(LogicalOp input, int first, int second) {
        Expr condition =
                new Expr.Call(
                        Function.LESS,
                        List.of(
                                new Expr.Parameter(first, FieldType.BIGINT),
                                new Expr.Parameter(second, FieldType.BIGINT)),
                        FieldType.BOOLEAN);
        return new LogicalOp.Filter(input, condition);
    }

    private static LogicalOp project(LogicalOp input, int parameter) {
        Expr sum =
                new Expr.Call(
                        Function.PLUS,
                        List.of(
                                new Expr.Column(0, FieldType.BIGINT),
                                new Expr.Parameter(parameter, FieldType.BIGINT)),
                        FieldType.BIGINT);
        return new LogicalOp.Project(
                input, List.of(sum), Schema.of(new Field("z", FieldType.BIGINT)));
    }

    private static LogicalOp count(LogicalOp input) {
        return count(input, Window.NONE);
    }

    private static LogicalOp count(LogicalOp input, Window window) {
        return LogicalOp.WindowAggregate.of(
                input,
                window,
                List.of(0),
                List.of(new AggregateCall(AggregateFunction.COUNT, -1, FieldType.BIGINT)),
                List.of("n"));
    }
}
