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
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"(.*)\" at line");

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
        String message = String.valueOf(error.getMessage());
        Matcher encountered = ENCOUNTERED.matcher(message);
        if (!encountered.lookingAt()) {
            return places.error(ErrorCode.SYNTAX, at, QueryErrors.oneLine(message));
        }
        // Calcite tells the tokens it had to look at; the last one is wrong.
        int behindFirst = encountered.group(1).split(" ").length - 1;
        Token found = token(places, at, behindFirst);
        return new GaloisException(
                ErrorCode.SYNTAX,
                "unexpected " + found.described() + expected(error),
                places.start().plus(found.position()));
    }

    /** The token of the user's text that is {@code more} tokens after a position; END at last. */
    private static Token token(QueryPlaces places, SqlParserPos at, int more) {
        TextPosition position = places.text().original(at.getLineNum(), at.getColumnNum());
        List<Token> tokens = places.text().originalTokens();
        int index = 0;
        while (index < tokens.size() - 1 && !tokens.get(index).position().equals(position)) {
            index++;
        }
        return tokens.get(Math.min(index + more, tokens.size() - 1));
    }

    private static String expected(SqlParseException error) {
        TreeSet<String> words = new TreeSet<>();
        for (String name : error.getExpectedTokenNames()) {
            words.add(name.replace("\"", ""));
        }
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
