package galois.transport.memory;

import galois.api.io.Decoder.Origin;
import galois.api.io.SourceConnector;
import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import java.util.Set;

/**
 * Reads a stream that other queries write. Option {@code writers}, set by the global manager, is
 * the number of its writers when all of them end; then the stream ends with them and is read from
 * its beginning. Without it the stream does not end.
 */
@Component(property = "name=internal")
public final class InternalSource implements SourceConnector {
    private final RowLogs logs;

    @Activate
    public InternalSource(@Reference RowLogs logs) {
        this.logs = logs;
    }

    @Override
    public boolean isBounded(StreamDefinition stream) {
        return writers(stream) > 0;
    }

    private static int writers(StreamDefinition stream) {
        return StreamOptions.number(stream, "writers", 0, 0, Integer.MAX_VALUE);
    }

    @Override
    public boolean isFramed() {
        return true;
    }

    @Override
    public Set<String> options() {
        return InternalSink.OPTIONS;
    }

    @Override
    public Session open(StreamDefinition stream, Handler handler) {
        int writers = writers(stream);
        RowLog log = logs.of(stream);
        Object reader = new Object();
        log.openReader(reader);
        return ReadingThread.start(
                "galois-internal-" + stream.name(),
                handler,
                reading -> {
                    try {
                        read(reading, log, reader, writers, handler);
                    } finally {
                        log.closeReader(reader);
                    }
                });
    }

    private static void read(
            ReadingThread reading, RowLog log, Object reader, int writers, Handler handler)
            throws InterruptedException {
        RowLog.Chunk chunk = log.read(reader, writers);
        while (chunk != null && !reading.isClosed()) {
            Origin origin = new Origin(null, chunk.arrivalUs());
            handler.onPayload(chunk.rows(), 0, chunk.rows().length, origin);
            log.taken(reader, writers > 0);
            chunk = log.read(reader, writers);
        }
        if (!reading.isClosed()) {
            handler.onEnd();
        }
    }
}
