package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.TextPosition;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.List;
import java.util.Locale;

/**
 * Makes errors of a query with their place in the script.
 *
 * @param start of the statement in the script
 * @param text what Calcite's positions refer to
 */
record QueryPlaces(TextPosition start, CalciteText text) {
    TextPosition inScript(int line, int column) {
        return start.plus(text.original(line, column));
    }

    GaloisException error(ErrorCode code, SqlParserPos at, String message) {
        return new GaloisException(code, message, inScript(at.getLineNum(), at.getColumnNum()));
    }

    GaloisException error(ErrorCode code, SqlNode at, String message) {
        return error(code, at.getParserPosition(), message);
    }

    /** At the first of these words that the query contains, else at its start. */
    GaloisException errorAtWord(ErrorCode code, List<String> words, String message) {
        for (Token token : text.originalTokens()) {
            if (token.isName() && words.contains(token.value().toUpperCase(Locale.ROOT))) {
                return new GaloisException(code, message, start.plus(token.position()));
            }
        }
        return error(code, new SqlParserPos(1, 1), message);
    }

    GaloisException unsupported(SqlNode at, String construct, String remedy) {
        return error(ErrorCode.UNSUPPORTED, at, construct + " is not supported: " + remedy);
    }
}
