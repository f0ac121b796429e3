package galois.itest.engine;

import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.List;

/**
 * Rows in memory. A value is null, a Boolean, a Long (INTEGER, BIGINT, microseconds of a
 * TIMESTAMP), a Double or a String.
 */
public record Table(Schema schema, List<List<Object>> rows) {
    /** The types of random columns and terms; those that come first are the simple ones. */
    public static final List<FieldType> TYPES =
            List.of(
                    FieldType.BOOLEAN,
                    FieldType.INTEGER,
                    FieldType.BIGINT,
                    FieldType.DOUBLE,
                    FieldType.VARCHAR,
                    FieldType.TIMESTAMP);

    /** The same fields with other rows. */
    public Table with(List<List<Object>> others) {
        return new Table(schema, others);
    }

    /** For comparing results: 0.0 and -0.0 are one value, and one engine knows only one of them. */
    public static Object comparable(Object value) {
        return value instanceof Double number && number == 0 ? Double.valueOf(0) : value;
    }

    /** True when the value can be one of the type. */
    public static boolean fits(Object value, FieldType type) {
        return value == null
                || switch (type.kind()) {
                    case BOOLEAN -> value instanceof Boolean;
                    case TINYINT,
                            SMALLINT,
                            INTEGER,
                            BIGINT,
                            DECIMAL,
                            DATE,
                            TIME,
                            TIMESTAMP,
                            INTERVAL_MONTH,
                            INTERVAL_DAY ->
                            value instanceof Long;
                    case REAL, DOUBLE -> value instanceof Double;
                    case VARBINARY -> value instanceof byte[];
                    case VARCHAR -> value instanceof String;
                };
    }
}
