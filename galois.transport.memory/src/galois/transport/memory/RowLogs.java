package galois.transport.memory;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;

import org.osgi.service.component.annotations.Component;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The internal streams of this runtime, by option {@code log}: the name that a stream got when it
 * was created, so that one that is created anew begins empty. Thread safe.
 */
@Component(service = RowLogs.class)
public final class RowLogs {
    /** Of all streams together; beyond it, those that nobody uses are given up, oldest first. */
    static final long BYTES_MAX = 512L << 20;

    /** Streams of which it is remembered that they were given up. */
    private static final int GIVEN_UP_MAX = 10_000;

    private final Map<String, RowLog> logs = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<String> givenUp = new LinkedHashSet<>();

    /**
     * The rows of a stream.
     *
     * @throws GaloisException SOURCE_OPEN when they were given up
     */
    synchronized RowLog of(StreamDefinition stream) {
        String id = id(stream);
        if (givenUp.contains(id)) {
            throw new GaloisException(
                    ErrorCode.SOURCE_OPEN,
                    "the rows of stream \""
                            + stream.name()
                            + "\" were given up for want of memory: run what writes it again");
        }
        RowLog known = logs.get(id);
        if (known != null) {
            return known;
        }
        makeRoom();
        RowLog log = new RowLog(stream.name());
        logs.put(id, log);
        return log;
    }

    private static String id(StreamDefinition stream) {
        return stream.option("log", stream.name());
    }

    private void makeRoom() {
        long bytes = logs.values().stream().mapToLong(RowLog::bytes).sum();
        Iterator<Map.Entry<String, RowLog>> oldest = logs.entrySet().iterator();
        while (bytes > BYTES_MAX && oldest.hasNext()) {
            Map.Entry<String, RowLog> entry = oldest.next();
            if (entry.getValue().isIdle()) {
                bytes -= entry.getValue().bytes();
                entry.getValue().close();
                oldest.remove();
                givenUp.add(entry.getKey());
            }
        }
        if (givenUp.size() > GIVEN_UP_MAX) {
            givenUp.remove(givenUp.iterator().next());
        }
    }
}
