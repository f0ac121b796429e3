package galois.api.query;

import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;

import java.util.function.Function;

/** What is known of streams before they are read. Thread safe and pure. */
public interface StreamEstimates {
    /** Rows a second of a stream of which nothing is known. */
    double RATE = 1_000;

    /** The most that option {@code rate} may say. */
    int RATE_MAX = 1_000_000_000;

    /** Nothing is known. */
    StreamEstimates UNKNOWN = stream -> RATE;

    /** Rows a second that are expected, above zero; of a table its rows. */
    double rate(String stream);

    /** True when the name is that of a table: it is looked up, and stays on the right of a join. */
    default boolean isTable(String stream) {
        return false;
    }

    /**
     * What the definitions of streams say: option {@code rate}.
     *
     * @param find by name; never null
     */
    static StreamEstimates of(Function<String, StreamDefinition> find) {
        return new StreamEstimates() {
            @Override
            public double rate(String name) {
                StreamDefinition stream = find.apply(name);
                return stream.options().containsKey("rate")
                        ? StreamOptions.number(stream, "rate", 1, 1, RATE_MAX)
                        : RATE;
            }

            @Override
            public boolean isTable(String name) {
                return find.apply(name).isTable();
            }
        };
    }
}
