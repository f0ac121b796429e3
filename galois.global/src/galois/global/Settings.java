package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.LogicalOp;
import galois.api.plan.StreamDefinition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The settings of a session, as they come with each statement. */
record Settings(Map<String, String> values) {
    static final String PLACEMENT = "placement";
    static final String OPTIMIZER = "optimizer";
    static final String PARALLELISM = "parallelism";

    /** Set by the command line, not by people: where relative paths are looked for as well. */
    static final String SCRIPT_DIRECTORY = "script_directory";

    private static final List<String> KNOWN = List.of(OPTIMIZER, PARALLELISM, PLACEMENT);

    /** A setting a line. */
    String text() {
        return OPTIMIZER
                + " = '"
                + optimizer()
                + "'\n"
                + PARALLELISM
                + " = '"
                + parallelism()
                + "'\n"
                + PLACEMENT
                + " = '"
                + placement()
                + "'\n";
    }

    String placement() {
        return values.getOrDefault(PLACEMENT, "fused");
    }

    String optimizer() {
        return values.getOrDefault(OPTIMIZER, "heuristic");
    }

    /** Instances of each operator that can run in several. */
    int parallelism() {
        return Integer.parseInt(values.getOrDefault(PARALLELISM, "1"));
    }

    /** The stream with the directory of its script as option {@code base}. */
    StreamDefinition complete(StreamDefinition stream) {
        String directory = values.get(SCRIPT_DIRECTORY);
        if (directory == null || stream.options().containsKey("base")) {
            return stream;
        }
        Map<String, String> options = new HashMap<>(stream.options());
        options.put("base", directory);
        return stream.withOptions(options);
    }

    /**
     * @throws GaloisException CONFIGURATION for an unknown setting, or a value it cannot have
     */
    static void check(String key, String value) {
        if (key.equals(PARALLELISM) && !value.matches("[1-9]|1[0-6]")) {
            throw new GaloisException(
                    ErrorCode.CONFIGURATION,
                    "parallelism is a number from 1 to "
                            + LogicalOp.Exchange.INSTANCES_MAX
                            + ", not \""
                            + value
                            + "\"");
        }
        if (!KNOWN.contains(key)) {
            throw new GaloisException(
                    ErrorCode.CONFIGURATION,
                    "unknown setting \""
                            + key
                            + "\": settings are \""
                            + String.join("\", \"", KNOWN)
                            + "\"");
        }
    }
}
