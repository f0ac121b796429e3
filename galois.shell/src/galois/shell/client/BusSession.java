package galois.shell.client;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.TextPosition;
import galois.api.client.ClientSession;
import galois.api.client.ResultHandler;
import galois.api.control.Bus;
import galois.api.control.Message;
import galois.api.query.QueryLanguage;
import galois.api.query.SourceText;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A session over the bus: one address, requests matched to answers by number. */
final class BusSession implements ClientSession {
    static final String GLOBAL = "global";
    static final long MANAGER_TIMEOUT_MS = 10_000;
    static final long ANSWER_TIMEOUT_MS = 30_000;
    static final long STOP_TIMEOUT_MS = 5_000;

    private final QueryLanguage language;
    private final ResultConnector results;
    private final Listener listener;
    private final Consumer<RunningQuery> onStarted;
    private final CreatedStreams created;
    private final Map<String, String> settings = new TreeMap<>();
    private final AtomicLong lastRequest = new AtomicLong();
    private final Map<Long, Request> requests = new ConcurrentHashMap<>();
    private final Map<String, RunningQuery> queries = new ConcurrentHashMap<>();

    /** Not complete while the manager is away. */
    private volatile CompletableFuture<Void> managerThere = new CompletableFuture<>();

    private volatile boolean keeps;

    private final Bus.Member member;

    /** An unanswered statement. */
    private record Request(
            SourceText statement, ResultHandler results, CompletableFuture<Outcome> answer) {}

    BusSession(
            Bus bus,
            String address,
            QueryLanguage language,
            ResultConnector results,
            Listener listener,
            Consumer<RunningQuery> onStarted) {
        this.language = language;
        this.results = results;
        this.listener = listener;
        this.onStarted = onStarted;
        this.created = new CreatedStreams();
        this.member = bus.join(address, (from, message) -> onMessage(message));
    }

    void awaitManager() {
        await(managerThere, MANAGER_TIMEOUT_MS, "the global manager is not there");
    }

    @Override
    public void set(String key, String value) {
        settings.put(key, value);
    }

    @Override
    public void keep() {
        keeps = true;
    }

    @Override
    public List<SourceText> split(String script) {
        return language.split(script);
    }

    @Override
    public Outcome execute(SourceText statement, ResultHandler results) {
        long id = lastRequest.incrementAndGet();
        Request request = new Request(statement, results, new CompletableFuture<>());
        requests.put(id, request); // first: if the manager goes away from now on, it is failed
        try {
            awaitManager();
            member.send(GLOBAL, new Message.Execute(id, statement, Map.copyOf(settings)));
            Outcome outcome =
                    await(request.answer, ANSWER_TIMEOUT_MS, "the global manager does not answer");
            created.onExecuted(statement);
            return outcome;
        } finally {
            requests.remove(id);
        }
    }

    /** On the member's thread. */
    private void onMessage(Message message) {
        if (message instanceof Message.Executed executed) {
            onExecuted(executed);
        } else if (message instanceof Message.Refused refused) {
            Request request = requests.get(refused.requestId());
            if (request != null) {
                request.answer.completeExceptionally(Failures.exception(refused.failure()));
            }
        } else if (message instanceof Message.QueryChanged change) {
            onQueryChanged(change);
        } else if (message instanceof Message.RowProblems problems) {
            listener.onProblems(problems);
        } else if (message instanceof Message.MemberChanged change
                && change.address().equals(GLOBAL)) {
            onManager(change.up());
        }
    }

    private void onExecuted(Message.Executed executed) {
        Request request = requests.get(executed.requestId());
        if (request == null) {
            return;
        }
        settings.putAll(executed.setting());
        RunningQuery query = null;
        String id = executed.queryId();
        if (id != null) {
            query =
                    new RunningQuery(
                            id,
                            request.statement.text().strip(),
                            executed.bounded(),
                            () -> member.send(GLOBAL, new Message.StopQuery(id)));
            queries.put(id, query);
            onStarted.accept(query);
            results.claim(id, request.results);
        }
        request.answer.complete(new Outcome(executed.text(), query));
    }

    private void onQueryChanged(Message.QueryChanged change) {
        RunningQuery query = queries.get(change.queryId());
        if (query != null) {
            query.onChange(change);
            if (change.state().isFinal()) {
                results.forget(change.queryId());
            }
        }
    }

    private void onManager(boolean up) {
        if (up) {
            managerThere.complete(null);
            return;
        }
        managerThere = new CompletableFuture<>();
        requests.values()
                .forEach(
                        request ->
                                request.answer.completeExceptionally(
                                        new GaloisException(
                                                ErrorCode.UNREACHABLE,
                                                "the global manager went away: try again")));
    }

    @Override
    public void close() {
        if (keeps) { // the manager stops a SELECT of a client that left
            queries.keySet().forEach(results::forget);
            member.close();
            return;
        }
        List<RunningQuery> open =
                queries.values().stream().filter(q -> !q.snapshot().state().isFinal()).toList();
        open.forEach(RunningQuery::stop);
        try {
            CompletableFuture<?>[] ends =
                    open.stream().map(RunningQuery::ended).toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(ends)
                    .exceptionally(failure -> null)
                    .completeOnTimeout(null, STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .join();
            for (String drop : created.drops()) {
                execute(new SourceText(drop, new TextPosition(1, 1)), null);
            }
        } catch (GaloisException | CompletionException e) {
            // The manager is gone or a foreign query uses the stream: leaving must not fail.
            assert e.getMessage() != null;
        } finally {
            queries.keySet().forEach(results::forget);
            member.close();
        }
    }

    private static <T> T await(CompletableFuture<T> future, long timeoutMs, String problem) {
        try {
            return future.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GaloisException(ErrorCode.UNREACHABLE, "interrupted: " + problem, e);
        } catch (TimeoutException e) {
            throw new GaloisException(
                    ErrorCode.UNREACHABLE, problem + " within " + timeoutMs / 1000 + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GaloisException failure) {
                throw failure;
            }
            throw new GaloisException(ErrorCode.BUG, e.getCause().toString(), e.getCause());
        }
    }
}
