package galois.api.plan;

import galois.batch.Schema;

import java.util.Map;
import java.util.Objects;

/**
 * A stream of the catalogue.
 *
 * @param name as written; look-up ignores case
 * @param schema its fields
 * @param metadata field name to its origin outside the payload: {@code topic}, {@code topic[n]}
 *     (level, from 0), {@code arrival}; never null
 * @param timeField index of the event-time field; -1: event time is arrival time
 * @param watermarkDelayUs how far rows may be out of order
 * @param options of transport and format, keys in lower case: {@code transport}, {@code format},
 *     ...
 */
public record StreamDefinition(
        String name,
        Schema schema,
        Map<String, String> metadata,
        int timeField,
        long watermarkDelayUs,
        Map<String, String> options) {
    public StreamDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(schema, "schema");
        metadata = Map.copyOf(metadata);
        options = Map.copyOf(options);
    }

    /** The option, or {@code fallback} when it is not given. */
    public String option(String key, String fallback) {
        return options.getOrDefault(key, fallback);
    }
}
