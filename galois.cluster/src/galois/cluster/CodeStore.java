package galois.cluster;

import galois.api.GaloisException;
import galois.api.kernel.KernelCompiler;
import galois.api.kernel.KernelModule;
import galois.api.kernel.KernelRuntime;
import galois.api.plan.LogicalPlan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Compiles and keeps the code of this cluster by id, for nodes that ask. The newest {@link
 * #MODULES_MAX} modules outlive a restart of the kernel runtime. Thread safe.
 */
final class CodeStore {
    /** The least recently used goes first; the kernel runtime may still know it. */
    static final int MODULES_MAX = 1024;

    private final Supplier<KernelCompiler> compiler;
    private final Supplier<KernelRuntime> runtime;
    private final Map<String, byte[]> modules =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
                    return size() > MODULES_MAX;
                }
            };

    CodeStore(Supplier<KernelCompiler> compiler, Supplier<KernelRuntime> runtime) {
        this.compiler = compiler;
        this.runtime = runtime;
    }

    /**
     * Compiles and registers.
     *
     * @throws GaloisException UNSUPPORTED, MODULE_REFUSED, UNKNOWN_SERVICE
     */
    KernelModule compile(LogicalPlan fragment) {
        KernelModule module = compiler.get().compile(fragment);
        String codeId = runtime.get().register(module.wasm());
        synchronized (modules) {
            modules.put(codeId, module.wasm());
        }
        return module;
    }

    /** Null when the id is unknown. */
    byte[] code(String codeId) {
        synchronized (modules) {
            byte[] wasm = modules.get(codeId);
            if (wasm != null) {
                return wasm;
            }
        }
        return runtime.get().module(codeId).orElse(null);
    }
}
