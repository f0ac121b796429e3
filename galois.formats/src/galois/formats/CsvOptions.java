package galois.formats;

import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Options of the CSV format.
 *
 * @param header {@code header} (true; false for messages): the first row names the columns
 * @param delimiter {@code delimiter} (,): one ASCII character or {@code \t}
 * @param nullText {@code null} (empty): what stands for NULL when it is not quoted
 * @param unit {@code timestamp}
 */
record CsvOptions(boolean header, byte delimiter, byte[] nullText, TimestampUnit unit) {
    static final Set<String> KEYS = Set.of("header", "delimiter", "null", FormatOptions.TIMESTAMP);

    static CsvOptions of(StreamDefinition stream, boolean framed) {
        String delimiter = stream.option("delimiter", ",").replace("\\t", "\t");
        if (delimiter.length() != 1 || delimiter.charAt(0) > '~' || "\"\r\n".contains(delimiter)) {
            throw StreamOptions.bad(
                    stream,
                    "option 'delimiter' is '"
                            + delimiter
                            + "': use one ASCII character other than a quote or line end, or '\\t'");
        }
        return new CsvOptions(
                StreamOptions.flag(stream, "header", !framed),
                (byte) delimiter.charAt(0),
                stream.option("null", "").getBytes(StandardCharsets.UTF_8),
                FormatOptions.timestampUnit(stream));
    }
}
