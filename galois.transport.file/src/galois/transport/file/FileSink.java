package galois.transport.file;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.Encoder;
import galois.api.io.SinkConnector;
import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;

import org.osgi.service.component.annotations.Component;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Files as sinks. The file is there from the start and is written in place, so that a reader sees
 * rows as soon as input pauses.
 *
 * <p>Options: {@code path}; {@code append} (false: the file is emptied first; true: rows go to its
 * end, and a header is written only to an empty file).
 */
@Component(property = "name=file")
public final class FileSink implements SinkConnector {
    @Override
    public boolean isFramed() {
        return false;
    }

    @Override
    public Set<String> options() {
        return Set.of("path", "append");
    }

    @Override
    public Session open(StreamDefinition stream, Encoder encoder) {
        return open(stream, encoder, StreamOptions.flag(stream, "append", false));
    }

    /** Goes on at the end of the file. */
    @Override
    public Session reopen(StreamDefinition stream, Encoder encoder) {
        return open(stream, encoder, true);
    }

    private static Session open(StreamDefinition stream, Encoder encoder, boolean append) {
        if (encoder == null) {
            throw StreamOptions.bad(
                    stream, "option 'format' is missing: a file needs one, e.g. 'csv'");
        }
        Path path = FilePath.toWrite(stream);
        if (Files.isDirectory(path)) {
            throw failure("\"" + path + "\" is a directory: name a file in it with 'path'", null);
        }
        if (!Files.isDirectory(path.toAbsolutePath().getParent())) {
            throw failure(
                    "directory of file \"" + path + "\" does not exist: create it first", null);
        }
        try {
            FileChannel channel =
                    FileChannel.open(
                            path,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE,
                            append
                                    ? StandardOpenOption.APPEND
                                    : StandardOpenOption.TRUNCATE_EXISTING);
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            if (channel.size() == 0) {
                encoder.header(header);
            }
            return new FileWriting(path, channel, encoder, header);
        } catch (IOException e) {
            throw failure("file \"" + path + "\" cannot be written: check its permissions", e);
        }
    }

    static GaloisException failure(String message, Throwable cause) {
        return new GaloisException(ErrorCode.SINK_FAILED, message, cause);
    }
}
