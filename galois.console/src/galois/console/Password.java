package galois.console;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password that only its hash is kept of: PBKDF2 with HMAC-SHA-256.
 *
 * @param salt 16 bytes
 * @param hash 32 bytes
 */
record Password(byte[] salt, byte[] hash) {
    /** Slow on purpose: about half a second of a small computer. */
    static final int ITERATIONS = 600_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int RANDOM_BYTES = 12;

    /** 16 characters that no one can guess. */
    static String random(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Password of(String text, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new Password(salt, hash(text, salt));
    }

    boolean matches(String text) {
        return MessageDigest.isEqual(hash, hash(text, salt));
    }

    private static byte[] hash(String text, byte[] salt) {
        try {
            PBEKeySpec key = new PBEKeySpec(text.toCharArray(), salt, ITERATIONS, HASH_BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2", e);
        }
    }

    /** One line for a file. */
    String line() {
        Base64.Encoder base64 = Base64.getEncoder();
        return ITERATIONS + " " + base64.encodeToString(salt) + " " + base64.encodeToString(hash);
    }

    /** Reads {@link #line}; null when it is not one of this version. */
    static Password parse(String line) {
        String[] words = line.strip().split(" ");
        if (words.length != 3 || !words[0].equals(Integer.toString(ITERATIONS))) {
            return null;
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new Password(base64.decode(words[1]), base64.decode(words[2]));
    }

    /** Digest of a whole header, to recognise it again cheaply. */
    static String digest(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
