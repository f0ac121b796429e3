package galois.sql;

import galois.api.ErrorCode;
import galois.batch.Field;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code WITH (transport = 'file', 'format' = 'csv')}: values are checked by whoever uses them. */
final class StreamOptions {
    private static final String TRANSPORT = "transport";

    /** The transport of a stream that queries write and read inside this runtime. */
    private static final String INTERNAL = "internal";

    private static final List<String> REQUIRED = List.of(TRANSPORT, "format");

    private StreamOptions() {}

    /**
     * The options of a stream: those it is given, or rows ({@code AS VALUES (...)}), or, when
     * nothing is said, those of an internal stream.
     *
     * @param payload its columns without those that are metadata
     */
    static Map<String, String> parse(TokenReader in, Token stream, List<Field> payload) {
        if (in.takeWord("AS")) {
            in.expectWord("VALUES");
            return values(RowValues.parse(in, stream.value(), payload));
        }
        if (in.peek().kind() == Token.Kind.END) {
            return Map.of(TRANSPORT, INTERNAL);
        }
        if (!in.takeWord("WITH")) {
            throw in.expected("WITH (transport = '...', format = '...') or AS VALUES (...)");
        }
        Map<String, String> options = list(in);
        if (!INTERNAL.equalsIgnoreCase(options.get(TRANSPORT))) {
            require(in, stream, options);
        }
        return options;
    }

    /** Of a stream whose rows are CSV text without header. */
    static Map<String, String> values(String csv) {
        return Map.of(TRANSPORT, "inline", "format", "csv", "header", "false", "rows", csv);
    }

    /** {@code (option = 'value', ...)}, keys in lower case. */
    static Map<String, String> list(TokenReader in) {
        in.expectSymbol("(");
        Map<String, String> options = new LinkedHashMap<>();
        if (!in.takeSymbol(")")) {
            do {
                option(in, options);
            } while (in.takeSymbol(","));
            if (!in.takeSymbol(")")) {
                throw in.expected("',' or ')' after an option");
            }
        }
        return options;
    }

    private static void require(TokenReader in, Token stream, Map<String, String> options) {
        for (String key : REQUIRED) {
            if (!options.containsKey(key)) {
                throw in.error(
                        ErrorCode.STREAM_OPTION,
                        stream,
                        "the stream \""
                                + stream.value()
                                + "\" needs the option "
                                + key
                                + ": write WITH (transport = 'file', format = 'csv', ...)");
            }
        }
    }

    private static void option(TokenReader in, Map<String, String> options) {
        Token first = in.peek();
        String key =
                StatementParser.optionKey(in, "an option such as transport")
                        .toLowerCase(Locale.ROOT);
        in.expectSymbol("=");
        boolean isNegative = in.peek().isSymbol("-");
        if (isNegative) {
            in.take();
        }
        Token value = in.peek();
        boolean isValue =
                value.kind() == Token.Kind.NUMBER
                        || !isNegative
                                && (value.kind() == Token.Kind.STRING
                                        || value.isWord("TRUE")
                                        || value.isWord("FALSE"));
        if (!isValue) {
            throw in.expected("a value in single quotes");
        }
        in.take();
        if (options.put(key, (isNegative ? "-" : "") + value.value()) != null) {
            throw in.error(ErrorCode.STREAM_OPTION, first, "the option " + key + " is there twice");
        }
    }
}
