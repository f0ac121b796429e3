package galois.transport.file;

import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The file that a stream names with {@code path}. A relative path starts at the working directory,
 * or, if there is nothing there, at {@code base} (the directory of the script). {@code ~} is an
 * ordinary character.
 */
final class FilePath {
    private FilePath() {}

    /** The file to read; may not exist. */
    static Path toRead(StreamDefinition stream) {
        Path path = path(stream, StreamOptions.require(stream, "path"));
        Path other = inBase(stream, path);
        return !Files.exists(path) && Files.exists(other) ? other : path;
    }

    /** The file to write; its directory may not exist. */
    static Path toWrite(StreamDefinition stream) {
        Path path = path(stream, StreamOptions.require(stream, "path"));
        Path other = inBase(stream, path);
        return !hasDirectory(path) && hasDirectory(other) ? other : path;
    }

    private static Path inBase(StreamDefinition stream, Path path) {
        String base = stream.option("base", "");
        return base.isEmpty() ? path : path(stream, base).resolve(path);
    }

    private static boolean hasDirectory(Path path) {
        return Files.isDirectory(path.toAbsolutePath().getParent());
    }

    private static Path path(StreamDefinition stream, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw StreamOptions.bad(stream, "\"" + text + "\" is not a path: " + e.getReason());
        }
    }
}
