package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.StreamOptions;
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

    /** How often the result of a GROUP BY without a window over an endless stream is updated. */
    static final String UPDATE_INTERVAL = "update_interval";

    /** For how long such a query keeps a group that gets no rows. */
    static final String STATE_TTL = "state_ttl";

    /** Whether what cannot be computed drops its row or is NULL. */
    static final String ROW_ERRORS = "row_errors";

    private static final String DROP = "drop";
    private static final String NULL = "null";
    private static final String FOR_EVER = "unlimited";

    /** Set by the command line, not by people: where relative paths are looked for as well. */
    static final String SCRIPT_DIRECTORY = "script_directory";

    private static final List<String> KNOWN =
            List.of(OPTIMIZER, PARALLELISM, PLACEMENT, ROW_ERRORS, STATE_TTL, UPDATE_INTERVAL);

    /** A setting a line. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (String key : KNOWN) {
            text.append(key).append(" = '").append(value(key)).append("'\n");
        }
        return text.toString();
    }

    private String value(String key) {
        return switch (key) {
            case PLACEMENT -> placement();
            case PARALLELISM -> Integer.toString(parallelism());
            case OPTIMIZER -> optimizer();
            case ROW_ERRORS -> values.getOrDefault(ROW_ERRORS, DROP);
            case STATE_TTL -> values.getOrDefault(STATE_TTL, FOR_EVER);
            default -> values.getOrDefault(UPDATE_INTERVAL, "1 s");
        };
    }

    /** 0: as soon as something changes. */
    long updateIntervalUs() {
        return durationUs(UPDATE_INTERVAL, value(UPDATE_INTERVAL));
    }

    /** 0: for ever. */
    long stateTtlUs() {
        String value = value(STATE_TTL);
        return value.equals(FOR_EVER) ? 0 : durationUs(STATE_TTL, value);
    }

    private static long durationUs(String key, String value) {
        boolean isNone = key.equals(UPDATE_INTERVAL) && value.trim().matches("0\\s*(ms|s|min|h)?");
        return isNone
                ? 0
                : StreamOptions.durationUs(value)
                        .orElseThrow(
                                () ->
                                        new GaloisException(
                                                ErrorCode.CONFIGURATION,
                                                "setting '"
                                                        + key
                                                        + "' is '"
                                                        + value
                                                        + "': use a length of time such as '500 ms',"
                                                        + " '10 s', '5 min' or '1 h'"
                                                        + (key.equals(STATE_TTL)
                                                                ? ", or '" + FOR_EVER + "'"
                                                                : "")));
    }

    /** True when a row error becomes NULL where it arises. */
    boolean errorsAsNull() {
        return value(ROW_ERRORS).equals(NULL);
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
        Settings one = new Settings(Map.of(key, value));
        one.updateIntervalUs();
        one.stateTtlUs();
        if (key.equals(ROW_ERRORS) && !value.equals(DROP) && !value.equals(NULL)) {
            throw new GaloisException(
                    ErrorCode.CONFIGURATION, "row_errors is 'drop' or 'null', not '" + value + "'");
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
