package galois.sql;

import galois.api.ErrorCode;
import galois.batch.FieldType;

import org.apache.calcite.sql.SqlBinaryStringLiteral;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.BitString;

import java.math.BigDecimal;
import java.util.Locale;

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
            return dateTime(unknown, unknown.tag, unknown.getValue());
        }
        if (literal instanceof SqlIntervalLiteral interval) {
            return interval(interval);
        }
        if (literal instanceof SqlBinaryStringLiteral binary) {
            String hex = binary.getValueAs(BitString.class).toHexString();
            return bytes(literal, hex);
        }
        boolean isBoolean =
                literal.getTypeName() == SqlTypeName.BOOLEAN
                        || literal.getTypeName() == SqlTypeName.NULL;
        if (isBoolean) {
            return literal;
        }
        throw places.unsupported(
                literal, "a literal of type " + literal.getTypeName(), TypeNames.KNOWN);
    }

    /** A number of the text; only one that was written with an exponent has one here. */
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
                : ExpressionRewriter.constant(FieldType.DOUBLE, text(value), at);
    }

    /** Without an exponent, unless the number is an integer for having one. */
    private static String text(BigDecimal value) {
        return value.scale() < 0 ? value.toString() : value.toPlainString();
    }

    private SqlNode dateTime(SqlLiteral literal, String tag, String text) {
        FieldType type =
                switch (tag) {
                    case "DATE" -> FieldType.DATE;
                    case "TIME" -> FieldType.TIME;
                    case "TIMESTAMP", "DATETIME" -> FieldType.TIMESTAMP;
                    default ->
                            throw places.unsupported(
                                    literal,
                                    "a literal of type " + tag,
                                    "write TIMESTAMP 'yyyy-mm-dd hh:mm:ss', it is UTC");
                };
        Long cell = Timestamps.parse(type, text);
        if (cell == null) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    literal,
                    "'"
                            + Messages.shorten(text)
                            + "' is no "
                            + type
                            + ": write '"
                            + Timestamps.form(type)
                            + "'");
        }
        return ExpressionRewriter.constant(type, Long.toString(cell), literal.getParserPosition());
    }

    private SqlNode interval(SqlIntervalLiteral literal) {
        SqlIntervalLiteral.IntervalValue value =
                literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
        SqlIntervalQualifier unit = value.getIntervalQualifier();
        Long cell = Intervals.parse(value.getIntervalLiteral(), unit, value.getSign());
        if (cell == null) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    literal,
                    "'"
                            + Messages.shorten(value.getIntervalLiteral())
                            + "' is no interval of "
                            + unit
                            + ": write INTERVAL '1:30' HOUR TO MINUTE, INTERVAL '90' MINUTE or"
                            + " INTERVAL '1-6' YEAR TO MONTH");
        }
        FieldType type = unit.isYearMonth() ? FieldType.INTERVAL_MONTH : FieldType.INTERVAL_DAY;
        return ExpressionRewriter.constant(type, Long.toString(cell), literal.getParserPosition());
    }

    private SqlNode bytes(SqlLiteral literal, String hex) {
        if (hex.length() % 2 != 0) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH, literal, "a byte has two digits: write X'0aff'");
        }
        return ExpressionRewriter.constant(
                FieldType.VARBINARY, hex.toLowerCase(Locale.ROOT), literal.getParserPosition());
    }
}
