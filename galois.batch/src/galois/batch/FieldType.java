package galois.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The SQL type of a field: its kind, and for DECIMAL its precision and scale. Immutable; there is
 * one object for each type, so that {@code ==} compares types. {@link #toString} is SQL that {@link
 * #parse} reads.
 */
public final class FieldType {
    /** Digits that a DECIMAL can have: all of them fit in 64 bits. */
    public static final int DECIMAL_PRECISION_MAX = 18;

    /** 0 or 1 as i64. */
    public static final FieldType BOOLEAN = new FieldType(Kind.BOOLEAN, "BOOLEAN");

    /** 8-bit integer, sign-extended to i64. */
    public static final FieldType TINYINT = new FieldType(Kind.TINYINT, "TINYINT");

    /** 16-bit integer, sign-extended to i64. */
    public static final FieldType SMALLINT = new FieldType(Kind.SMALLINT, "SMALLINT");

    /** 32-bit integer, sign-extended to i64. */
    public static final FieldType INTEGER = new FieldType(Kind.INTEGER, "INTEGER");

    /** 64-bit integer. */
    public static final FieldType BIGINT = new FieldType(Kind.BIGINT, "BIGINT");

    /** IEEE 754 single, held as the double of the same value; every NaN is the canonical NaN. */
    public static final FieldType REAL = new FieldType(Kind.REAL, "REAL");

    /** IEEE 754 double; every NaN is the canonical NaN. */
    public static final FieldType DOUBLE = new FieldType(Kind.DOUBLE, "DOUBLE");

    /** UTF-8 text in the arena of the batch. */
    public static final FieldType VARCHAR = new FieldType(Kind.VARCHAR, "VARCHAR");

    /** Bytes in the arena of the batch. */
    public static final FieldType VARBINARY = new FieldType(Kind.VARBINARY, "VARBINARY");

    /** Days since 1970-01-01 as i64. */
    public static final FieldType DATE = new FieldType(Kind.DATE, "DATE");

    /** Microseconds since midnight as i64. */
    public static final FieldType TIME = new FieldType(Kind.TIME, "TIME");

    /** Microseconds since 1970-01-01T00:00:00Z as i64. */
    public static final FieldType TIMESTAMP = new FieldType(Kind.TIMESTAMP, "TIMESTAMP");

    /** Months as i64. */
    public static final FieldType INTERVAL_MONTH =
            new FieldType(Kind.INTERVAL_MONTH, "INTERVAL YEAR TO MONTH");

    /** Microseconds as i64. */
    public static final FieldType INTERVAL_DAY =
            new FieldType(Kind.INTERVAL_DAY, "INTERVAL DAY TO SECOND");

    private static final List<FieldType> PLAIN =
            List.of(
                    BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    INTERVAL_MONTH,
                    INTERVAL_DAY);

    private static final Map<String, FieldType> BY_TEXT = new LinkedHashMap<>();

    static {
        PLAIN.forEach(type -> BY_TEXT.put(type.text, type));
        for (int precision = 1; precision <= DECIMAL_PRECISION_MAX; precision++) {
            for (int scale = 0; scale <= precision; scale++) {
                FieldType type = new FieldType(precision, scale);
                BY_TEXT.put(type.text, type);
            }
        }
    }

    /** The families of types. The numeric ones are in the order in which arithmetic widens. */
    public enum Kind {
        BOOLEAN(Cell.I64),
        TINYINT(Cell.I64),
        SMALLINT(Cell.I64),
        INTEGER(Cell.I64),
        BIGINT(Cell.I64),
        DECIMAL(Cell.I64),
        REAL(Cell.F64),
        DOUBLE(Cell.F64),
        VARCHAR(Cell.STRING),
        VARBINARY(Cell.STRING),
        DATE(Cell.I64),
        TIME(Cell.I64),
        TIMESTAMP(Cell.I64),
        INTERVAL_MONTH(Cell.I64),
        INTERVAL_DAY(Cell.I64);

        private final Cell cell;

        Kind(Cell cell) {
            this.cell = cell;
        }
    }

    /** The shape of a cell. */
    public enum Cell {
        /** Little-endian 64-bit integer. */
        I64,
        /** Little-endian IEEE 754 double. */
        F64,
        /**
         * {@code u32 back, u32 length}; the text starts {@code back} bytes before the batch's end.
         */
        STRING
    }

    private final Kind kind;
    private final int precision;
    private final int scale;
    private final String text;

    private FieldType(Kind kind, String text) {
        this.kind = kind;
        this.precision = 0;
        this.scale = 0;
        this.text = text;
    }

    private FieldType(int precision, int scale) {
        this.kind = Kind.DECIMAL;
        this.precision = precision;
        this.scale = scale;
        this.text = decimalText(precision, scale);
    }

    private static String decimalText(int precision, int scale) {
        return "DECIMAL(" + precision + ", " + scale + ")";
    }

    /**
     * An exact decimal number: its cell is the value times 10 to the power of the scale.
     *
     * @param precision digits in all, 1 to {@link #DECIMAL_PRECISION_MAX}
     * @param scale digits after the point, 0 to the precision
     */
    public static FieldType decimal(int precision, int scale) {
        return parse(decimalText(precision, scale));
    }

    /**
     * The type that {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if there is no such type
     */
    public static FieldType parse(String text) {
        FieldType type = BY_TEXT.get(text);
        if (type == null) {
            throw new IllegalArgumentException("no type " + text);
        }
        return type;
    }

    /** Every type but the DECIMALs. */
    public static List<FieldType> plain() {
        return PLAIN;
    }

    public Kind kind() {
        return kind;
    }

    /** Digits of a DECIMAL; 0 for other types. */
    public int precision() {
        return precision;
    }

    /** Digits of a DECIMAL after the point; 0 for other types. */
    public int scale() {
        return scale;
    }

    public Cell cell() {
        return kind.cell;
    }

    /** True for the types of whole numbers, TINYINT to BIGINT. */
    public boolean isInteger() {
        return kind == Kind.TINYINT
                || kind == Kind.SMALLINT
                || kind == Kind.INTEGER
                || kind == Kind.BIGINT;
    }

    public boolean isDecimal() {
        return kind == Kind.DECIMAL;
    }

    /** True for REAL and DOUBLE. */
    public boolean isFloating() {
        return kind == Kind.REAL || kind == Kind.DOUBLE;
    }

    /** True for INTERVAL YEAR TO MONTH and INTERVAL DAY TO SECOND. */
    public boolean isInterval() {
        return kind == Kind.INTERVAL_MONTH || kind == Kind.INTERVAL_DAY;
    }

    /** True for the types that all arithmetic accepts: integers, DECIMAL, REAL and DOUBLE. */
    public boolean isNumeric() {
        return isInteger() || isDecimal() || isFloating();
    }

    /** The same in every process, unlike the identity: iteration orders must not differ. */
    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public String toString() {
        return text;
    }
}
