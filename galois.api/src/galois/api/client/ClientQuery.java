package galois.api.client;

import galois.api.control.QueryState;

import org.osgi.annotation.versioning.ProviderType;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A query that a session started. Thread safe. */
@ProviderType
public interface ClientQuery {
    String id();

    /** True when it ends by itself. */
    boolean isBounded();

    /**
     * Completes when every part runs, with the node of each operator; exceptionally with a {@link
     * galois.api.GaloisException} when it failed before.
     */
    CompletableFuture<Map<String, String>> running();

    /**
     * Completes with FINISHED or STOPPED after the last row was handed over; exceptionally with a
     * {@link galois.api.GaloisException} when it failed.
     */
    CompletableFuture<QueryState> ended();

    /** Asks for the end; {@link #ended} tells when. */
    void stop();
}
