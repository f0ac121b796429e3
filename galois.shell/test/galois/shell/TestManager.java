package galois.shell;

import galois.api.control.Bus;
import galois.api.control.Message;
import galois.api.control.Message.Failure;
import galois.api.control.QueryState;
import galois.api.io.SinkConnector;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays the global manager and everything below it: {@code SELECT n} gives n rows and ends, {@code
 * SELECT FOREVER} gives three rows and goes on, what contains BAD is refused.
 */
final class TestManager implements AutoCloseable {
    static final Schema SCHEMA = Schema.of(new Field("i", FieldType.BIGINT));

    final List<String> statements = new CopyOnWriteArrayList<>();
    final List<Map<String, String>> settings = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastQuery = new AtomicInteger();
    private final SinkConnector results;
    private final CompletableFuture<Bus.Member> joined = new CompletableFuture<>();

    TestManager(Bus bus, SinkConnector results) {
        this.results = results;
        joined.complete(bus.join("global", this::onMessage));
    }

    /** A message may come before {@code join} has returned. */
    private Bus.Member member() {
        return joined.join();
    }

    private void onMessage(String from, Message message) {
        if (message instanceof Message.Execute execute) {
            String text = execute.statement().text().strip();
            statements.add(text);
            settings.add(execute.settings());
            answer(from, execute, text);
        } else if (message instanceof Message.StopQuery stop) {
            change(from, stop.queryId(), QueryState.STOPPED, null);
        }
    }

    private void answer(String from, Message.Execute execute, String text) {
        long id = execute.requestId();
        if (text.contains("BAD")) {
            Failure failure =
                    new Failure(
                            2003,
                            "unknown column",
                            execute.statement().start().line(),
                            execute.statement().start().column());
            member().send(from, new Message.Refused(id, failure));
        } else if (text.startsWith("SELECT")) {
            select(from, id, text.substring(7));
        } else if (text.startsWith("SET")) {
            member().send(
                            from,
                            new Message.Executed(
                                    id, null, null, Map.of("placement", "spread"), true));
        } else {
            String shown = text.startsWith("SHOW") ? "shown" : null;
            member().send(from, new Message.Executed(id, null, shown, Map.of(), true));
        }
    }

    private void select(String from, long id, String what) {
        String queryId = "q-" + lastQuery.incrementAndGet();
        boolean forever = what.equals("FOREVER");
        member().send(from, new Message.Executed(id, queryId, null, Map.of(), !forever));
        change(from, queryId, QueryState.RUNNING, null);
        new Thread(() -> deliver(from, queryId, forever ? 3 : Integer.parseInt(what), forever))
                .start();
    }

    private void deliver(String from, String queryId, int rows, boolean forever) {
        StreamDefinition target =
                new StreamDefinition("result", SCHEMA, Map.of(), -1, 0, Map.of("query", queryId));
        try (SinkConnector.Session session = results.open(target, null)) {
            BatchBuilder builder = new BatchBuilder(SCHEMA, 1 << 16);
            for (int i = 0; i < rows; i++) {
                builder.beginRow();
                builder.setLong(0, i);
                builder.commitRow(0, RowKind.INSERT, 0);
            }
            int size = builder.finish(RowLayout.WATERMARK_NONE);
            session.write(new BatchCursor().wrap(builder.array(), 0, size, SCHEMA));
            session.flush();
            if (!forever) {
                session.end();
                change(from, queryId, QueryState.FINISHED, null);
            }
        }
    }

    private void change(String to, String queryId, QueryState state, Failure failure) {
        member().send(to, new Message.QueryChanged(queryId, state, failure, Map.of("source", "a")));
    }

    @Override
    public void close() {
        member().close();
    }
}
