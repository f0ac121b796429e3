package galois.itest;

import galois.api.TextPosition;
import galois.api.control.Bus;
import galois.api.control.Message;
import galois.api.control.Message.Executed;
import galois.api.control.Message.QueryChanged;
import galois.api.control.Message.Refused;
import galois.api.control.QueryState;
import galois.api.query.SourceText;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the global manager by hand, one statement at a time. */
final class TestClient implements AutoCloseable {
    private static final String GLOBAL = "global";

    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> globalIsThere = new CompletableFuture<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Bus.Member member;
    private long requestId;

    TestClient(Bus bus, String name) throws Exception {
        member = bus.join("client/" + name, (from, message) -> receive(message));
        globalIsThere.get(60, TimeUnit.SECONDS);
    }

    private void receive(Message message) {
        if (!(message instanceof Message.MemberChanged change)) {
            received.add(message);
        } else if (change.up() && change.address().equals(GLOBAL)) {
            globalIsThere.complete(null);
        }
    }

    /** Carries out a statement; fails when it is refused. */
    Executed run(String statement) throws Exception {
        SourceText text = new SourceText(statement, new TextPosition(1, 1));
        member.send(GLOBAL, new Message.Execute(++requestId, text, Map.copyOf(settings)));
        Message answer = next();
        if (answer instanceof Refused refused) {
            throw new AssertionError(statement + ": " + refused.failure().userText());
        }
        Executed executed = (Executed) answer;
        settings.putAll(executed.setting());
        return executed;
    }

    /** Starts a query and waits until every part of it runs. */
    QueryChanged start(String query) throws Exception {
        run(query);
        return await(QueryState.RUNNING);
    }

    QueryChanged stop(String queryId) throws Exception {
        member.send(GLOBAL, new Message.StopQuery(queryId));
        return await(QueryState.STOPPED);
    }

    private QueryChanged await(QueryState state) throws Exception {
        while (true) {
            if (next() instanceof QueryChanged news) {
                if (news.failure() != null) {
                    throw new AssertionError(news.failure().userText());
                }
                if (news.state() == state) {
                    return news;
                }
            }
        }
    }

    private Message next() throws InterruptedException {
        Message message = received.poll(60, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no answer within a minute");
        }
        return message;
    }

    @Override
    public void close() {
        member.close();
    }
}
