package galois.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message;
import galois.api.control.Message.Assign;
import galois.api.control.Message.AssignmentChanged;
import galois.api.control.Message.Deploy;
import galois.api.control.Message.Failure;
import galois.api.control.Message.MemberChanged;
import galois.api.control.Message.NodeHello;
import galois.api.control.Message.QueryChanged;
import galois.api.control.Message.Report;
import galois.api.control.Message.RowProblems;
import galois.api.control.Message.SinkTarget;
import galois.api.control.Message.SourceBinding;
import galois.api.control.Message.Subquery;
import galois.api.control.Message.Unassign;
import galois.api.control.QueryState;
import galois.api.node.NodeReport;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.batch.FieldType;
import galois.placement.FusedPlacement;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class ClusterManagerTest {
    private static final String NODE = "node/n1";

    private final ClusterManager manager = new ClusterManager("c1", "r1", 1);
    private final List<Message> toRegion = new ArrayList<>();
    private final List<Message> toNode = new ArrayList<>();
    private final List<ClusterEffect.Plan> plans = new ArrayList<>();
    private final List<ClusterEffect> others = new ArrayList<>();
    private long nowNs = 1;

    @Test
    void passesProblemsOnWhenCountsChange() {
        startNode();
        deploy("q-1", false);
        runEverything();
        report("stream.s.1", "", Map.of("not a number", 2L), List.of("line 3"));
        report("stream.s.1", "", Map.of("not a number", 2L), List.of("line 3"));
        assertEquals(
                List.of(new RowProblems("q-1", "s", Map.of("not a number", 2L), List.of("line 3"))),
                problems());
        deploy("q-2", false);
        runEverything();
        report("stream.s.1", "", Map.of("not a number", 5L), List.of("line 9"));
        assertEquals(Map.of("not a number", 5L), problemsOf("q-1"));
        assertEquals(Map.of("not a number", 3L), problemsOf("q-2"));
    }

    @Test
    void failsTheQueryOfAFailedRoleAndEndsTheRest() {
        startNode();
        deploy("q-1", true);
        Failure failure = Failure.of(ErrorCode.SINK_FAILED, "disk full");
        changed("q-1.sink", "q-1", QueryState.FAILED, failure);
        assertEquals(
                new QueryChanged(
                        "q-1", QueryState.FAILED, failure, Map.of("source", "n1", "sink", "n1")),
                last());
        assertTrue(toNode.contains(new Unassign("q-1.sink")));
    }

    @Test
    void failsEveryQueryOfAFailedSharedSource() {
        startNode();
        deploy("q-1", false);
        deploy("q-2", false);
        runEverything();
        Failure failure = Failure.of(ErrorCode.SOURCE_OPEN, "no broker");
        changed("stream.s.1", "", QueryState.FAILED, failure);
        assertEquals(2, toRegion.stream().filter(m -> isFailed(m, failure)).count());
        deploy("q-3", false);
        runEverything();
        assertTrue(producer().id().equals("stream.s.2"), producer().id());
    }

    @Test
    void readsAnEndedStreamAnewForANewQuery() {
        startNode();
        deploy("q-1", false);
        runEverything();
        changed("stream.s.1", "", QueryState.FINISHED, null);
        deploy("q-2", false);
        runEverything();
        assertEquals("stream.s.2", producer().id());
        assertEquals(QueryState.RUNNING, ((QueryChanged) last()).state());
    }

    @Test
    void plansASecondQueryWithTheSourceThatTheFirstWillStart() {
        startNode();
        deploy("q-1", false);
        deploy("q-2", false);
        assertEquals(null, plans.get(0).pinned().get("source"));
        assertEquals("n1", plans.get(1).pinned().get("source"));
    }

    @Test
    void saysWhichRoleDidNotStartInTime() {
        startNode();
        deploy("q-1", true);
        nowNs += Deployments.START_WAIT_NS;
        on(new ClusterEvent.Tick());
        QueryChanged news = (QueryChanged) last();
        assertEquals(QueryState.FAILED, news.state());
        assertEquals(
                "GLS-5003 q-1.sink on n1 did not start within 30 s: look at the log of the node",
                news.failure().userText());
    }

    @Test
    void saysHowManyNodesAreMissing() {
        received("region/r1", new Deploy(subquery("q-1", false)));
        nowNs += PlanningQueue.NODE_WAIT_NS;
        on(new ClusterEvent.Tick());
        assertEquals(
                "GLS-5001 cluster \"c1\" has 0 of 1 nodes it needs: start a node",
                ((QueryChanged) last()).failure().userText());
    }

    @Test
    void refusesMoreThanMayWait() {
        for (int i = 0; i < PlanningQueue.WAITING_MAX; i++) {
            received("region/r1", new Deploy(subquery("q-" + i, false)));
        }
        assertEquals(List.of(), toRegion);
        received("region/r1", new Deploy(subquery("q-more", false)));
        QueryChanged news = (QueryChanged) last();
        assertEquals("q-more", news.queryId());
        assertEquals(ErrorCode.QUERY_LIMIT.number(), news.failure().number());
    }

    @Test
    void answersARepeatedDeployWithTheState() {
        startNode();
        deploy("q-1", true);
        runEverything();
        int assigned = toNode.size();
        received("region/r1", new Deploy(subquery("q-1", true)));
        assertEquals(QueryState.RUNNING, ((QueryChanged) last()).state());
        changed("q-1.sink", "q-1", QueryState.FINISHED, null);
        received("region/r1", new Deploy(subquery("q-1", true)));
        assertEquals(QueryState.FINISHED, ((QueryChanged) last()).state());
        assertTrue(toNode.stream().skip(assigned).noneMatch(Assign.class::isInstance));
    }

    @Test
    void pausesASharedKernelWhenAllItsQueriesPause() {
        startNode();
        for (String id : List.of("q-1", "q-2")) {
            received("region/r1", new Deploy(filtered(id)));
            runEverything();
            runEverything();
        }
        assertEquals(List.of("kernel.1.e0"), edges(producer()));
        assertEquals(List.of("q-1.e1", "q-2.e1"), edges(kernel()));
        received("region/r1", new Deploy(filtered("q-1").paused(true)));
        assertEquals(List.of("q-1.e1"), kernel().paused());
        assertEquals(List.of(), producer().paused());
        received("region/r1", new Deploy(filtered("q-2").paused(true)));
        assertEquals(List.of("q-1.e1", "q-2.e1"), kernel().paused());
        assertEquals(List.of("kernel.1.e0"), producer().paused());
        report(producer().id(), "", Map.of("missed by kernel.1.e0", 3L), List.of());
        assertEquals(Map.of("missed while paused", 3L), problemsOf("q-1"));
        received("region/r1", new Deploy(filtered("q-1").paused(false)));
        assertEquals(List.of("q-2.e1"), kernel().paused());
        assertEquals(List.of(), producer().paused());
        received("region/r1", new Message.Withdraw("q-1"));
        assertEquals(List.of("q-2.e1"), kernel().paused());
        assertEquals(List.of("kernel.1.e0"), producer().paused());
        received("region/r1", new Message.Withdraw("q-2"));
        assertTrue(toNode.contains(new Unassign("kernel.1")));
        assertTrue(toNode.contains(new Unassign(producer().id())));
    }

    private static List<String> edges(Assignment assignment) {
        return assignment instanceof Assignment.Producer producer
                ? producer.outputs().stream().map(Edge::id).toList()
                : ((Assignment.Consumer) assignment)
                        .outputs().stream().map(output -> output.edge().id()).toList();
    }

    private Assignment.Consumer kernel() {
        return newest(Assignment.Consumer.class);
    }

    /** The newest one told to the node. */
    private <A extends Assignment> A newest(Class<A> kind) {
        return toNode.stream()
                .filter(Assign.class::isInstance)
                .map(m -> ((Assign) m).assignment())
                .filter(kind::isInstance)
                .map(kind::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static Subquery filtered(String queryId) {
        Subquery all = subquery(queryId, false);
        Expr isPositive =
                new Expr.Call(
                        Function.GREATER,
                        List.of(
                                new Expr.Column(1, FieldType.BIGINT),
                                new Expr.Literal(FieldType.BIGINT, "0")),
                        FieldType.BOOLEAN);
        LogicalOp filter = new LogicalOp.Filter(all.plan().root(), isPositive);
        return new Subquery(
                queryId,
                1,
                new LogicalPlan(filter, List.of()),
                all.sources(),
                all.sink(),
                all.placement(),
                false);
    }

    @Test
    void asksForCodeOffTheAgent() {
        received(NODE, new Message.CodeRequest("n1", "abc"));
        assertEquals(List.of(new ClusterEffect.SendCode(NODE, "abc")), others);
    }

    // ---- the other side

    private void startNode() {
        received(NODE, new MemberChanged(NODE, true));
        received(NODE, new NodeHello("n1", "n1:1", List.of()));
    }

    private void deploy(String queryId, boolean bounded) {
        received("region/r1", new Deploy(subquery(queryId, bounded)));
    }

    private static Subquery subquery(String queryId, boolean bounded) {
        StreamDefinition stream =
                new StreamDefinition("s", TinyLanguage.SCHEMA, Map.of(), -1, 0, Map.of());
        LogicalOp source = new LogicalOp.Source("s", TinyLanguage.SCHEMA, -1);
        return new Subquery(
                queryId,
                1,
                new LogicalPlan(source, List.of()),
                List.of(new SourceBinding(stream, bounded)),
                new SinkTarget(stream),
                "fused",
                bounded);
    }

    private void runEverything() {
        for (int i = 0; i < toNode.size(); i++) {
            if (toNode.get(i) instanceof Assign assign) {
                Assignment assignment = assign.assignment();
                changed(assignment.id(), assignment.queryId(), QueryState.RUNNING, null);
            }
        }
    }

    private void changed(String id, String queryId, QueryState state, Failure failure) {
        received(NODE, new AssignmentChanged("n1", id, queryId, state, failure));
    }

    private void report(
            String id, String queryId, Map<String, Long> problems, List<String> samples) {
        NodeReport.RoleReport role =
                new NodeReport.RoleReport(
                        id, queryId, "p", "s", "", 0, 0, 0, problems, samples, 0, 0, List.of(),
                        List.of());
        received(NODE, new Report(new NodeReport("n1", "n1:1", List.of(role))));
    }

    private void received(String from, Message message) {
        on(new ClusterEvent.Received(from, message));
    }

    private void on(ClusterEvent event) {
        for (ClusterEffect effect : manager.onEvent(event, nowNs)) {
            if (effect instanceof ClusterEffect.Send send) {
                (send.to().equals(NODE) ? toNode : toRegion).add(send.message());
            } else if (effect instanceof ClusterEffect.Plan plan) {
                plans.add(plan);
                PhysicalPlanner planner =
                        new PhysicalPlanner(
                                name -> new FusedPlacement(), new TextCompiler()::compile);
                on(
                        new ClusterEvent.Planned(
                                plan.ticket(),
                                planner.plan(plan.subquery(), plan.nodes(), Map.of())));
            } else if (!(effect instanceof ClusterEffect.WakeAt)) {
                others.add(effect);
            }
        }
    }

    private Message last() {
        return toRegion.get(toRegion.size() - 1);
    }

    private List<Message> problems() {
        return toRegion.stream().filter(RowProblems.class::isInstance).toList();
    }

    private Map<String, Long> problemsOf(String queryId) {
        return problems().stream()
                .map(RowProblems.class::cast)
                .filter(p -> p.queryId().equals(queryId))
                .reduce((first, second) -> second)
                .orElseThrow()
                .counts();
    }

    private static boolean isFailed(Message message, Failure failure) {
        return message instanceof QueryChanged news
                && news.state() == QueryState.FAILED
                && failure.equals(news.failure());
    }

    private Assignment.Producer producer() {
        return newest(Assignment.Producer.class);
    }
}
