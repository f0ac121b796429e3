package galois.wasm;

import com.dylibso.chicory.wasm.WasmModule;

import galois.api.kernel.KernelMetadata;

import java.util.Map;

/**
 * A module that passed every rule of {@link ModuleVerifier}.
 *
 * @param functions function index of each export
 */
record VerifiedModule(
        WasmModule wasm, KernelMetadata metadata, Map<KernelExport, Integer> functions) {
    VerifiedModule {
        functions = Map.copyOf(functions);
    }
}
