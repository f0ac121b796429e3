package galois.sql;

import galois.api.ErrorCode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code WITH (transport = 'file', 'format' = 'csv')}: values are checked by whoever uses them. */
final class StreamOptions {
    private static final List<String> REQUIRED = List.of("transport", "format");

    private StreamOptions() {}

    static Map<String, String> parse(TokenReader in, Token stream) {
        if (!in.takeWord("WITH")) {
            throw in.expected("WITH (transport = '...', format = '...')");
        }
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
        return options;
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
