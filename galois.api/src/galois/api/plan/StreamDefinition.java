package galois.api.plan;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A stream of the catalogue, or a reference table: rows that are looked up, all of them at once, as
 * they are in one version.
 *
 * @param name as written; look-up ignores case
 * @param schema its fields
 * @param metadata field name to its origin outside the payload: {@code topic}, {@code topic[n]}
 *     (level, from 0), {@code arrival}; never null
 * @param timeField index of the event-time field; -1: event time is arrival time
 * @param watermarkDelayUs how far rows may be out of order
 * @param options of transport and format, keys in lower case: {@code transport}, {@code format},
 *     ...
 * @param key of a table: the columns that tell its rows apart, empty when it has no primary key;
 *     {@code null}: a stream
 */
public record StreamDefinition(
        String name,
        Schema schema,
        Map<String, String> metadata,
        int timeField,
        long watermarkDelayUs,
        Map<String, String> options,
        List<String> key) {
    /**
     * One row with one field, for a select without FROM: it is in no catalogue, and no stream can
     * have its name.
     */
    public static final StreamDefinition ONE_ROW =
            new StreamDefinition(
                    "$row",
                    new Schema(List.of(new Field("zero", FieldType.INTEGER))),
                    Map.of(),
                    -1,
                    0,
                    Map.of(
                            "transport", "inline",
                            "format", "csv",
                            "header", "false",
                            "rows", "0\n"));

    public StreamDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(schema, "schema");
        metadata = Map.copyOf(metadata);
        options = Map.copyOf(options);
        key = key == null ? null : List.copyOf(key);
    }

    /** The column that {@link #withArrival} adds. */
    public static final String ARRIVAL = "$arrival";

    /** A stream. */
    public StreamDefinition(
            String name,
            Schema schema,
            Map<String, String> metadata,
            int timeField,
            long watermarkDelayUs,
            Map<String, String> options) {
        this(name, schema, metadata, timeField, watermarkDelayUs, options, null);
    }

    /** True for a reference table. */
    public boolean isTable() {
        return key != null;
    }

    /** What people call it: {@code table} or {@code stream}. */
    public String kind() {
        return isTable() ? "table" : "stream";
    }

    /** The same with other options. */
    public StreamDefinition withOptions(Map<String, String> other) {
        return new StreamDefinition(
                name, schema, metadata, timeField, watermarkDelayUs, other, key);
    }

    /** The same, whose rows may be that far out of order. */
    public StreamDefinition withWatermarkDelay(long us) {
        return new StreamDefinition(name, schema, metadata, timeField, us, options, key);
    }

    /**
     * The same with one column more, behind the others: when the row came. Without an event time it
     * is that.
     */
    public StreamDefinition withArrival() {
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(new Field(ARRIVAL, FieldType.TIMESTAMP));
        Map<String, String> origins = new HashMap<>(metadata);
        origins.put(ARRIVAL, "arrival");
        return new StreamDefinition(
                name,
                new Schema(fields),
                origins,
                timeField < 0 ? schema.size() : timeField,
                watermarkDelayUs,
                options,
                key);
    }

    /** The option, or {@code fallback} when it is not given. */
    public String option(String key, String fallback) {
        return options.getOrDefault(key, fallback);
    }
}
