package galois.sql;

import galois.api.ErrorCode;
import galois.batch.FieldType;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The names of types in DDL: those of the standard and the usual others. */
final class TypeNames {
    private static final Map<String, FieldType> TYPES =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("BOOLEAN", FieldType.BOOLEAN),
                            Map.entry("BOOL", FieldType.BOOLEAN),
                            Map.entry("INTEGER", FieldType.INTEGER),
                            Map.entry("INT", FieldType.INTEGER),
                            Map.entry("INT32", FieldType.INTEGER),
                            Map.entry("TINYINT", FieldType.INTEGER),
                            Map.entry("SMALLINT", FieldType.INTEGER),
                            Map.entry("BIGINT", FieldType.BIGINT),
                            Map.entry("INT64", FieldType.BIGINT),
                            Map.entry("LONG", FieldType.BIGINT),
                            Map.entry("DOUBLE", FieldType.DOUBLE),
                            Map.entry("FLOAT", FieldType.DOUBLE),
                            Map.entry("REAL", FieldType.DOUBLE),
                            Map.entry("FLOAT64", FieldType.DOUBLE),
                            Map.entry("VARCHAR", FieldType.VARCHAR),
                            Map.entry("STRING", FieldType.VARCHAR),
                            Map.entry("TEXT", FieldType.VARCHAR),
                            Map.entry("TIMESTAMP", FieldType.TIMESTAMP)));

    /** Digits of a second that TIMESTAMP keeps. */
    static final int TIMESTAMP_PRECISION_MAX = 6;

    private TypeNames() {}

    /** {@code VARCHAR(20)} and {@code TIMESTAMP(3)} are accepted; a length is not enforced. */
    static FieldType parse(TokenReader in) {
        Token name = in.expectName("a type");
        FieldType type = TYPES.get(name.upper());
        if (type == null) {
            throw in.error(
                    ErrorCode.TYPE_MISMATCH,
                    name,
                    "unknown type "
                            + name.described()
                            + ": types are BOOLEAN, INTEGER, BIGINT, DOUBLE, VARCHAR, TIMESTAMP");
        }
        if (name.isWord("DOUBLE")) {
            in.takeWord("PRECISION");
        }
        boolean hasLength = type == FieldType.VARCHAR || type == FieldType.TIMESTAMP;
        if (hasLength && in.takeSymbol("(")) {
            length(in, type);
        }
        if (type == FieldType.TIMESTAMP) {
            timeZone(in);
        }
        return type;
    }

    /** The type of {@code CAST(x AS name)}; null if GALOIS does not have it. */
    static FieldType inCast(String name) {
        return TYPES.get(name.toUpperCase(Locale.ROOT));
    }

    private static void length(TokenReader in, FieldType type) {
        Token length = in.take();
        boolean isCount = length.kind() == Token.Kind.NUMBER && length.text().matches("\\d{1,9}");
        if (!isCount) {
            throw in.error(
                    ErrorCode.SYNTAX, length, "expected a length, found " + length.described());
        }
        if (type == FieldType.TIMESTAMP
                && Integer.parseInt(length.text()) > TIMESTAMP_PRECISION_MAX) {
            throw in.error(
                    ErrorCode.TYPE_MISMATCH,
                    length,
                    "TIMESTAMP keeps microseconds: write TIMESTAMP(6)");
        }
        in.expectSymbol(")");
    }

    private static void timeZone(TokenReader in) {
        if (in.takeWord("WITHOUT")) {
            in.expectWord("TIME");
            in.expectWord("ZONE");
        } else if (in.peek().isWord("WITH")) {
            throw in.error(
                    ErrorCode.UNSUPPORTED,
                    in.peek(),
                    "TIMESTAMP WITH TIME ZONE is not supported: write TIMESTAMP, it is UTC");
        }
    }
}
