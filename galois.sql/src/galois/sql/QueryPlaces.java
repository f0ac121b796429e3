package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.TextPosition;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

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

    GaloisException unsupported(SqlNode at, String construct, String remedy) {
        return error(ErrorCode.UNSUPPORTED, at, construct + " is not supported: " + remedy);
    }
}
