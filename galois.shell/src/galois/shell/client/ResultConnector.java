package galois.shell.client;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.client.ResultHandler;
import galois.api.io.Encoder;
import galois.api.io.SinkConnector;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The sink of a client's SELECT: gives the rows to the handler that the session named. The sink
 * role and the client learn of a query in any order, so each waits for the other here.
 */
public final class ResultConnector implements SinkConnector {
    /** How long a sink waits for a client to claim its rows. */
    static final long CLAIM_TIMEOUT_MS = 10_000;

    private final Map<String, CompletableFuture<ResultHandler>> handlers =
            new ConcurrentHashMap<>();

    /** Names the handler of a query, before or after its sink opens. */
    void claim(String queryId, ResultHandler handler) {
        handlers.computeIfAbsent(queryId, id -> new CompletableFuture<>()).complete(handler);
    }

    /** Forgets a query that is over. */
    void forget(String queryId) {
        handlers.remove(queryId);
    }

    @Override
    public boolean isFramed() {
        return false;
    }

    @Override
    public Session open(StreamDefinition stream, Encoder encoder) {
        ResultHandler handler = handler(stream);
        handler.onOpen(stream.schema());
        return new HandlerSession(handler);
    }

    /** The client has its rows so far and gets the rest; it hears nothing of the change. */
    @Override
    public Session reopen(StreamDefinition stream, Encoder encoder) {
        return new HandlerSession(handler(stream));
    }

    private ResultHandler handler(StreamDefinition stream) {
        String queryId = stream.option("query", "");
        return await(queryId, handlers.computeIfAbsent(queryId, id -> new CompletableFuture<>()));
    }

    private static ResultHandler await(String queryId, CompletableFuture<ResultHandler> handler) {
        try {
            return handler.get(CLAIM_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GaloisException(ErrorCode.SINK_FAILED, "the query was stopped", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new GaloisException(
                    ErrorCode.SINK_FAILED,
                    "no client takes the rows of query " + queryId + ": it has left",
                    e);
        }
    }

    private record HandlerSession(ResultHandler handler) implements Session {
        @Override
        public void write(BatchCursor batch) {
            handler.onRows(batch);
        }

        @Override
        public void flush() {
            handler.onPause();
        }

        @Override
        public void end() {
            handler.onEnd();
        }

        @Override
        public void close() {}
    }
}
