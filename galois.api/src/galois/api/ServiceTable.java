package galois.api;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Services of one kind by their {@code name}, as they come and go: a component binds and unbinds,
 * its worker looks up. Start order does not matter, because a look-up waits a while for a name that
 * is not there yet. Thread safe.
 *
 * @param <T> the service
 */
public final class ServiceTable<T> {
    private final String kind;
    private final Map<String, CompletableFuture<T>> byName = new ConcurrentHashMap<>();

    /**
     * @param kind in words, for the error: {@code optimizer}
     */
    public ServiceTable(String kind) {
        this.kind = kind;
    }

    /** A service came; one that had the name before is replaced. */
    public synchronized void bind(String name, T service) {
        CompletableFuture<T> waiting = byName.get(name);
        if (waiting != null && waiting.complete(service)) {
            return;
        }
        byName.put(name, CompletableFuture.completedFuture(service));
    }

    /** A service went; ignored when the name belongs to another by now. */
    public synchronized void unbind(String name, T service) {
        CompletableFuture<T> known = byName.get(name);
        if (known != null && known.getNow(null) == service) {
            byName.remove(name);
        }
    }

    /**
     * The service with that name, waiting for it at most {@code waitMs}.
     *
     * @throws GaloisException UNKNOWN_SERVICE listing the known names
     */
    public T get(String name, long waitMs) {
        CompletableFuture<T> wanted;
        synchronized (this) {
            wanted = byName.computeIfAbsent(name, n -> new CompletableFuture<>());
        }
        try {
            return wanted.get(waitMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unknown(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(name);
        } catch (ExecutionException e) {
            throw new AssertionError("never completed with a failure", e);
        } finally {
            forget(name, wanted);
        }
    }

    /** The services that are there now, by name. */
    public Map<String, T> known() {
        Map<String, T> known = new TreeMap<>();
        byName.forEach(
                (name, service) -> {
                    T present = service.getNow(null);
                    if (present != null) {
                        known.put(name, present);
                    }
                });
        return known;
    }

    /** Names that nobody provides must not pile up. */
    private synchronized void forget(String name, CompletableFuture<T> wanted) {
        if (!wanted.isDone()) {
            byName.remove(name, wanted);
        }
    }

    private GaloisException unknown(String name) {
        String names = String.join("\", \"", known().keySet());
        String remedy = names.isEmpty() ? "none is installed" : "installed are \"" + names + "\"";
        return new GaloisException(
                ErrorCode.UNKNOWN_SERVICE, "unknown " + kind + " \"" + name + "\": " + remedy);
    }
}
