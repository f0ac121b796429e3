package galois.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The framework's folder: the user's, which stays, or a fresh temporary one. */
record Storage(Path folder, boolean temporary) {
    /** On return the folder exists. */
    static Storage at(Optional<Path> dataDir) throws IOException {
        if (dataDir.isPresent()) {
            Path folder = dataDir.get().toAbsolutePath().resolve("framework");
            Files.createDirectories(folder);
            return new Storage(folder, false);
        }
        return new Storage(Files.createTempDirectory("galois-"), true);
    }

    /**
     * Deletes a temporary folder; what cannot be deleted stays behind. Does nothing to the user's
     * folder.
     */
    void delete() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException stillInUse) {
            // the process is ending: there is nobody left who could do more about it
        }
    }
}
