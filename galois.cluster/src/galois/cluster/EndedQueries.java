package galois.cluster;

import galois.api.control.Message.QueryChanged;
import galois.api.control.Message.Subquery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the newest queries ended: a region that missed it and asks again hears it again, and the
 * query is not run twice.
 */
final class EndedQueries {
    /** The oldest is forgotten. */
    static final int ENDED_MAX = 4096;

    private record Key(String queryId, long epoch) {}

    private final Map<Key, QueryChanged> ends =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, QueryChanged> eldest) {
                    return size() > ENDED_MAX;
                }
            };

    void add(long epoch, QueryChanged last) {
        ends.put(new Key(last.queryId(), epoch), last);
    }

    Optional<QueryChanged> of(Subquery subquery) {
        return Optional.ofNullable(ends.get(new Key(subquery.queryId(), subquery.epoch())));
    }
}
