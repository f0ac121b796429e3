package galois.transport.file;

import galois.api.io.Encoder;
import galois.api.io.SinkConnector.Session;
import galois.batch.BatchCursor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * One file being written. Rows wait in memory until {@link #BUFFER_BYTES} are there or input
 * pauses.
 */
final class FileWriting implements Session {
    /** More than this is written at once. */
    static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final Encoder encoder;
    private final ByteArrayOutputStream buffer;
    private final OutputStream output;

    FileWriting(Path path, FileChannel channel, Encoder encoder, ByteArrayOutputStream buffer) {
        this.path = path;
        this.encoder = encoder;
        this.buffer = buffer;
        output = Channels.newOutputStream(channel);
    }

    @Override
    public void write(BatchCursor batch) {
        int rows = batch.rows();
        for (int i = 0; i < rows; i++) {
            encoder.row(batch.row(i), buffer);
            if (buffer.size() >= BUFFER_BYTES) {
                flush();
            }
        }
    }

    @Override
    public void flush() {
        try {
            buffer.writeTo(output);
        } catch (IOException e) {
            throw FileSink.failure(
                    "writing file \""
                            + path
                            + "\" failed ("
                            + e.getMessage()
                            + "): is the disk full?",
                    e);
        }
        buffer.reset();
    }

    @Override
    public void end() {
        flush();
    }

    @Override
    public void close() {
        try (output) {
            flush();
        } catch (IOException e) {
            throw FileSink.failure("closing file \"" + path + "\" failed: " + e.getMessage(), e);
        }
    }
}
