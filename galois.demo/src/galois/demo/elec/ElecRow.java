package galois.demo.elec;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One row of ELEC: the attributes as text, in the order of {@link #ATTRIBUTES}.
 *
 * @param n row number, from 0
 */
public record ElecRow(long n, List<String> values) {
    /** Names of the attributes; the class of the data set is not one. */
    public static final List<String> ATTRIBUTES =
            List.of(
                    "date",
                    "day",
                    "period",
                    "nswprice",
                    "nswdemand",
                    "vicprice",
                    "vicdemand",
                    "transfer");

    /** Rows of the data set. */
    public static final int ROWS = 45_312;

    private static final Instant START = Instant.parse("1996-05-07T00:00:00Z");
    private static final int MINUTES = 30;

    /** Event time of row {@code n}. */
    public static Instant time(long n) {
        return START.plus(n * MINUTES, ChronoUnit.MINUTES);
    }

    public String value(String attribute) {
        return values.get(ATTRIBUTES.indexOf(attribute));
    }

    /**
     * The message: the attributes, {@code n} and {@code ts}. What is no number is written as text.
     */
    public String json() {
        StringBuilder json = new StringBuilder(200).append('{');
        for (int i = 0; i < values.size(); i++) {
            json.append('"').append(ATTRIBUTES.get(i)).append("\":");
            append(json, values.get(i));
            json.append(',');
        }
        return json.append("\"n\":")
                .append(n)
                .append(",\"ts\":\"")
                .append(time(n))
                .append("\"}")
                .toString();
    }

    private static void append(StringBuilder json, String value) {
        if (value.isEmpty()) {
            json.append("null");
        } else if (value.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            json.append(value);
        } else {
            json.append('"');
            value.chars().forEach(c -> escape(json, (char) c));
            json.append('"');
        }
    }

    private static void escape(StringBuilder json, char c) {
        if (c == '"' || c == '\\') {
            json.append('\\').append(c);
        } else if (c < ' ') {
            json.append(String.format("\\u%04x", (int) c));
        } else {
            json.append(c);
        }
    }
}
