package galois.wasm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.kernel.KernelInstance;
import galois.api.kernel.KernelLimits;
import galois.api.kernel.KernelModule;

import org.junit.jupiter.api.Test;

import java.lang.ref.WeakReference;

class ChicoryKernelRuntimeTest {
    private final ChicoryKernelRuntime runtime = new ChicoryKernelRuntime(new TypedCompiler());

    @Test
    void choosesTheDirectPathWithThisChicory() {
        assertInstanceOf(TypedCompiler.class, CompilerChoice.choose());
    }

    @Test
    void keepsModulesUnderTheirCodeId() {
        byte[] wasm = TinyKernel.wasm();
        String codeId = runtime.register(wasm);
        assertEquals(KernelModule.codeId(wasm), codeId);
        assertEquals(codeId, runtime.register(wasm));
        assertArrayEquals(wasm, runtime.module(codeId).orElseThrow());
        assertEquals("tiny", runtime.metadata(codeId).name());
        assertTrue(runtime.module("00").isEmpty());
        GaloisException e =
                assertThrows(
                        GaloisException.class,
                        () -> runtime.instantiate("00", KernelLimits.DEFAULT));
        assertEquals(ErrorCode.UNKNOWN_CODE, e.code());
    }

    @Test
    void refusesMoreModulesThanItsLimit() {
        CodeRegistry registry = new CodeRegistry(1);
        registry.add(TinyKernel.wasm(), CodeRegistry.Owner.QUERIES);
        registry.add(TinyKernel.wasm(), CodeRegistry.Owner.QUERIES);
        byte[] other =
                TinyKernel.complete(new TinyWasm())
                        .custom("galois.abi", TinyKernel.ABI.replace("tiny", "other"))
                        .bytes();
        GaloisException e =
                assertThrows(
                        GaloisException.class,
                        () -> registry.add(other, CodeRegistry.Owner.QUERIES));
        assertEquals(ErrorCode.MODULE_REFUSED, e.code());
    }

    @Test
    void withdrawsWhatABundleBroughtUnlessQueriesWantItToo() {
        String codeId = runtime.registerFor("bundle", TinyKernel.wasm());
        KernelInstance running = runtime.instantiate(codeId, KernelLimits.DEFAULT);
        runtime.registerFor("other bundle", TinyKernel.wasm());
        runtime.withdraw("bundle");
        assertTrue(runtime.module(codeId).isPresent());
        runtime.withdraw("other bundle");
        assertTrue(runtime.module(codeId).isEmpty());
        assertEquals(0, running.outputRows()); // goes on
        running.close();
        runtime.registerFor("bundle", TinyKernel.wasm());
        runtime.register(TinyKernel.wasm());
        runtime.withdraw("bundle");
        assertTrue(runtime.module(codeId).isPresent());
    }

    @Test
    void compiledClassesGoWithTheLastInstance() throws InterruptedException {
        String codeId = runtime.register(TinyKernel.wasm());
        RegisteredCode code = RegisteredCode.of(TinyKernel.wasm());
        TypedCompiler compiler = new TypedCompiler();
        WeakReference<?> first = new WeakReference<>(code.acquire(compiler));
        WeakReference<?> second = new WeakReference<>(code.acquire(compiler));
        assertSame(first.get(), second.get());
        code.release();
        code.release();
        awaitCleared(first);
        assertNull(second.get());
        runtime.instantiate(codeId, KernelLimits.DEFAULT).close();
        runtime.instantiate(codeId, KernelLimits.DEFAULT).close(); // compiled anew
    }

    @Test
    void classLoaderIsUnloadedAfterUse() throws InterruptedException {
        String codeId = runtime.register(TinyKernel.wasm());
        awaitCleared(useOnce(codeId));
    }

    private WeakReference<ClassLoader> useOnce(String codeId) {
        CodeCompiler.Code code =
                new TypedCompiler().compile(ModuleVerifier.verify(runtime.module(codeId).get()));
        CodeCompiler.Sandbox sandbox =
                code.instantiate(new com.dylibso.chicory.wasm.types.MemoryLimits(1, 2));
        assertTrue(sandbox.entry().alloc(8) > 0);
        return new WeakReference<>(sandbox.entry().getClass().getClassLoader());
    }

    /** Collects until the referent is gone; each round waits for the collector, not for a clock. */
    private static void awaitCleared(WeakReference<?> reference) throws InterruptedException {
        for (int round = 0; round < 50 && reference.get() != null; round++) {
            System.gc();
        }
        assertNull(reference.get(), "still reachable");
    }
}
