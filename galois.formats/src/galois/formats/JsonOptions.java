package galois.formats;

import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;

import java.util.Set;

/**
 * Options of the JSON format.
 *
 * @param rejectMissing {@code on_missing} ({@code null} or {@code reject}): what becomes of a row
 *     that lacks a member
 * @param endField {@code end_field}: an object with this member true ends the stream; null: none
 *     does
 * @param unit {@code timestamp}
 */
record JsonOptions(boolean rejectMissing, String endField, TimestampUnit unit) {
    static final Set<String> KEYS = Set.of("on_missing", FormatOptions.TIMESTAMP);

    static JsonOptions of(StreamDefinition stream) {
        return new JsonOptions(
                StreamOptions.choice(stream, "on_missing", "null", "null", "reject")
                        .equals("reject"),
                stream.option("end_field", null),
                FormatOptions.timestampUnit(stream));
    }
}
