package galois.transport.memory;

import galois.api.io.Decoder.Origin;
import galois.api.io.SourceConnector;
import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Rows that are written in the statement itself: a bounded byte stream, for examples and tries.
 *
 * <p>Option: {@code rows}, text in the stream's format.
 */
@Component(property = "name=inline")
public final class InlineSource implements SourceConnector {
    /** Bytes handed over at once. */
    static final int PIECE_BYTES = 64 << 10;

    private final LongSupplier epochUs;

    @Activate
    public InlineSource() {
        this(() -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    }

    /**
     * @param epochUs arrival time of what is read
     */
    public InlineSource(LongSupplier epochUs) {
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
        return Set.of("rows");
    }

    /** Rows of a statement never change. */
    @Override
    public String fingerprint(StreamDefinition stream) {
        return "inline";
    }

    @Override
    public Session open(StreamDefinition stream, Handler handler) {
        String rows = stream.option("rows", null);
        if (rows == null) {
            throw StreamOptions.bad(
                    stream, "option 'rows' is missing: write the rows in it, or AS VALUES (...)");
        }
        byte[] bytes = rows.getBytes(StandardCharsets.UTF_8);
        return ReadingThread.start(
                "galois-inline-" + stream.name(),
                handler,
                reading -> {
                    for (int at = 0; at < bytes.length && !reading.isClosed(); at += PIECE_BYTES) {
                        int length = Math.min(PIECE_BYTES, bytes.length - at);
                        handler.onPayload(bytes, at, length, new Origin(null, epochUs.getAsLong()));
                    }
                    if (!reading.isClosed()) {
                        handler.onEnd();
                    }
                });
    }
}
