package galois.sql;

import galois.api.ErrorCode;
import galois.batch.FieldType;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The names of types in DDL and in CAST: those of the standard and the usual others. */
final class TypeNames {
    /** For messages. */
    static final String KNOWN =
            "types are BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL(p, s), REAL, DOUBLE,"
                    + " VARCHAR, VARBINARY, DATE, TIME, TIMESTAMP, INTERVAL";

    /** Digits of a second that TIME and TIMESTAMP keep. */
    static final int TIME_PRECISION_MAX = 6;

    /** DECIMAL without digits: whole numbers. */
    private static final FieldType DECIMAL = FieldType.decimal(FieldType.DECIMAL_PRECISION_MAX, 0);

    private static final Map<String, FieldType> TYPES =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("BOOLEAN", FieldType.BOOLEAN),
                            Map.entry("BOOL", FieldType.BOOLEAN),
                            Map.entry("TINYINT", FieldType.TINYINT),
                            Map.entry("INT8", FieldType.TINYINT),
                            Map.entry("SMALLINT", FieldType.SMALLINT),
                            Map.entry("INT16", FieldType.SMALLINT),
                            Map.entry("INTEGER", FieldType.INTEGER),
                            Map.entry("INT", FieldType.INTEGER),
                            Map.entry("INT32", FieldType.INTEGER),
                            Map.entry("BIGINT", FieldType.BIGINT),
                            Map.entry("INT64", FieldType.BIGINT),
                            Map.entry("LONG", FieldType.BIGINT),
                            Map.entry("DECIMAL", DECIMAL),
                            Map.entry("DEC", DECIMAL),
                            Map.entry("NUMERIC", DECIMAL),
                            Map.entry("REAL", FieldType.REAL),
                            Map.entry("FLOAT32", FieldType.REAL),
                            Map.entry("DOUBLE", FieldType.DOUBLE),
                            Map.entry("FLOAT", FieldType.DOUBLE),
                            Map.entry("FLOAT64", FieldType.DOUBLE),
                            Map.entry("VARCHAR", FieldType.VARCHAR),
                            Map.entry("CHAR", FieldType.VARCHAR),
                            Map.entry("CHARACTER", FieldType.VARCHAR),
                            Map.entry("STRING", FieldType.VARCHAR),
                            Map.entry("TEXT", FieldType.VARCHAR),
                            Map.entry("VARBINARY", FieldType.VARBINARY),
                            Map.entry("BINARY", FieldType.VARBINARY),
                            Map.entry("BYTES", FieldType.VARBINARY),
                            Map.entry("BYTEA", FieldType.VARBINARY),
                            Map.entry("BLOB", FieldType.VARBINARY),
                            Map.entry("DATE", FieldType.DATE),
                            Map.entry("TIME", FieldType.TIME),
                            Map.entry("TIMESTAMP", FieldType.TIMESTAMP),
                            Map.entry("DATETIME", FieldType.TIMESTAMP),
                            Map.entry("TIMESTAMP_LTZ", FieldType.TIMESTAMP)));

    private TypeNames() {}

    /**
     * A type in DDL. {@code VARCHAR(20)} and {@code TIMESTAMP(3)} are accepted: a column keeps what
     * it is given, a length is not enforced.
     */
    static FieldType parse(TokenReader in) {
        Token name = in.expectName("a type");
        if (name.isWord("INTERVAL")) {
            return interval(in);
        }
        FieldType type = TYPES.get(name.upper());
        if (type == null) {
            throw in.error(
                    ErrorCode.TYPE_MISMATCH,
                    name,
                    "unknown type " + name.described() + ": " + KNOWN);
        }
        if (name.isWord("DOUBLE")) {
            in.takeWord("PRECISION");
        }
        if (name.isWord("CHARACTER") || name.isWord("CHAR") || name.isWord("BINARY")) {
            in.takeWord("VARYING");
        }
        if (type.isDecimal()) {
            return decimal(in);
        }
        boolean isTime = type == FieldType.TIME || type == FieldType.TIMESTAMP;
        boolean hasLength = type.cell() == FieldType.Cell.STRING || isTime;
        if (hasLength && in.takeSymbol("(")) {
            Token length = in.peek();
            int number = number(in);
            if (isTime && number > TIME_PRECISION_MAX) {
                throw in.error(
                        ErrorCode.TYPE_MISMATCH,
                        length,
                        type + " keeps microseconds: write " + type + "(6)");
            }
            in.expectSymbol(")");
        }
        if (isTime) {
            timeZone(in, type);
        }
        return type;
    }

    private static FieldType decimal(TokenReader in) {
        if (!in.takeSymbol("(")) {
            return DECIMAL;
        }
        Token first = in.peek();
        int precision = number(in);
        int scale = in.takeSymbol(",") ? number(in) : 0;
        in.expectSymbol(")");
        FieldType type = decimal(precision, scale);
        if (type == null) {
            throw in.error(ErrorCode.TYPE_MISMATCH, first, decimalLimits(precision, scale));
        }
        return type;
    }

    private static FieldType decimal(int precision, int scale) {
        boolean isKnown =
                precision >= 1
                        && precision <= FieldType.DECIMAL_PRECISION_MAX
                        && scale >= 0
                        && scale <= precision;
        return isKnown ? FieldType.decimal(precision, scale) : null;
    }

    private static String decimalLimits(int precision, int scale) {
        return "there is no DECIMAL("
                + precision
                + ", "
                + scale
                + "): a DECIMAL has 1 to "
                + FieldType.DECIMAL_PRECISION_MAX
                + " digits, as many or fewer of them after the point; beyond that use DOUBLE";
    }

    private static int number(TokenReader in) {
        Token length = in.take();
        boolean isCount = length.kind() == Token.Kind.NUMBER && length.text().matches("\\d{1,9}");
        if (!isCount) {
            throw in.error(
                    ErrorCode.SYNTAX, length, "expected a length, found " + length.described());
        }
        return Integer.parseInt(length.text());
    }

    private static FieldType interval(TokenReader in) {
        Token first = in.expectName("YEAR, MONTH, DAY, HOUR, MINUTE or SECOND");
        Token last = first;
        digits(in);
        if (in.takeWord("TO")) {
            last = in.expectName("MONTH, HOUR, MINUTE or SECOND");
            digits(in);
        }
        boolean isMonths = first.isWord("YEAR") || first.isWord("MONTH");
        boolean fits =
                isMonths
                        ? last.isWord("YEAR") || last.isWord("MONTH")
                        : isPartOfDay(first) && isPartOfDay(last);
        if (!fits) {
            throw in.error(
                    ErrorCode.TYPE_MISMATCH,
                    first,
                    "write INTERVAL YEAR TO MONTH or INTERVAL DAY TO SECOND");
        }
        return isMonths ? FieldType.INTERVAL_MONTH : FieldType.INTERVAL_DAY;
    }

    private static void digits(TokenReader in) {
        if (in.takeSymbol("(")) {
            number(in);
            if (in.takeSymbol(",")) {
                number(in);
            }
            in.expectSymbol(")");
        }
    }

    private static boolean isPartOfDay(Token unit) {
        return unit.isWord("DAY")
                || unit.isWord("HOUR")
                || unit.isWord("MINUTE")
                || unit.isWord("SECOND");
    }

    private static void timeZone(TokenReader in, FieldType type) {
        if (in.takeWord("WITHOUT")) {
            in.expectWord("TIME");
            in.expectWord("ZONE");
        } else if (in.peek().isWord("WITH")) {
            throw in.error(
                    ErrorCode.UNSUPPORTED,
                    in.peek(),
                    type + " WITH TIME ZONE is not supported: write " + type + ", it is UTC");
        }
    }

    /** Characters that are left of {@code CAST(x AS VARCHAR(20))}; -1 for all. */
    static int lengthOfCast(SqlNode target) {
        boolean isText =
                target instanceof SqlDataTypeSpec spec
                        && TYPES.get(spec.getTypeName().toString().toUpperCase(Locale.ROOT))
                                == FieldType.VARCHAR
                        && spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec;
        return isText
                ? ((SqlBasicTypeNameSpec) ((SqlDataTypeSpec) target).getTypeNameSpec())
                        .getPrecision()
                : -1;
    }

    /** The second operand of CAST for the validator; null when it is no type. */
    static SqlNode ofCast(SqlNode target, QueryPlaces places) {
        if (target instanceof SqlIntervalQualifier) {
            return target;
        }
        if (!(target instanceof SqlDataTypeSpec spec)) {
            return null;
        }
        SqlParserPos at = target.getParserPosition();
        FieldType type = TYPES.get(spec.getTypeName().toString().toUpperCase(Locale.ROOT));
        SqlBasicTypeNameSpec basic =
                spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec b ? b : null;
        int precision = basic == null ? -1 : basic.getPrecision();
        if (type == null) {
            throw places.unsupported(spec, "CAST to " + Messages.shorten(spec.toString()), KNOWN);
        }
        if (type.isDecimal() && precision >= 0) {
            int scale = Math.max(0, basic.getScale());
            type = decimal(precision, scale);
            if (type == null) {
                throw places.error(ErrorCode.TYPE_MISMATCH, spec, decimalLimits(precision, scale));
            }
        }
        boolean isTime = type == FieldType.TIME || type == FieldType.TIMESTAMP;
        if (isTime && precision > TIME_PRECISION_MAX) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    spec,
                    type + " keeps microseconds: write " + type + "(6)");
        }
        int digits = isTime ? precision : type.isDecimal() ? type.precision() : -1;
        int scale = type.isDecimal() ? type.scale() : RelDataType.SCALE_NOT_SPECIFIED;
        return new SqlDataTypeSpec(
                new SqlBasicTypeNameSpec(SqlTypes.nameOf(type), digits, scale, null, at), at);
    }
}
