package galois.demo;

import galois.api.Clock;
import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.client.ClientSession;
import galois.api.client.QueryClient;
import galois.api.control.QueryState;
import galois.api.node.NodeReport;
import galois.api.query.SourceText;
import galois.demo.elec.ElecRows;
import galois.demo.producer.Producer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * One run of the demo: the script goes through the same client as {@code ./galois sql}; the
 * producer starts when every query of it runs. The rows go only over the broker.
 */
final class DemoRun implements AutoCloseable {
    /** The paper's query comes first in the script, the daily windows second. */
    private static final List<String> TITLES = List.of("paper's query", "daily demand");

    private final Problems problems = new Problems();
    private final List<WatchedQuery> queries = new ArrayList<>();
    private final Supplier<List<NodeReport>> reports;
    private final Clock clock;
    private final ClientSession session;
    private volatile Producer producer;
    private volatile long startNs;

    DemoRun(QueryClient client, Supplier<List<NodeReport>> reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
        this.session = client.open(problems);
    }

    /**
     * Runs the statements; returns when every query runs.
     *
     * @throws GaloisException why one was refused or failed
     */
    void deploy(String script) {
        for (SourceText statement : session.split(script)) {
            String title =
                    queries.size() < TITLES.size()
                            ? TITLES.get(queries.size())
                            : "query " + (queries.size() + 1);
            WatchedQuery watched = new WatchedQuery(title, reports);
            ClientSession.Outcome outcome = session.execute(statement, watched);
            if (outcome.query() != null) {
                watched.started(outcome.query());
                queries.add(watched);
            }
        }
        queries.forEach(watched -> join(watched.query().running()));
    }

    /** Begins to publish. */
    void start(ElecRows rows, Producer.Target target, long rate) {
        producer = new Producer(rows, target, rate, clock);
        startNs = clock.nowNs();
        producer.start();
    }

    /** Completes when every query has given its last row; exceptionally when one failed. */
    CompletableFuture<Void> finished() {
        List<CompletableFuture<?>> all = new ArrayList<>();
        queries.forEach(watched -> all.add(watched.query().ended().thenAccept(this::check)));
        all.add(producer.done());
        CompletableFuture<Void> result = new CompletableFuture<>();
        CompletableFuture<?>[] parts = all.toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(parts).thenRun(() -> result.complete(null));
        // One failure is enough: the others may never end.
        for (CompletableFuture<?> part : parts) {
            part.exceptionally(
                    failure -> {
                        result.completeExceptionally(failure);
                        return null;
                    });
        }
        return result;
    }

    private void check(QueryState state) {
        if (state != QueryState.FINISHED) {
            throw new GaloisException(
                    ErrorCode.UNREACHABLE, "a query was stopped before the data ended");
        }
    }

    List<WatchedQuery> queries() {
        return queries;
    }

    Problems problems() {
        return problems;
    }

    Producer producer() {
        return producer;
    }

    /** Since publishing began. */
    long elapsedNs() {
        return clock.nowNs() - startNs;
    }

    List<NodeReport> reports() {
        return reports.get();
    }

    static void join(CompletableFuture<?> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            Throwable cause = e;
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof GaloisException known) {
                throw known;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
        session.close();
    }
}
