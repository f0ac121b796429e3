package galois.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.control.Message;
import galois.api.control.Message.ClusterHello;
import galois.api.control.Message.Deploy;
import galois.api.control.Message.ExplainPlacement;
import galois.api.control.Message.MemberChanged;
import galois.api.control.Message.PlacementExplained;
import galois.api.control.Message.QueryChanged;
import galois.api.control.Message.RegionHello;
import galois.api.control.Message.SinkTarget;
import galois.api.control.Message.SourceBinding;
import galois.api.control.Message.Subquery;
import galois.api.control.Message.Withdraw;
import galois.api.control.QueryState;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class RegionManagerTest {
    private final RegionManager manager = new RegionManager("r1");
    private final Map<String, List<Message>> sent = new HashMap<>();
    private long nowNs = 1;

    @Test
    void givesEachSubqueryToTheClusterWithTheFewest() {
        clusterUp("c1");
        clusterUp("c2");
        deploy("q-1");
        deploy("q-2");
        deploy("q-3");
        assertEquals(List.of(deployOf("q-1"), deployOf("q-3")), sent.get("cluster/c1"));
        assertEquals(List.of(deployOf("q-2")), sent.get("cluster/c2"));
    }

    @Test
    void tellsAClusterThatCameBackWhatItWasGiven() {
        clusterUp("c1");
        deploy("q-1");
        deploy("q-2");
        receive("global", new Withdraw("q-2"));
        sent.clear();
        receive("cluster/c1", new MemberChanged("cluster/c1", false));
        clusterUp("c1");
        assertEquals(List.of(deployOf("q-1"), new Withdraw("q-2")), sent.get("cluster/c1"));
    }

    @Test
    void tellsANewGlobalManagerWhatRunsBeforeItSaysHello() {
        clusterUp("c1");
        QueryChanged news = news("q-1", QueryState.RUNNING);
        receive("cluster/c1", news);
        sent.clear();
        receive("global", new MemberChanged("global", true));
        assertEquals(List.of(news, new RegionHello("r1")), sent.get("global"));
        receive("global", new Withdraw("q-1"));
        assertEquals(List.of(new Withdraw("q-1")), sent.get("cluster/c1"));
    }

    @Test
    void passesTheEndOnAndForgetsTheQuery() {
        clusterUp("c1");
        deploy("q-1");
        QueryChanged end = news("q-1", QueryState.FINISHED);
        receive("cluster/c1", end);
        assertEquals(List.of(end), sent.get("global"));
        sent.clear();
        clusterUp("c1");
        assertEquals(null, sent.get("cluster/c1"));
    }

    @Test
    void failsWhatNoClusterTakes() {
        deploy("q-1");
        receive("global", question(1));
        nowNs += RegionManager.CLUSTER_WAIT_NS - 1;
        step(new RegionEvent.Tick());
        assertEquals(Map.of(), sent);
        nowNs += 1;
        step(new RegionEvent.Tick());
        String remedy = "GLS-5003 region \"r1\" has no cluster manager: start galois.cluster";
        QueryChanged failed = (QueryChanged) sent.get("global").get(0);
        assertEquals(QueryState.FAILED, failed.state());
        assertEquals(remedy, failed.failure().userText());
        PlacementExplained refused = (PlacementExplained) sent.get("global").get(1);
        assertEquals(remedy, refused.failure().userText());
    }

    @Test
    void stopsAQueryThatStillWaits() {
        deploy("q-1");
        receive("global", new Withdraw("q-1"));
        assertEquals(List.of(news("q-1", QueryState.STOPPED)), sent.get("global"));
    }

    @Test
    void refusesMoreQuestionsThanMayWait() {
        for (int i = 0; i < RegionManager.EXPLANATIONS_MAX; i++) {
            receive("global", question(i));
        }
        assertEquals(Map.of(), sent);
        receive("global", question(-1));
        assertTrue(((PlacementExplained) sent.get("global").get(0)).failure() != null);
        clusterUp("c1");
        assertEquals(RegionManager.EXPLANATIONS_MAX, sent.get("cluster/c1").size());
    }

    private void clusterUp(String id) {
        receive("cluster/" + id, new MemberChanged("cluster/" + id, true));
        receive("cluster/" + id, new ClusterHello(id, 1));
    }

    private void deploy(String queryId) {
        receive("global", deployOf(queryId));
    }

    private static Deploy deployOf(String queryId) {
        return new Deploy(subquery(queryId));
    }

    @Test
    void asksAgainWhenTheClusterEndedBeforeItsAnswer() {
        clusterUp("c1");
        receive("global", question(1));
        assertEquals(List.of(question(1)), sent.get("cluster/c1"));
        sent.clear();
        clusterUp("c1"); // it has only more nodes
        assertEquals(null, sent.get("cluster/c1"));
        receive("cluster/c1", new MemberChanged("cluster/c1", false));
        assertEquals(null, sent.get("global"));
        clusterUp("c1");
        assertEquals(List.of(question(1)), sent.get("cluster/c1"));
        sent.clear();
        clusterUp("c2");
        receive("cluster/c1", new MemberChanged("cluster/c1", false));
        assertEquals(List.of(question(1)), sent.get("cluster/c2"));
    }

    @Test
    void keepsOnlySoManyQuestionsThatAClusterHas() {
        clusterUp("c1");
        for (int id = 0; id <= RegionManager.EXPLANATIONS_MAX; id++) {
            receive("global", question(id));
        }
        sent.clear();
        receive("cluster/c1", new MemberChanged("cluster/c1", false));
        clusterUp("c1");
        assertEquals(RegionManager.EXPLANATIONS_MAX, sent.get("cluster/c1").size());
        assertEquals(question(1), sent.get("cluster/c1").get(0));
    }

    private static ExplainPlacement question(long requestId) {
        return new ExplainPlacement(requestId, "global", subquery("explained"));
    }

    private static QueryChanged news(String queryId, QueryState state) {
        return new QueryChanged(queryId, state, null, Map.of());
    }

    private static Subquery subquery(String queryId) {
        StreamDefinition stream = new StreamDefinition("s", Schema.of(), Map.of(), -1, 0, Map.of());
        LogicalPlan plan = new LogicalPlan(new LogicalOp.Source("s", Schema.of(), -1), List.of());
        return new Subquery(
                queryId,
                1,
                plan,
                List.of(new SourceBinding(stream, true)),
                new SinkTarget(stream),
                "fused",
                true);
    }

    private void receive(String from, Message message) {
        step(new RegionEvent.Received(from, message));
    }

    private void step(RegionEvent event) {
        for (RegionEffect effect : manager.onEvent(event, nowNs)) {
            if (effect instanceof RegionEffect.Send send) {
                sent.computeIfAbsent(send.to(), to -> new ArrayList<>()).add(send.message());
            }
        }
    }
}
