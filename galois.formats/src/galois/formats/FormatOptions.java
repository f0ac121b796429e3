package galois.formats;

import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;

/** Options that every format of this bundle knows. */
final class FormatOptions {
    static final String TIMESTAMP = "timestamp";

    private FormatOptions() {}

    static TimestampUnit timestampUnit(StreamDefinition stream) {
        return TimestampUnit.of(
                StreamOptions.choice(stream, TIMESTAMP, "iso", "iso", "ms", "us", "s"));
    }
}
