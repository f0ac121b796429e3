package galois.cluster;

import galois.api.kernel.KernelInstance;
import galois.api.kernel.KernelLimits;
import galois.api.kernel.KernelMetadata;
import galois.api.kernel.KernelModule;
import galois.api.kernel.KernelRuntime;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The registry of a kernel runtime that runs nothing. */
final class CodeRegistry implements KernelRuntime {
    private final Map<String, byte[]> modules = new ConcurrentHashMap<>();

    @Override
    public String register(byte[] wasm) {
        String id = KernelModule.codeId(wasm);
        modules.put(id, wasm);
        return id;
    }

    @Override
    public Optional<byte[]> module(String codeId) {
        return Optional.ofNullable(modules.get(codeId));
    }

    @Override
    public KernelMetadata metadata(String codeId) {
        throw new UnsupportedOperationException("nothing runs here");
    }

    @Override
    public KernelInstance instantiate(String codeId, KernelLimits limits) {
        throw new UnsupportedOperationException("nothing runs here");
    }
}
