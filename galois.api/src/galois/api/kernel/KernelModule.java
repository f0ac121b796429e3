package galois.api.kernel;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A compiled kernel.
 *
 * @param wasm the module; not copied, never changed
 * @param metadata equal to what the module's custom section says
 */
public record KernelModule(byte[] wasm, KernelMetadata metadata) {
    /** SHA-256 of the module's bytes in hexadecimal: the identity of code everywhere. */
    public String codeId() {
        return codeId(wasm);
    }

    public static String codeId(byte[] wasm) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(wasm));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The first 12 digits of a code id: enough for people. */
    public static String shortId(String codeId) {
        return codeId.substring(0, Math.min(12, codeId.length()));
    }
}
