package galois.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.kernel.KernelModule;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

class CodeStoreTest {
    private static final byte[] WASM = {0, 'a', 's', 'm'};
    private static final String ID = KernelModule.codeId(WASM);

    private final List<String> requests = new ArrayList<>();
    private final Deque<Runnable> timeouts = new ArrayDeque<>();
    private final CodeStore store =
            new CodeStore(requests::add, (delayMs, task) -> timeouts.add(task));

    @Test
    void codeIsAskedForOnceAndKept() {
        CompletableFuture<byte[]> first = store.code(ID).toCompletableFuture();
        CompletableFuture<byte[]> second = store.code(ID).toCompletableFuture();
        store.onReply(ID, WASM);
        assertSame(WASM, first.join());
        assertSame(WASM, second.join());
        assertSame(WASM, store.code(ID).toCompletableFuture().join());
        assertEquals(List.of(ID), requests);
    }

    @Test
    void otherBytesThanTheIdSaysAreNotBelieved() {
        CompletableFuture<byte[]> code = store.code(ID).toCompletableFuture();
        store.onReply(ID, new byte[] {1, 2, 3});
        assertEquals(ErrorCode.MODULE_REFUSED, failure(code).code());
        assertFalse(store.code(ID).toCompletableFuture().isDone());
    }

    @Test
    void codeThatTheManagerDoesNotHaveIsUnknown() {
        CompletableFuture<byte[]> code = store.code(ID).toCompletableFuture();
        store.onReply(ID, null);
        assertEquals(ErrorCode.UNKNOWN_CODE, failure(code).code());
    }

    @Test
    void silenceIsAskedAgainAndThenAnError() {
        CompletableFuture<byte[]> code = store.code(ID).toCompletableFuture();
        for (int i = 1; i <= CodeStore.REQUESTS_MAX; i++) {
            assertEquals(i, requests.size());
            assertFalse(code.isDone());
            timeouts.remove().run();
        }
        assertEquals(ErrorCode.UNREACHABLE, failure(code).code());
        assertEquals(CodeStore.REQUESTS_MAX, requests.size());
    }

    @Test
    void codeThatNobodyAskedForIsIgnored() {
        store.onReply(ID, WASM);
        store.code(ID);
        assertEquals(List.of(ID), requests);
    }

    private static GaloisException failure(CompletableFuture<byte[]> code) {
        CompletionException e = assertThrows(CompletionException.class, code::join);
        return (GaloisException) e.getCause();
    }
}
