package galois.shell.client;

import galois.api.GaloisException;
import galois.api.client.ClientQuery;
import galois.api.client.QuerySnapshot;
import galois.api.control.Message.QueryChanged;
import galois.api.control.QueryState;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a session knows of one of its queries; changed by the session's bus thread only. */
final class RunningQuery implements ClientQuery {
    private final boolean bounded;
    private final Runnable stop;
    private final CompletableFuture<Map<String, String>> running = new CompletableFuture<>();
    private final CompletableFuture<QueryState> ended = new CompletableFuture<>();
    private volatile QuerySnapshot snapshot;

    RunningQuery(String id, String text, boolean bounded, Runnable stop) {
        this.bounded = bounded;
        this.stop = stop;
        this.snapshot = new QuerySnapshot(id, text, QueryState.STARTING, Map.of());
    }

    void onChange(QueryChanged change) {
        if (ended.isDone()) {
            return;
        }
        Map<String, String> placement =
                change.placement() == null || change.placement().isEmpty()
                        ? snapshot.placement()
                        : change.placement();
        snapshot = new QuerySnapshot(id(), snapshot.text(), change.state(), placement);
        switch (change.state()) {
            case STARTING -> {}
            case RUNNING -> running.complete(placement);
            case FINISHED, STOPPED -> {
                running.complete(placement);
                ended.complete(change.state());
            }
            case FAILED -> fail(Failures.exception(change.failure()));
        }
    }

    void fail(GaloisException failure) {
        snapshot =
                new QuerySnapshot(id(), snapshot.text(), QueryState.FAILED, snapshot.placement());
        running.completeExceptionally(failure);
        ended.completeExceptionally(failure);
    }

    QuerySnapshot snapshot() {
        return snapshot;
    }

    @Override
    public String id() {
        return snapshot.id();
    }

    @Override
    public boolean isBounded() {
        return bounded;
    }

    @Override
    public CompletableFuture<Map<String, String>> running() {
        return running.copy();
    }

    @Override
    public CompletableFuture<QueryState> ended() {
        return ended.copy();
    }

    @Override
    public void stop() {
        stop.run();
    }
}
