package galois.wasm;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.MemoryLimits;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.kernel.KernelMetadata;

import java.lang.ref.SoftReference;

/**
 * One module of the registry: its bytes, and its compiled code while an instance uses it. Thread
 * safe.
 */
final class RegisteredCode {
    private final byte[] wasm;
    private final KernelMetadata metadata;
    private final MemoryLimits declared;
    private final SoftReference<VerifiedModule> parsed; // saves the next compilation a parse
    private CodeCompiler.Code code;
    private int instances;

    private RegisteredCode(byte[] wasm, VerifiedModule module) {
        this.wasm = wasm;
        this.parsed = new SoftReference<>(module);
        this.metadata = module.metadata();
        this.declared = module.wasm().memorySection().orElseThrow().getMemory(0).limits();
    }

    /**
     * @throws GaloisException MODULE_REFUSED
     */
    static RegisteredCode of(byte[] wasm) {
        return new RegisteredCode(wasm, ModuleVerifier.verify(wasm));
    }

    byte[] wasm() {
        return wasm.clone();
    }

    KernelMetadata metadata() {
        return metadata;
    }

    /**
     * The compiled code, compiled now if no other instance has it; {@link #release} gives it back.
     *
     * @throws GaloisException MODULE_REFUSED when a function is too large for the JVM
     */
    synchronized CodeCompiler.Code acquire(CodeCompiler compiler) {
        if (code == null) {
            try {
                VerifiedModule module = parsed.get();
                code = compiler.compile(module != null ? module : ModuleVerifier.verify(wasm));
                parsed.clear(); // the code holds it now
            } catch (ChicoryException e) {
                throw ModuleVerifier.refused("it cannot be compiled: " + e.getMessage());
            }
        }
        instances++;
        return code;
    }

    /** With the last instance the compiled classes go. */
    synchronized void release() {
        instances--;
        if (instances == 0) {
            code = null;
        }
    }

    /**
     * What the module declares, cut down to the limit.
     *
     * @throws GaloisException STATE_LIMIT when it needs more from the start
     */
    MemoryLimits memory(int bytesMax) {
        int pagesMax = Math.min(declared.maximumPages(), bytesMax / Memory.PAGE_SIZE);
        if (pagesMax < declared.initialPages()) {
            throw new GaloisException(
                    ErrorCode.STATE_LIMIT,
                    "kernel "
                            + metadata.name()
                            + " needs "
                            + declared.initialPages() * Memory.PAGE_SIZE
                            + " bytes of memory, the limit is "
                            + bytesMax);
        }
        return new MemoryLimits(declared.initialPages(), pagesMax);
    }
}
