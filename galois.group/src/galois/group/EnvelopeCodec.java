package galois.group;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Envelopes to bytes and back. What cannot be read is dropped, logged and counted. Thread safe. */
final class EnvelopeCodec {
    /** Longest text in a message: a module of 2 MB in base64, with room. */
    static final int TEXT_CHARS_MAX = 4 << 20;

    /** Deepest nesting: an expression of depth 100 takes two levels for each call. */
    static final int DEPTH_MAX = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeCodec.class);

    private final ObjectMapper mapper = mapper();
    private final RecordCodec records = new RecordCodec();
    private final AtomicLong dropped = new AtomicLong();

    byte[] encode(Envelope envelope) {
        try {
            return mapper.writeValueAsBytes(records.encode(envelope, Envelope.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }

    /** Empty when the bytes are damaged, of another version or of an unknown type. */
    Optional<Envelope> decode(byte[] bytes) {
        try {
            JsonNode tree = mapper.readTree(bytes);
            int version = tree.path("v").asInt();
            if (version != Envelope.VERSION) {
                return drop("version " + version + ", this is " + Envelope.VERSION);
            }
            return Optional.of((Envelope) records.decode(tree, Envelope.class));
        } catch (JsonProcessingException e) {
            return drop(e.getOriginalMessage());
        } catch (IOException | IllegalArgumentException e) {
            return drop(e.getMessage());
        }
    }

    /** Messages that could not be read, since the start. */
    long droppedCount() {
        return dropped.get();
    }

    private Optional<Envelope> drop(String reason) {
        LOG.warn("message {} dropped: {}", dropped.incrementAndGet(), reason);
        return Optional.empty();
    }

    private static ObjectMapper mapper() {
        JsonMapper mapper = new JsonMapper();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(DEPTH_MAX)
                                .maxStringLength(TEXT_CHARS_MAX)
                                .build());
        return mapper;
    }
}
