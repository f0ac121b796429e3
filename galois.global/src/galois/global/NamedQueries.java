package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Message.QueryChanged;
import galois.api.control.QueryState;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The queries that have a name, also those that have ended, until they are dropped. */
final class NamedQueries {
    private final Map<String, Named> byKey = new LinkedHashMap<>();

    /** A query with a name. */
    static final class Named {
        final String name;
        final String id;
        final String text;

        /** The stream of its result, which goes with it; null when it writes another. */
        final String result;

        /** How it ended; null while it runs. */
        private QueryChanged end;

        Named(String name, String id, String text, String result) {
            this.name = name;
            this.id = id;
            this.text = text;
            this.result = result;
        }

        /** How it ended, in words; null while it runs. */
        String end() {
            if (end == null) {
                return null;
            }
            return end.state() == QueryState.FAILED && end.failure() != null
                    ? "failed: " + end.failure().userText()
                    : end.state().name().toLowerCase(Locale.ROOT);
        }
    }

    /** Null when there is none. */
    Named find(String name) {
        return byKey.get(Streams.key(name));
    }

    /**
     * The query of that name.
     *
     * @throws GaloisException UNKNOWN_STREAM
     */
    Named get(String name) {
        Named named = find(name);
        if (named == null) {
            throw new GaloisException(
                    ErrorCode.UNKNOWN_STREAM, "unknown query \"" + name + "\": see SHOW QUERIES");
        }
        return named;
    }

    /**
     * @throws GaloisException DUPLICATE_NAME, QUERY_LIMIT
     */
    void checkFree(String name) {
        if (find(name) != null) {
            throw new GaloisException(
                    ErrorCode.DUPLICATE_NAME,
                    "query \""
                            + name
                            + "\" exists: drop it first, choose another name,"
                            + " or write CREATE OR REPLACE QUERY");
        }
        if (byKey.size() >= Queries.QUERIES_MAX) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT,
                    "there are " + Queries.QUERIES_MAX + " named queries: drop one first");
        }
    }

    void add(Named named) {
        byKey.put(Streams.key(named.name), named);
    }

    void remove(Named named) {
        byKey.remove(Streams.key(named.name));
    }

    Iterable<Named> all() {
        return byKey.values();
    }

    void onEnd(QueryChanged end) {
        for (Named named : byKey.values()) {
            if (named.id.equals(end.queryId())) {
                named.end = end;
            }
        }
    }
}
