package galois.cluster;

import galois.api.GaloisException;
import galois.api.ServiceTable;
import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message;
import galois.api.control.Message.Failure;
import galois.api.control.Message.MemberChanged;
import galois.api.io.SourceConnector;
import galois.api.placement.PlacementStrategy;
import galois.api.query.LogicalOptimizer;
import galois.api.query.QueryLanguage;
import galois.global.GlobalEffect;
import galois.global.GlobalEvent;
import galois.global.GlobalManager;
import galois.global.StatementPlanner;
import galois.placement.FusedPlacement;
import galois.placement.SpreadPlacement;
import galois.region.RegionEffect;
import galois.region.RegionEvent;
import galois.region.RegionManager;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * The whole control plane in one thread and virtual time: messages of one sender to one receiver
 * keep their order, everything else happens in an order drawn from a seed.
 */
final class ControlSim {
    /** Somebody on the network. */
    interface Actor {
        void onMessage(String from, Message message);
    }

    private record Link(String from, String to) {}

    private record Timer(long timeNs, long number, Runnable task) {}

    private final long seed;
    private final Random random;
    private final Map<String, Actor> actors = new LinkedHashMap<>();
    private final Map<Link, Deque<Message>> links = new LinkedHashMap<>();
    private final List<Runnable> soon = new ArrayList<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong(Timer::timeNs).thenComparingLong(Timer::number));
    private final Set<String> fed = new HashSet<>();
    private final Map<String, Integer> inputs = new HashMap<>();
    private final StatementPlanner statements = statementPlanner();
    private final PhysicalPlanner physical =
            new PhysicalPlanner(ControlSim::strategy, new TextCompiler()::compile);
    private boolean hasLostNodes;
    private long nowNs = 1;
    private long epoch = 1;
    private long timerNumber;

    ControlSim(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    private static PlacementStrategy strategy(String name) {
        return name.equals("spread") ? new SpreadPlacement() : new FusedPlacement();
    }

    private static StatementPlanner statementPlanner() {
        ServiceTable<QueryLanguage> languages = new ServiceTable<>("language");
        languages.bind("sql", new TinyLanguage());
        ServiceTable<LogicalOptimizer> optimizers = new ServiceTable<>("optimizer");
        optimizers.bind("heuristic", plan -> plan);
        ServiceTable<SourceConnector> connectors = new ServiceTable<>("transport");
        connectors.bind("file", new TestConnector(true));
        connectors.bind("live", new TestConnector(false));
        return new StatementPlanner(languages, optimizers, connectors, 0);
    }

    // ---- the network

    /** As the bus promises: a newcomer is told who is there before it hears anything else. */
    void join(String address, Actor actor) {
        List<String> others = List.copyOf(actors.keySet());
        actors.put(address, actor);
        for (String other : others) {
            link(address, other).add(new MemberChanged(address, true));
            actor.onMessage(other, new MemberChanged(other, true));
        }
    }

    void leave(String address) {
        actors.remove(address);
        links.keySet().removeIf(link -> link.to().equals(address));
        for (String other : actors.keySet()) {
            link(address, other).add(new MemberChanged(address, false));
        }
    }

    void send(String from, String to, Message message) {
        if (actors.containsKey(to)) {
            link(from, to).add(message);
        }
    }

    private Deque<Message> link(String from, String to) {
        return links.computeIfAbsent(new Link(from, to), l -> new ArrayDeque<>());
    }

    /** Something that takes a while. */
    void later(Runnable task) {
        soon.add(task);
    }

    private void at(long timeNs, Runnable task) {
        timers.add(new Timer(timeNs, timerNumber++, task));
    }

    /** Does one thing that can happen now; else lets time pass; false when nothing is left. */
    boolean step() {
        List<Link> ready =
                links.entrySet().stream()
                        .filter(e -> !e.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
        int choice = random.nextInt(Math.max(1, ready.size() + soon.size()));
        if (choice < ready.size()) {
            Link link = ready.get(choice);
            Message message = links.get(link).poll();
            actors.get(link.to()).onMessage(link.from(), message);
        } else if (!soon.isEmpty()) {
            soon.remove(choice - ready.size()).run();
        } else if (!timers.isEmpty()) {
            Timer timer = timers.poll();
            nowNs = Math.max(nowNs, timer.timeNs());
            timer.task().run();
        } else {
            return false;
        }
        nowNs += random.nextInt(1_000_000);
        return true;
    }

    void runUntilQuiet() {
        for (int i = 0; i < 200_000; i++) {
            if (!step()) {
                return;
            }
        }
        check(false, "still busy after 200,000 steps");
    }

    void check(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("seed " + seed + ": " + what);
        }
    }

    // ---- managers

    void startGlobal() {
        GlobalManager manager = new GlobalManager(epoch++);
        join("global", (from, m) -> step(manager, new GlobalEvent.Received(from, m)));
    }

    private void step(GlobalManager manager, GlobalEvent event) {
        for (GlobalEffect effect : manager.onEvent(event, nowNs)) {
            if (effect instanceof GlobalEffect.Send send) {
                send("global", send.to(), send.message());
            } else if (effect instanceof GlobalEffect.WakeAt wake) {
                at(wake.timeNs(), () -> step(manager, new GlobalEvent.Tick()));
            } else if (effect instanceof GlobalEffect.Plan plan) {
                later(() -> step(manager, answer(plan)));
            }
        }
    }

    private GlobalEvent answer(GlobalEffect.Plan plan) {
        try {
            return new GlobalEvent.Planned(
                    plan.ticket(), statements.plan(plan.text(), plan.catalog(), plan.settings()));
        } catch (GaloisException e) {
            return new GlobalEvent.NotPlanned(plan.ticket(), e);
        }
    }

    void startRegion() {
        RegionManager manager = new RegionManager("r1");
        join("region/r1", (from, m) -> step(manager, new RegionEvent.Received(from, m)));
    }

    private void step(RegionManager manager, RegionEvent event) {
        for (RegionEffect effect : manager.onEvent(event, nowNs)) {
            if (effect instanceof RegionEffect.Send send) {
                send("region/r1", send.to(), send.message());
            } else if (effect instanceof RegionEffect.WakeAt wake) {
                at(wake.timeNs(), () -> step(manager, new RegionEvent.Tick()));
            }
        }
    }

    void startCluster(int nodesMin) {
        ClusterManager manager = new ClusterManager("c1", "r1", nodesMin);
        Actor[] self = new Actor[1];
        self[0] = (from, m) -> step(self[0], manager, new ClusterEvent.Received(from, m));
        join("cluster/c1", self[0]);
    }

    private void step(Actor self, ClusterManager manager, ClusterEvent event) {
        if (actors.get("cluster/c1") != self) {
            return; // a timer or an answer of one that was stopped
        }
        for (ClusterEffect effect : manager.onEvent(event, nowNs)) {
            if (effect instanceof ClusterEffect.Send send) {
                checkOrder(send.message());
                send("cluster/c1", send.to(), send.message());
            } else if (effect instanceof ClusterEffect.WakeAt wake) {
                at(wake.timeNs(), () -> step(self, manager, new ClusterEvent.Tick()));
            } else if (effect instanceof ClusterEffect.Plan plan) {
                later(() -> step(self, manager, answer(plan)));
            }
        }
    }

    /** The promise of the order of assignment: nothing is read before everything can take it. */
    private void checkOrder(Message message) {
        if (message instanceof Message.Assign assign
                && assign.assignment() instanceof Assignment.Producer producer) {
            for (Edge output : producer.outputs()) {
                if (fed.add(producer.epoch() + " " + output.id())) {
                    Deque<Edge> next = new ArrayDeque<>(List.of(output));
                    while (!next.isEmpty()) {
                        Edge edge = next.poll();
                        next.addAll(node(edge.toNode()).receive(edge));
                    }
                }
            }
        }
    }

    private ClusterEvent answer(ClusterEffect.Plan plan) {
        try {
            return new ClusterEvent.Planned(
                    plan.ticket(), physical.plan(plan.subquery(), plan.nodes(), plan.pinned()));
        } catch (GaloisException e) {
            return new ClusterEvent.NotPlanned(plan.ticket(), Failure.of(e));
        }
    }

    // ---- nodes

    SimNode startNode(String id) {
        SimNode node = new SimNode(this, id);
        join("node/" + id, node);
        return node;
    }

    void loseNode(String id) {
        hasLostNodes = true;
        leave("node/" + id);
    }

    boolean hasLostNodes() {
        return hasLostNodes;
    }

    SimNode node(String id) {
        Actor node = actors.get("node/" + id);
        return node == null ? new SimNode(this, id) : (SimNode) node;
    }

    void endOfInput(String nodeId, Edge edge) {
        node(nodeId).onEnd(edge);
    }

    /** A bounded input was opened: once for each query, or rows come twice. */
    void countInput(String queryId) {
        check(inputs.merge(queryId, 1, Integer::sum) == 1, queryId + " reads its input again");
    }

    Random random() {
        return random;
    }
}
