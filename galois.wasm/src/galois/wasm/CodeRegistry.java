package galois.wasm;

import galois.api.kernel.KernelModule;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Verified modules by code id, and who wants each of them kept. Thread safe. */
final class CodeRegistry {
    /** Limit on registered modules; a further one is refused. */
    static final int MODULES_MAX = 20_000;

    /**
     * Who wants a module kept: a bundle, or the queries of this runtime (for as long as it runs).
     */
    record Owner(Object key) {
        static final Owner QUERIES = new Owner("queries");
    }

    private record Entry(RegisteredCode code, Set<Owner> owners) {}

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final int modulesMax;

    CodeRegistry() {
        this(MODULES_MAX);
    }

    CodeRegistry(int modulesMax) {
        this.modulesMax = modulesMax;
    }

    /**
     * Verifies and keeps a module.
     *
     * @throws galois.api.GaloisException MODULE_REFUSED
     */
    String add(byte[] wasm, Owner owner) {
        String codeId = KernelModule.codeId(wasm);
        if (!entries.containsKey(codeId) && entries.size() >= modulesMax) {
            throw ModuleVerifier.refused(
                    modulesMax + " modules are registered already, withdraw some");
        }
        entries.compute(
                codeId,
                (id, known) -> {
                    Entry entry = known;
                    if (entry == null) {
                        entry =
                                new Entry(
                                        RegisteredCode.of(wasm.clone()),
                                        ConcurrentHashMap.newKeySet());
                    }
                    entry.owners().add(owner);
                    return entry;
                });
        return codeId;
    }

    Optional<RegisteredCode> find(String codeId) {
        return Optional.ofNullable(entries.get(codeId)).map(Entry::code);
    }

    /** Takes the owner away from every module; one without owners is forgotten. */
    void remove(Owner owner) {
        for (String codeId : entries.keySet()) {
            entries.computeIfPresent(
                    codeId,
                    (id, entry) -> {
                        entry.owners().remove(owner);
                        return entry.owners().isEmpty() ? null : entry;
                    });
        }
    }
}
