package galois.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Remembers from which inputs a result was made, in {@code cnf/cache/state}. */
record State(Path file) {
    static State of(String name) {
        return new State(Path.of("cnf/cache/state", name));
    }

    boolean is(String fingerprint) throws IOException {
        return Files.exists(file) && Files.readString(file).equals(fingerprint);
    }

    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    void remember(String fingerprint) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, fingerprint);
    }
}
