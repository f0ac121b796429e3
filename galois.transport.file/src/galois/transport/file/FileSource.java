package galois.transport.file;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.SourceConnector;
import galois.api.plan.StreamDefinition;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Files as bounded byte streams: read once from start to end, in pieces, by a thread of their own.
 *
 * <p>Option: {@code path}.
 */
@Component(property = "name=file")
public final class FileSource implements SourceConnector {
    private final LongSupplier epochUs;

    @Activate
    public FileSource() {
        this(() -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    }

    /**
     * @param epochUs arrival time of what is read
     */
    public FileSource(LongSupplier epochUs) {
        this.epochUs = epochUs;
    }

    @Override
    public boolean isBounded(StreamDefinition stream) {
        return true;
    }

    @Override
    public boolean isFramed() {
        return false;
    }

    @Override
    public Set<String> options() {
        return Set.of("path");
    }

    /**
     * Size and time of the last change; a file that is not there has none, so that it is opened.
     */
    @Override
    public String fingerprint(StreamDefinition stream) {
        try {
            Path path = FilePath.toRead(stream);
            return Files.size(path) + " " + Files.getLastModifiedTime(path);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public Session open(StreamDefinition stream, Handler handler) {
        Path path = FilePath.toRead(stream);
        if (!Files.exists(path)) {
            throw failure(
                    "file \""
                            + path
                            + "\" does not exist: check the option 'path' of stream \""
                            + stream.name()
                            + "\" (the working directory is "
                            + Path.of("").toAbsolutePath()
                            + ")");
        }
        if (Files.isDirectory(path)) {
            throw failure("\"" + path + "\" is a directory: name a file in it with 'path'");
        }
        try {
            InputStream input = Files.newInputStream(path);
            FileReading reading = new FileReading(path, input, handler, epochUs);
            reading.start("galois-file-" + stream.name());
            return reading;
        } catch (IOException e) {
            throw new GaloisException(
                    ErrorCode.SOURCE_OPEN,
                    "file \"" + path + "\" cannot be read: check its permissions",
                    e);
        }
    }

    private static GaloisException failure(String message) {
        return new GaloisException(ErrorCode.SOURCE_OPEN, message);
    }
}
