package galois.api.io;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;
import galois.api.query.StreamEstimates;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the options of a stream ({@code WITH (...)}) and refuses bad ones. Every failure is a
 * {@link GaloisException} STREAM_OPTION that names the stream, the option and what it may be.
 */
public final class StreamOptions {
    /**
     * Names of columns, separated by commas: a row with a NULL there is a problem, and left out.
     */
    public static final String NOT_NULL = "not_null";

    /** Options that belong to no single transport or format. */
    public static final Set<String> COMMON =
            Set.of(
                    "transport",
                    "format",
                    "end_field",
                    "sequence",
                    "base",
                    "query",
                    "watermark_per",
                    "idle_timeout",
                    NOT_NULL,
                    "rate",
                    LateRows.OPTION,
                    "refresh");

    /** Those that only a table has. */
    private static final Set<String> OF_TABLES = Set.of("refresh");

    /** Those that only a stream has: a table has no time. */
    private static final Set<String> OF_STREAMS =
            Set.of("end_field", "sequence", "watermark_per", "idle_timeout", LateRows.OPTION);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|min|h)");

    private StreamOptions() {}

    /**
     * Refuses an option that none of the parties knows. A party that declares no option at all (a
     * transport or format of somebody else) takes any.
     *
     * @param known the options of the stream's transport and of its format
     */
    public static void check(StreamDefinition stream, Collection<Set<String>> known) {
        if (known.stream().anyMatch(Set::isEmpty)) {
            return;
        }
        TreeSet<String> allowed = new TreeSet<>(COMMON);
        known.forEach(allowed::addAll);
        allowed.removeAll(stream.isTable() ? OF_STREAMS : OF_TABLES);
        for (String key : new TreeSet<>(stream.options().keySet())) {
            if (!allowed.contains(key)) {
                throw bad(stream, "unknown option '" + key + "': known are " + told(allowed));
            }
        }
    }

    /** Those that a user sets. */
    private static Set<String> told(Set<String> allowed) {
        TreeSet<String> told = new TreeSet<>(allowed);
        told.removeAll(Set.of("base", "query"));
        return told;
    }

    /** The value of an option that must be there and not be empty. */
    public static String require(StreamDefinition stream, String key) {
        String value = stream.option(key, "");
        if (value.isEmpty()) {
            throw bad(stream, "option '" + key + "' is missing");
        }
        return value;
    }

    /** Refuses values of common options that are none, before anybody needs them. */
    public static void checkCommon(StreamDefinition stream) {
        notNull(stream);
        StreamEstimates.of(name -> stream).rate(stream.name());
    }

    /** The fields that {@link #NOT_NULL} names. */
    public static int[] notNull(StreamDefinition stream) {
        String names = stream.option(NOT_NULL, "");
        if (names.isEmpty()) {
            return new int[0];
        }
        String[] each = names.split(",");
        int[] fields = new int[each.length];
        for (int i = 0; i < each.length; i++) {
            fields[i] = stream.schema().indexOf(each[i].trim());
            if (fields[i] < 0) {
                throw bad(
                        stream,
                        "option '" + NOT_NULL + "' names no column: '" + each[i].trim() + "'");
            }
        }
        return fields;
    }

    /** {@code true} or {@code false}, in any case. */
    public static boolean flag(StreamDefinition stream, String key, boolean fallback) {
        return choice(stream, key, Boolean.toString(fallback), "true", "false").equals("true");
    }

    /** One of the words (lower case), in any case. */
    public static String choice(
            StreamDefinition stream, String key, String fallback, String... words) {
        String value = stream.option(key, fallback);
        for (String word : words) {
            if (word.equalsIgnoreCase(value)) {
                return word;
            }
        }
        throw bad(stream, "option '" + key + "' is '" + value + "': use one of " + List.of(words));
    }

    /** An integer from {@code min} to {@code max}. */
    public static int number(StreamDefinition stream, String key, int fallback, int min, int max) {
        String value = stream.option(key, Integer.toString(fallback));
        try {
            int number = Integer.parseInt(value.trim());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, with the range
        }
        throw bad(
                stream,
                "option '" + key + "' is '" + value + "': use a number " + min + " to " + max);
    }

    /**
     * A length of time such as {@code 500 ms}, {@code 10 s}, {@code 5 min} or {@code 1 h}, above
     * zero.
     *
     * @return microseconds
     */
    public static long durationUs(StreamDefinition stream, String key, long fallback) {
        String value = stream.option(key, "");
        if (value.isEmpty()) {
            return fallback;
        }
        return durationUs(value)
                .orElseThrow(
                        () ->
                                bad(
                                        stream,
                                        "option '"
                                                + key
                                                + "' is '"
                                                + value
                                                + "': use a length of time such as '500 ms',"
                                                + " '10 s', '5 min' or '1 h'"));
    }

    /** A length of time above zero in microseconds; empty when the text is none. */
    public static Optional<Long> durationUs(String text) {
        Matcher matcher = DURATION.matcher(text.trim().toLowerCase(Locale.ROOT));
        long number = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
        if (number == 0) {
            return Optional.empty();
        }
        return Optional.of(
                number
                        * switch (matcher.group(2)) {
                            case "ms" -> 1_000L;
                            case "s" -> 1_000_000L;
                            case "min" -> 60_000_000L;
                            default -> 3_600_000_000L;
                        });
    }

    /**
     * The column that an option names.
     *
     * @return its index; -1 without the option
     */
    public static int column(StreamDefinition stream, String key) {
        String column = stream.option(key, "");
        int index = column.isEmpty() ? -1 : stream.schema().indexOf(column);
        if (index < 0 && !column.isEmpty()) {
            throw bad(
                    stream,
                    "option "
                            + key
                            + " names \""
                            + column
                            + "\", its columns are "
                            + stream.schema());
        }
        return index;
    }

    /** The failure for a bad option. */
    public static GaloisException bad(StreamDefinition stream, String problem) {
        return new GaloisException(
                ErrorCode.STREAM_OPTION, stream.kind() + " \"" + stream.name() + "\": " + problem);
    }
}
