package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.query.QueryTemplate;
import galois.api.query.Statement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The templates, in order of creation. */
final class Templates {
    /** One more is refused. */
    static final int TEMPLATES_MAX = 10_000;

    private final Map<String, QueryTemplate> byKey = new LinkedHashMap<>();

    List<QueryTemplate> all() {
        return List.copyOf(byKey.values());
    }

    /**
     * @throws GaloisException DUPLICATE_NAME, QUERY_LIMIT; nothing has changed
     */
    void create(Statement.CreateTemplate create) {
        String key = Streams.key(create.template().name());
        if (byKey.containsKey(key) && !create.orReplace()) {
            if (create.ifNotExists()) {
                return;
            }
            throw new GaloisException(
                    ErrorCode.DUPLICATE_NAME,
                    "template \""
                            + create.template().name()
                            + "\" exists: drop it first, or write CREATE OR REPLACE TEMPLATE");
        }
        if (byKey.size() >= TEMPLATES_MAX && !byKey.containsKey(key)) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT,
                    "there are " + TEMPLATES_MAX + " templates: drop one first");
        }
        byKey.put(key, create.template());
    }

    /**
     * @throws GaloisException UNKNOWN_STREAM
     */
    void drop(Statement.DropTemplate drop) {
        if (byKey.remove(Streams.key(drop.name())) == null && !drop.ifExists()) {
            throw new GaloisException(
                    ErrorCode.UNKNOWN_STREAM,
                    "unknown template \"" + drop.name() + "\": see SHOW TEMPLATES");
        }
    }

    /** A template a line. */
    String text() {
        if (byKey.isEmpty()) {
            return "no templates\n";
        }
        return byKey.values().stream()
                .map(
                        t ->
                                t.name()
                                        + t.parameters().stream()
                                                .map(QueryTemplate.Parameter::toString)
                                                .collect(Collectors.joining(", ", "(", ")\n")))
                .collect(Collectors.joining());
    }
}
