package galois.api.client;

import galois.api.control.QueryState;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A query as a client sees it.
 *
 * @param text the statement as written
 * @param placement operator to node; empty before it runs
 */
public record QuerySnapshot(
        String id, String text, QueryState state, Map<String, String> placement) {
    public QuerySnapshot {
        // Not Map.copyOf: the order of the operators is that of the data.
        placement = Collections.unmodifiableMap(new LinkedHashMap<>(placement));
    }
}
