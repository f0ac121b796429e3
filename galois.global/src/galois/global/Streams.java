package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.LateRows;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.QueryTemplate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The catalogue, in order of creation. */
final class Streams {
    /** One more is refused. */
    static final int STREAMS_MAX = 10_000;

    private final Map<String, StreamDefinition> byKey = new LinkedHashMap<>();
    private final InternalStreams internal;

    Streams(InternalStreams internal) {
        this.internal = internal;
    }

    /** Names are equal when their keys are. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** What planning sees; later changes do not show. */
    Catalog snapshot(List<QueryTemplate> templates) {
        Map<String, StreamDefinition> streams = new LinkedHashMap<>(byKey);
        streams.replaceAll((key, stream) -> internal.toRead(stream));
        return new Snapshot(streams, templates);
    }

    /** The stream as a new query writes it. */
    StreamDefinition toWrite(String name, boolean bounded) {
        return internal.toWrite(find(name).orElseThrow(() -> unknown(name)), bounded);
    }

    /** Puts a changed stream in the place of the one of that name. */
    void alter(String name, StreamDefinition changed) {
        checkLateRows(changed);
        if (byKey.remove(key(name)) == null) {
            throw unknown(name);
        }
        byKey.put(key(changed.name()), internal.complete(changed));
    }

    List<StreamDefinition> all() {
        return List.copyOf(byKey.values());
    }

    Optional<StreamDefinition> find(String name) {
        return Optional.ofNullable(byKey.get(key(name)));
    }

    /**
     * @throws GaloisException DUPLICATE_NAME, QUERY_LIMIT; nothing has changed
     */
    void create(StreamDefinition stream, boolean ifNotExists, boolean orReplace) {
        if (!orReplace && byKey.containsKey(key(stream.name()))) {
            if (ifNotExists) {
                return;
            }
            String kind = byKey.get(key(stream.name())).kind();
            throw new GaloisException(
                    ErrorCode.DUPLICATE_NAME,
                    kind
                            + " \""
                            + stream.name()
                            + "\" exists: drop it first, choose another name,"
                            + " or write CREATE "
                            + stream.kind().toUpperCase(Locale.ROOT)
                            + " IF NOT EXISTS");
        }
        if (byKey.size() >= STREAMS_MAX && !byKey.containsKey(key(stream.name()))) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT, "there are " + STREAMS_MAX + " streams: drop one first");
        }
        checkLateRows(stream);
        StreamDefinition before = byKey.put(key(stream.name()), internal.complete(stream));
        if (before != null) {
            internal.forget(before);
        }
    }

    /** A bad option is told where it is written. */
    private static void checkLateRows(StreamDefinition stream) {
        if (!stream.isTable()) {
            LateRows.of(stream);
        }
    }

    /**
     * @throws GaloisException UNKNOWN_STREAM
     */
    void drop(String name, boolean ifExists) {
        StreamDefinition dropped = byKey.remove(key(name));
        if (dropped != null) {
            internal.forget(dropped);
        } else if (!ifExists) {
            throw unknown(name);
        }
    }

    GaloisException unknown(String name) {
        String known =
                byKey.isEmpty()
                        ? "there are no streams"
                        : "known streams are \""
                                + String.join(
                                        "\", \"",
                                        byKey.values().stream()
                                                .map(StreamDefinition::name)
                                                .toList())
                                + "\"";
        return new GaloisException(
                ErrorCode.UNKNOWN_STREAM, "unknown stream \"" + name + "\": " + known);
    }

    /** A copy of the catalogue at one moment. */
    private record Snapshot(Map<String, StreamDefinition> byKey, List<QueryTemplate> templates)
            implements Catalog {
        @Override
        public Optional<StreamDefinition> stream(String name) {
            return Optional.ofNullable(byKey.get(key(name)));
        }

        @Override
        public List<StreamDefinition> streams() {
            return List.copyOf(byKey.values());
        }
    }
}
