package galois.sql;

import galois.api.ErrorCode;
import galois.batch.FieldType;

import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

import java.math.BigDecimal;

/**
 * Literals in the form the planner knows: whole numbers of 64 bits stay, others become constants.
 */
final class LiteralRewriter {
    /** Digits and leading zeros beyond which a number is only large or small. */
    private static final int MAGNITUDE_MAX = 400;

    private final QueryPlaces places;

    LiteralRewriter(QueryPlaces places) {
        this.places = places;
    }

    SqlNode rewrite(SqlLiteral literal) {
        SqlParserPos at = literal.getParserPosition();
        if (literal instanceof SqlNumericLiteral) {
            return number(literal.bigDecimalValue(), at);
        }
        if (literal instanceof SqlCharStringLiteral) {
            String text = literal.getValueAs(String.class);
            return ExpressionRewriter.constant(FieldType.VARCHAR, text, at);
        }
        if (literal instanceof SqlUnknownLiteral unknown) {
            return timestamp(unknown, unknown.tag, unknown.getValue());
        }
        boolean isBoolean =
                literal.getTypeName() == SqlTypeName.BOOLEAN
                        || literal.getTypeName() == SqlTypeName.NULL;
        if (isBoolean) {
            return literal;
        }
        throw places.unsupported(
                literal,
                "a literal of type " + literal.getTypeName(),
                "types are BOOLEAN, INTEGER, BIGINT, DOUBLE, VARCHAR, TIMESTAMP");
    }

    SqlNode number(BigDecimal value, SqlParserPos at) {
        long magnitude = (long) value.precision() - value.scale();
        if (value.signum() != 0 && Math.abs(magnitude) > MAGNITUDE_MAX) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH, at, "this number is outside the range of DOUBLE");
        }
        boolean isWhole =
                value.scale() == 0
                        && value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
                        && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return isWhole
                ? SqlLiteral.createExactNumeric(value.toPlainString(), at)
                : ExpressionRewriter.constant(FieldType.DOUBLE, value.toString(), at);
    }

    private SqlNode timestamp(SqlLiteral literal, String tag, String text) {
        if (!tag.equals("TIMESTAMP")) {
            throw places.unsupported(
                    literal, "a literal of type " + tag, "write TIMESTAMP 'yyyy-mm-dd hh:mm:ss'");
        }
        Long micros = Timestamps.parse(text);
        if (micros == null) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    literal,
                    "'"
                            + Messages.shorten(text)
                            + "' is no TIMESTAMP: write 'yyyy-mm-dd hh:mm:ss.ffffff'");
        }
        return ExpressionRewriter.constant(
                FieldType.TIMESTAMP, Long.toString(micros), literal.getParserPosition());
    }
}
