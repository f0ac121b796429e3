package galois.node.core;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.kernel.KernelModule;
import galois.node.edge.Timer;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Kernels of this node by code id. What is not here is asked for, and what arrives is believed only
 * when its SHA-256 is its id.
 */
final class CodeStore {
    /** Modules kept; the one that was used longest ago goes first. */
    static final int MODULES_MAX = 256;

    /** How long one request may take ... */
    static final long REQUEST_TIMEOUT_MS = 5_000;

    /** ... and how often it is made. */
    static final int REQUESTS_MAX = 3;

    private final Consumer<String> request;
    private final Timer timer;
    private final Map<String, byte[]> modules =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
                    return size() > MODULES_MAX;
                }
            };
    private final Map<String, CompletableFuture<byte[]>> waiting = new HashMap<>();

    /**
     * @param request asks the cluster manager for a code id; {@link #onReply} brings the answer
     */
    CodeStore(Consumer<String> request, Timer timer) {
        this.request = request;
        this.timer = timer;
    }

    /** Completes with the module, or fails with UNKNOWN_CODE, MODULE_REFUSED or UNREACHABLE. */
    CompletionStage<byte[]> code(String codeId) {
        CompletableFuture<byte[]> future;
        synchronized (this) {
            byte[] here = modules.get(codeId);
            if (here != null) {
                return CompletableFuture.completedFuture(here);
            }
            future = waiting.get(codeId);
            if (future != null) {
                return future;
            }
            future = new CompletableFuture<>();
            waiting.put(codeId, future);
        }
        ask(codeId, future, 1);
        return future;
    }

    /**
     * @param wasm null when the cluster manager does not have it
     */
    void onReply(String codeId, byte[] wasm) {
        boolean genuine = wasm != null && KernelModule.codeId(wasm).equals(codeId);
        CompletableFuture<byte[]> future;
        synchronized (this) {
            future = waiting.remove(codeId);
            if (genuine && future != null) {
                modules.put(codeId, wasm);
            }
        }
        if (future == null) {
            return; // nobody asked, or it came after the limit
        }
        if (genuine) {
            future.complete(wasm);
        } else if (wasm == null) {
            future.completeExceptionally(
                    new GaloisException(
                            ErrorCode.UNKNOWN_CODE,
                            "the cluster manager has no kernel "
                                    + KernelModule.shortId(codeId)
                                    + ": deploy the query again"));
        } else {
            future.completeExceptionally(
                    new GaloisException(
                            ErrorCode.MODULE_REFUSED,
                            "kernel "
                                    + KernelModule.shortId(codeId)
                                    + " arrived with other bytes than its id says: it is not run"));
        }
    }

    private void ask(String codeId, CompletableFuture<byte[]> future, int attempt) {
        request.accept(codeId);
        timer.after(REQUEST_TIMEOUT_MS, () -> onTimeout(codeId, future, attempt));
    }

    private void onTimeout(String codeId, CompletableFuture<byte[]> future, int attempt) {
        if (future.isDone()) {
            return;
        }
        if (attempt < REQUESTS_MAX) {
            ask(codeId, future, attempt + 1);
            return;
        }
        synchronized (this) {
            waiting.remove(codeId, future);
        }
        future.completeExceptionally(
                new GaloisException(
                        ErrorCode.UNREACHABLE,
                        "the cluster manager did not send kernel "
                                + KernelModule.shortId(codeId)
                                + " within "
                                + REQUESTS_MAX * REQUEST_TIMEOUT_MS / 1000
                                + " s: is it running?"));
    }
}
