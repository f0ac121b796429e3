package galois.global;

import galois.api.plan.StreamDefinition;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the global manager adds to streams of transport {@code internal}, which queries write and
 * others read. Such a stream ends when it has writers and all of them end.
 */
final class InternalStreams {
    static final String INTERNAL = "internal";

    /** Options that say how one query reads or writes the stream. */
    private static final Set<String> OF_A_QUERY = Set.of("writers", "keeps");

    /** Before a number: a stream that is created anew begins empty. */
    private final String logPrefix;

    private final Map<String, Writers> byLog = new HashMap<>();
    private long lastLog;

    /** Queries that were started to write a stream. */
    private static final class Writers {
        int bounded;
        boolean unbounded;
    }

    /**
     * @param epoch of the global manager
     */
    InternalStreams(long epoch) {
        logPrefix = epoch + "-";
    }

    static boolean isInternal(StreamDefinition stream) {
        return stream.option("transport", "").equalsIgnoreCase(INTERNAL);
    }

    /** As it is kept in the catalogue: with a log of its own when it has none. */
    StreamDefinition complete(StreamDefinition stream) {
        if (!isInternal(stream)) {
            return stream;
        }
        Map<String, String> options = new HashMap<>(stream.options());
        options.put("transport", INTERNAL);
        options.put("format", INTERNAL);
        options.putIfAbsent("log", logPrefix + ++lastLog);
        options.keySet().removeAll(OF_A_QUERY);
        return stream.withOptions(options);
    }

    /** As a query reads it. */
    StreamDefinition toRead(StreamDefinition stream) {
        Writers writers = isInternal(stream) ? byLog.get(stream.option("log", "")) : null;
        if (writers == null || writers.unbounded || writers.bounded == 0) {
            return stream;
        }
        Map<String, String> options = new HashMap<>(stream.options());
        options.put("writers", Integer.toString(writers.bounded));
        return stream.withOptions(options);
    }

    /**
     * As a new query writes it; counts the query.
     *
     * @param bounded true when the query ends by itself
     */
    StreamDefinition toWrite(StreamDefinition stream, boolean bounded) {
        if (!isInternal(stream)) {
            return stream;
        }
        Writers writers = byLog.computeIfAbsent(stream.option("log", ""), log -> new Writers());
        writers.bounded += bounded ? 1 : 0;
        writers.unbounded |= !bounded;
        if (writers.unbounded) {
            return stream;
        }
        Map<String, String> options = new HashMap<>(stream.options());
        options.put("keeps", "true");
        return stream.withOptions(options);
    }

    /** The stream is gone. */
    void forget(StreamDefinition stream) {
        byLog.remove(stream.option("log", ""));
    }
}
