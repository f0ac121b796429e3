package galois.api.kernel;

import org.osgi.annotation.versioning.ProviderType;

import java.util.Optional;

/** The code registry and sandbox of a runtime. A service; thread safe. */
@ProviderType
public interface KernelRuntime {
    /**
     * Verifies a module and keeps it under its code id. The same bytes store nothing new.
     *
     * @return the code id (SHA-256, hexadecimal)
     * @throws galois.api.GaloisException MODULE_REFUSED with the rule that the module breaks
     */
    String register(byte[] wasm);

    /** The bytes of a registered module. */
    Optional<byte[]> module(String codeId);

    /**
     * @throws galois.api.GaloisException UNKNOWN_CODE
     */
    KernelMetadata metadata(String codeId);

    /**
     * A new instance with an empty memory. Code is compiled once per code id and shared; compiled
     * classes go when the last instance is closed.
     *
     * @throws galois.api.GaloisException UNKNOWN_CODE, or STATE_LIMIT when the memory cannot be had
     */
    KernelInstance instantiate(String codeId, KernelLimits limits);
}
