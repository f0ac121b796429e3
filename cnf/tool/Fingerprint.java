package galois.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * SHA-256 over names and contents. Time stamps never count: a checkout, a copy or another JDK does
 * not make anything stale.
 */
final class Fingerprint {
    /** Folders that hold results, never inputs. */
    private static final Set<String> OUTPUTS =
            Set.of("bin", "bin_test", "generated", "cache", ".git");

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    Fingerprint text(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return this;
    }

    Fingerprint file(Path file) throws IOException {
        text(file.getFileName().toString());
        if (Files.isRegularFile(file)) {
            digest.update(Files.readAllBytes(file));
        }
        digest.update((byte) 0);
        return this;
    }

    /**
     * All files below {@code root} except results and the folders in {@code without}, sorted by
     * name.
     */
    Fingerprint tree(Path root, String... without) throws IOException {
        for (Path file : files(root, Set.of(without))) {
            text(root.relativize(file).toString()).file(file);
        }
        return this;
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> files(Path root, Set<String> without) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> isInput(root.relativize(file), without))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isInput(Path relative, Set<String> without) {
        String top = relative.getName(0).toString();
        return !OUTPUTS.contains(top) && !without.contains(top);
    }
}
