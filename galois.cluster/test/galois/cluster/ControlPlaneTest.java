package galois.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.control.Assignment;
import galois.api.control.QueryState;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Global, region and cluster manager together, in many orders of events. */
class ControlPlaneTest {
    private static final int SEEDS = 40;

    private static void forEachSeed(LongConsumer run) {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                run.accept(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void bringsEveryQueryToItsEnd() {
        forEachSeed(ControlPlaneTest::bringsEveryQueryToItsEnd);
    }

    private static void bringsEveryQueryToItsEnd(long seed) {
        ControlSim sim = new ControlSim(seed);
        SimClient client = startInAnyOrder(sim, 2);
        script(client);
        sim.runUntilQuiet();
        for (String id : client.states().keySet()) {
            QueryState expected = client.isBounded(id) ? QueryState.FINISHED : QueryState.RUNNING;
            sim.check(client.state(id) == expected, id + " " + client.states().get(id));
        }
        sim.check(client.refused().isEmpty(), "" + client.refused());
        stopAll(sim, client);
        expectNothingLeft(sim);
    }

    @Test
    void survivesTheRestartOfManagers() {
        forEachSeed(ControlPlaneTest::survivesTheRestartOfManagers);
    }

    private static void survivesTheRestartOfManagers(long seed) {
        ControlSim sim = new ControlSim(seed);
        SimClient client = startInAnyOrder(sim, 2);
        script(client);
        for (int restart = 0; restart < 4; restart++) {
            for (int i = sim.random().nextInt(120); i > 0; i--) {
                sim.step();
            }
            Map<String, QueryState> before = statesOf(client);
            if (sim.random().nextBoolean()) {
                sim.leave("cluster/c1");
                passSomeSteps(sim);
                sim.startCluster(2);
            } else {
                sim.leave("region/r1");
                passSomeSteps(sim);
                sim.startRegion();
            }
            sim.runUntilQuiet();
            before.forEach(
                    (id, state) -> {
                        if (state == QueryState.RUNNING) {
                            sim.check(
                                    client.state(id) != QueryState.FAILED,
                                    id + " was disturbed: " + client.latest(id));
                        }
                    });
        }
        for (String id : client.states().keySet()) {
            sim.check(
                    client.state(id) == QueryState.FAILED
                            || client.state(id)
                                    == (client.isBounded(id)
                                            ? QueryState.FINISHED
                                            : QueryState.RUNNING),
                    id + " " + client.states().get(id));
        }
        stopAll(sim, client);
        expectNothingLeft(sim);
    }

    @Test
    void failsWhatRanOnALostNodeAndNothingElse() {
        forEachSeed(ControlPlaneTest::failsWhatRanOnALostNodeAndNothingElse);
    }

    private static void failsWhatRanOnALostNodeAndNothingElse(long seed) {
        ControlSim sim = new ControlSim(seed);
        SimClient client = startInAnyOrder(sim, 1);
        script(client);
        for (int i = sim.random().nextInt(300); i > 0; i--) {
            sim.step();
        }
        sim.loseNode("n1");
        sim.runUntilQuiet();
        for (String id : client.states().keySet()) {
            QueryState state = client.state(id);
            if (state == QueryState.FAILED) {
                sim.check(
                        client.latest(id).failure().message().contains("\"n1\""),
                        "" + client.latest(id));
            } else {
                sim.check(
                        state == (client.isBounded(id) ? QueryState.FINISHED : QueryState.RUNNING),
                        id + " " + client.states().get(id));
            }
        }
        stopAll(sim, client);
        expectNothingLeft(sim);
    }

    @Test
    void givesUpWhatAnOldGlobalManagerStarted() {
        forEachSeed(ControlPlaneTest::givesUpWhatAnOldGlobalManagerStarted);
    }

    private static void givesUpWhatAnOldGlobalManagerStarted(long seed) {
        ControlSim sim = new ControlSim(seed);
        SimClient client = startInAnyOrder(sim, 2);
        script(client);
        sim.runUntilQuiet();
        sim.leave("global");
        passSomeSteps(sim);
        sim.startGlobal();
        sim.runUntilQuiet();
        expectNothingLeft(sim);
    }

    @Test
    void sharesTheProducerOfAnUnboundedStream() {
        ControlSim sim = new ControlSim(1);
        SimClient client = startInAnyOrder(sim, 2);
        client.run("create s live");
        client.run("select s");
        client.run("all s");
        sim.runUntilQuiet();
        List<Assignment.Producer> producers = producers(sim);
        assertEquals(1, producers.size());
        assertEquals(2, producers.get(0).outputs().size());
        client.stop("q-1");
        sim.runUntilQuiet();
        assertEquals(QueryState.STOPPED, client.state("q-1"));
        assertEquals(1, producers(sim).get(0).outputs().size());
        client.stop("q-2");
        sim.runUntilQuiet();
        expectNothingLeft(sim);
    }

    @Test
    void runsEqualWorkOnce() {
        forEachSeed(ControlPlaneTest::runsEqualWorkOnce);
    }

    private static void runsEqualWorkOnce(long seed) {
        ControlSim sim = new ControlSim(seed);
        SimClient client = startInAnyOrder(sim, 2);
        client.run("create s live");
        client.run("create t file");
        if (seed % 2 == 0) {
            client.run("set placement spread");
        }
        for (String text : List.of("select s", "insert t s", "select s", "all s", "select s")) {
            client.run(text);
            passSomeSteps(sim);
        }
        sim.runUntilQuiet();
        int kernels = seed % 2 == 0 ? 2 : 1;
        sim.check(consumers(sim).size() == kernels, "" + consumers(sim));
        List<String> left = new ArrayList<>(List.of("q-1", "q-2", "q-3", "q-4", "q-5"));
        Collections.shuffle(left, sim.random());
        int next = 6;
        while (!left.isEmpty()) {
            client.stop(left.remove(0));
            if (sim.random().nextBoolean()) {
                client.run("select s");
                left.add("q-" + next++);
            }
            sim.runUntilQuiet();
            left.forEach(
                    id -> sim.check(client.state(id) == QueryState.RUNNING, "" + client.states()));
            long sharing = left.stream().filter(id -> !id.equals("q-4")).count();
            sim.check(consumers(sim).size() == (sharing == 0 ? 0 : kernels), "" + consumers(sim));
            if (sharing > 0) {
                int outputs = consumers(sim).get(kernels - 1).outputs().size();
                sim.check(outputs == sharing, outputs + " outputs for " + left);
            }
        }
        expectNothingLeft(sim);
    }

    @Test
    void spreadsOverBothNodesOnRequest() {
        ControlSim sim = new ControlSim(2);
        SimClient client = startInAnyOrder(sim, 2);
        client.run("create s live");
        client.run("set placement spread");
        client.run("select s");
        sim.runUntilQuiet();
        assertEquals(
                "{source=n1, filter=n1, project=n2, sink=n2}",
                client.latest("q-1").placement().toString());
    }

    @Test
    void refusesToDropAStreamThatIsUsed() {
        ControlSim sim = new ControlSim(3);
        SimClient client = startInAnyOrder(sim, 1);
        client.run("create s live");
        client.run("create t file");
        client.run("insert t s");
        client.run("drop s");
        client.run("drop t");
        sim.runUntilQuiet();
        assertEquals(2, client.refused().size());
        assertEquals(
                "GLS-2009 line 3, column 1: stream \"s\" is used by query q-1: stop the query"
                        + " first",
                client.refused().get(0).userText());
        client.stop("q-1");
        sim.runUntilQuiet();
        client.run("drop s");
        client.run("drop t");
        sim.runUntilQuiet();
        assertEquals(2, client.refused().size());
    }

    @Test
    void waitsForAPinnedNodeAndSaysWhenItDoesNotCome() {
        ControlSim sim = new ControlSim(4);
        SimClient client = startInAnyOrder(sim, 1);
        client.run("create s live node=n9");
        client.run("select s");
        sim.runUntilQuiet();
        assertEquals(QueryState.FAILED, client.state("q-1"));
        assertEquals(
                "GLS-5001 node \"n9\" of stream \"s\" (option node) is not in cluster \"c1\":"
                        + " nodes are \"n1\", \"n2\"",
                client.latest("q-1").failure().userText());
        client.run("select s");
        sim.startNode("n9");
        sim.runUntilQuiet();
        assertEquals("n9", client.latest("q-2").placement().get("source"));
    }

    @Test
    void explainsPlansKernelsAndPlacementWithoutStartingAnything() {
        ControlSim sim = new ControlSim(5);
        SimClient client = startInAnyOrder(sim, 2);
        client.run("create s live");
        client.run("set placement spread");
        client.run("explain s");
        sim.runUntilQuiet();
        String text = client.executed().get(2).text();
        assertEquals(
                """
                Logical plan
                  Project b + :1=7 AS c
                    Filter a > :0=1.5
                      Source s (a DOUBLE, b BIGINT)
                Optimized plan (heuristic)
                  Project b + :1=7 AS c
                    Filter a > :0=1.5
                      Source s (a DOUBLE, b BIGINT)
                Kernels
                  filter on n1: code ############, N bytes, 1 parameter
                  project on n2: code ############, N bytes, 1 parameter
                Placement (spread)
                  source: n1
                  filter: n1
                  project: n2
                  sink: n2
                """,
                text.replaceAll("code [0-9a-f]{12}, [0-9]+", "code ############, N"));
        expectNothingLeft(sim);
    }

    private static SimClient startInAnyOrder(ControlSim sim, int nodesMin) {
        SimClient client = new SimClient(sim, "client/1");
        sim.join("client/1", client);
        List<Runnable> starts =
                new ArrayList<>(
                        List.of(
                                sim::startRegion,
                                () -> sim.startCluster(nodesMin),
                                () -> sim.startNode("n1"),
                                () -> sim.startNode("n2")));
        sim.startGlobal();
        Collections.shuffle(starts, sim.random());
        starts.forEach(
                start -> {
                    start.run();
                    passSomeSteps(sim);
                });
        return client;
    }

    private static void script(SimClient client) {
        client.run("create f file");
        client.run("create s live");
        client.run("create t file");
        client.run("select f");
        client.run("set placement spread");
        client.run("select s");
        client.run("all s");
        client.run("select f");
        client.run("insert t f");
        client.run("insert t s");
    }

    private static void passSomeSteps(ControlSim sim) {
        for (int i = sim.random().nextInt(20); i > 0; i--) {
            sim.step();
        }
    }

    private static Map<String, QueryState> statesOf(SimClient client) {
        Map<String, QueryState> states = new HashMap<>();
        client.states().keySet().forEach(id -> states.put(id, client.state(id)));
        return states;
    }

    private static void stopAll(ControlSim sim, SimClient client) {
        for (String id : client.states().keySet()) {
            if (client.state(id) == QueryState.RUNNING) {
                client.stop(id);
                sim.runUntilQuiet();
                sim.check(client.state(id) == QueryState.STOPPED, id + " does not stop");
            }
        }
    }

    private static void expectNothingLeft(ControlSim sim) {
        for (String node : List.of("n1", "n2")) {
            sim.check(
                    sim.node(node).assignments().isEmpty(),
                    node + " still has " + sim.node(node).assignments().keySet());
        }
    }

    /** In the order of the data, if there is one on each node. */
    private static List<Assignment.Consumer> consumers(ControlSim sim) {
        return List.of("n1", "n2").stream()
                .flatMap(node -> sim.node(node).assignments().values().stream())
                .filter(Assignment.Consumer.class::isInstance)
                .map(Assignment.Consumer.class::cast)
                .toList();
    }

    private static List<Assignment.Producer> producers(ControlSim sim) {
        return List.of("n1", "n2").stream()
                .flatMap(node -> sim.node(node).assignments().values().stream())
                .filter(Assignment.Producer.class::isInstance)
                .map(Assignment.Producer.class::cast)
                .toList();
    }
}
