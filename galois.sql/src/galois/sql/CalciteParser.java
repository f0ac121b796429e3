package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.TextPosition;

import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CharLiteralStyle;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Calcite's parser with our dialect, and its errors in one line. */
final class CalciteParser {
    /** More alternatives than these are not listed in an error. */
    private static final int EXPECTED_WORDS_MAX = 5;

    private static final SqlParser.Config CONFIG =
            SqlParser.config()
                    .withParserFactory(SqlBabelParserImpl.FACTORY)
                    .withQuoting(Quoting.DOUBLE_QUOTE)
                    .withUnquotedCasing(Casing.UNCHANGED)
                    .withQuotedCasing(Casing.UNCHANGED)
                    .withCaseSensitive(false)
                    .withCharLiteralStyles(List.of(CharLiteralStyle.STANDARD))
                    .withIdentifierMaxLength(Limits.TEXT_CHARS_MAX)
                    .withConformance(Dialect.INSTANCE);

    private CalciteParser() {}

    static SqlNode parse(QueryPlaces places) {
        try {
            return SqlParser.create(places.text().text(), CONFIG).parseQuery();
        } catch (SqlParseException error) {
            throw syntax(places, error);
        }
    }

    private static GaloisException syntax(QueryPlaces places, SqlParseException error) {
        SqlParserPos at = error.getPos();
        if (at == null) {
            at = new SqlParserPos(1, 1);
        }
        int[][] sequences = error.getExpectedTokenSequences();
        if (sequences == null || error.getTokenImages() == null) {
            return places.error(
                    ErrorCode.SYNTAX, at, QueryErrors.oneLine(String.valueOf(error.getMessage())));
        }
        int index = index(places, at);
        List<Token> tokens = places.text().originalTokens();
        List<int[]> possible = Arrays.asList(sequences);
        // The parser looks ahead: tokens that still fit one of the sequences are not the wrong one.
        for (int depth = 0; index < tokens.size() - 1; depth++, index++) {
            List<int[]> fitting = fitting(possible, depth, tokens.get(index), error);
            if (fitting.isEmpty()) {
                break;
            }
            possible = fitting;
        }
        int depth = index - index(places, at);
        TreeSet<String> expected = new TreeSet<>();
        for (int[] sequence : possible) {
            expected.add(error.getTokenImages()[sequence[depth]].replace("\"", ""));
        }
        return new GaloisException(
                ErrorCode.SYNTAX,
                wrong(tokens.get(index)) + expected(expected),
                places.start().plus(tokens.get(index).position()));
    }

    private static String wrong(Token token) {
        return token.kind() == Token.Kind.END
                ? "the statement ends too early"
                : "unexpected " + token.described();
    }

    /** The sequences whose token at {@code depth} is the given one, and that go on after it. */
    private static List<int[]> fitting(
            List<int[]> sequences, int depth, Token token, SqlParseException error) {
        List<int[]> fitting = new ArrayList<>();
        for (int[] sequence : sequences) {
            boolean fits =
                    sequence.length > depth + 1
                            && isImage(error.getTokenImages()[sequence[depth]], token);
            if (fits) {
                fitting.add(sequence);
            }
        }
        return fitting;
    }

    private static boolean isImage(String image, Token token) {
        return image.equalsIgnoreCase('"' + token.text() + '"')
                || image.contains("IDENTIFIER") && token.isName();
    }

    /** Of the token at a position; of END if there is none. */
    private static int index(QueryPlaces places, SqlParserPos at) {
        TextPosition position = places.text().original(at.getLineNum(), at.getColumnNum());
        List<Token> tokens = places.text().originalTokens();
        int index = 0;
        while (index < tokens.size() - 1 && !tokens.get(index).position().equals(position)) {
            index++;
        }
        return index;
    }

    private static String expected(TreeSet<String> words) {
        if (words.contains("CASE") || words.contains("CAST")) {
            return ": expected an expression";
        }
        if (words.contains("<IDENTIFIER>")) {
            return ": expected a name";
        }
        boolean isShort = !words.isEmpty() && words.size() <= EXPECTED_WORDS_MAX;
        List<String> quoted = new ArrayList<>();
        words.forEach(word -> quoted.add(word.equals("<EOF>") ? "the end" : "'" + word + "'"));
        return isShort ? ": expected " + Messages.oneOf(quoted) : "";
    }
}
