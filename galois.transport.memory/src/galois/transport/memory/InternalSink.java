package galois.transport.memory;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.Encoder;
import galois.api.io.SinkConnector;
import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;
import galois.batch.RowKind;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Writes a stream that other queries read.
 *
 * <p>Options: {@code retain_mb}, how many megabytes of rows it keeps; {@code keeps}, set by the
 * global manager: the stream ends and keeps all its rows.
 */
@Component(property = "name=internal")
public final class InternalSink implements SinkConnector {
    /** Of source and sink; all but {@code retain_mb} are set by the global manager. */
    static final Set<String> OPTIONS = Set.of("retain_mb", "keeps", "writers", "log");

    /** Bytes of rows that go to readers at once, about. */
    private static final int CHUNK_BYTES = 32 << 10;

    private static final int RETAIN_MB = 64;
    private static final int RETAIN_MB_MAX = 1024;

    private final RowLogs logs;
    private final LongSupplier epochUs;

    @Activate
    public InternalSink(@Reference RowLogs logs) {
        this(logs, () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    }

    /**
     * @param epochUs arrival time of what is written
     */
    public InternalSink(RowLogs logs, LongSupplier epochUs) {
        this.logs = logs;
        this.epochUs = epochUs;
    }

    @Override
    public boolean isFramed() {
        return true;
    }

    @Override
    public Set<String> options() {
        return OPTIONS;
    }

    @Override
    public Session open(StreamDefinition stream, Encoder encoder) {
        return new Writing(stream, encoder, false);
    }

    @Override
    public Session reopen(StreamDefinition stream, Encoder encoder) {
        return new Writing(stream, encoder, true);
    }

    /** One writer of a stream. */
    private final class Writing implements Session {
        private final StreamDefinition stream;
        private final Encoder encoder;
        private final RowLog log;
        private final boolean keeps;
        private final long bytesMax;
        private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();

        Writing(StreamDefinition stream, Encoder encoder, boolean again) {
            this.stream = stream;
            this.encoder = encoder;
            keeps = StreamOptions.flag(stream, "keeps", false);
            bytesMax =
                    (long) StreamOptions.number(stream, "retain_mb", RETAIN_MB, 1, RETAIN_MB_MAX)
                            << 20;
            log = logs.of(stream);
            log.openWriter(again);
        }

        @Override
        public void write(BatchCursor batch) {
            for (int i = 0; i < batch.rows(); i++) {
                batch.row(i);
                if (batch.kind() != RowKind.INSERT) {
                    throw new GaloisException(
                            ErrorCode.SINK_FAILED,
                            "the query changes rows it gave before, which the stream \""
                                    + stream.name()
                                    + "\" cannot take back: group by a window");
                }
                encoder.row(batch, chunk);
                if (chunk.size() >= CHUNK_BYTES) {
                    append();
                }
            }
            append();
        }

        private void append() {
            if (chunk.size() == 0) {
                return;
            }
            try {
                log.append(
                        new RowLog.Chunk(chunk.toByteArray(), epochUs.getAsLong()),
                        keeps,
                        bytesMax);
                chunk.reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new GaloisException(ErrorCode.SINK_FAILED, "the query was stopped", e);
            }
        }

        @Override
        public void flush() {
            // rows are there for readers as soon as they are written
        }

        @Override
        public void end() {
            // closing says it
        }

        @Override
        public void close() {
            log.closeWriter();
        }
    }
}
