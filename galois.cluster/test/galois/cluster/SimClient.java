package galois.cluster;

import galois.api.TextPosition;
import galois.api.control.Message;
import galois.api.control.Message.Executed;
import galois.api.control.Message.Failure;
import galois.api.control.Message.QueryChanged;
import galois.api.control.Message.Refused;
import galois.api.control.QueryState;
import galois.api.query.SourceText;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client that sends one statement after the other and writes down what it hears. */
final class SimClient implements ControlSim.Actor {
    private final ControlSim sim;
    private final String address;
    private final Deque<String> script = new ArrayDeque<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, List<QueryState>> states = new LinkedHashMap<>();
    private final Map<String, QueryChanged> latest = new LinkedHashMap<>();
    private final Map<String, Boolean> bounded = new HashMap<>();
    private final List<Executed> executed = new ArrayList<>();
    private final List<Failure> refused = new ArrayList<>();
    private long requestId;
    private boolean isWaiting;

    SimClient(ControlSim sim, String address) {
        this.sim = sim;
        this.address = address;
    }

    /** Sends the statement when those before are answered. */
    void run(String statement) {
        script.add(statement);
        next();
    }

    void stop(String queryId) {
        sim.send(address, "global", new Message.StopQuery(queryId));
    }

    private void next() {
        if (!isWaiting && !script.isEmpty()) {
            isWaiting = true;
            SourceText text = new SourceText(script.poll(), new TextPosition(3, 1));
            sim.send(
                    address,
                    "global",
                    new Message.Execute(++requestId, text, Map.copyOf(settings)));
        }
    }

    @Override
    public void onMessage(String from, Message message) {
        if (message instanceof Executed done) {
            executed.add(done);
            settings.putAll(done.setting());
            if (done.queryId() != null) {
                states.put(done.queryId(), new ArrayList<>());
                bounded.put(done.queryId(), done.bounded());
            }
            isWaiting = false;
            next();
        } else if (message instanceof Refused no) {
            refused.add(no.failure());
            isWaiting = false;
            next();
        } else if (message instanceof QueryChanged change) {
            List<QueryState> seen = states.get(change.queryId());
            sim.check(seen != null, "news before the answer: " + change);
            sim.check(
                    seen.isEmpty() || !seen.get(seen.size() - 1).isFinal(),
                    "news after the end: " + seen + " " + change);
            seen.add(change.state());
            latest.put(change.queryId(), change);
        }
    }

    Map<String, List<QueryState>> states() {
        return states;
    }

    QueryChanged latest(String queryId) {
        return latest.get(queryId);
    }

    QueryState state(String queryId) {
        QueryChanged last = latest.get(queryId);
        return last == null ? null : last.state();
    }

    boolean isBounded(String queryId) {
        return bounded.get(queryId);
    }

    List<Executed> executed() {
        return executed;
    }

    List<Failure> refused() {
        return refused;
    }
}
