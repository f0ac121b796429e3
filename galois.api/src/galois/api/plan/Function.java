package galois.api.plan;

/**
 * The scalar functions of the algebra. Operands of arithmetic and comparison have been brought to
 * one type by CASTs; a function returns NULL when an operand is NULL, unless said otherwise.
 */
public enum Function {
    PLUS,
    MINUS,
    TIMES,
    /** Integer operands truncate toward zero; integer division by zero is a row error. */
    DIVIDE,
    /** Remainder with the sign of the dividend. */
    MOD,
    NEGATE,
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    /** Three-valued; any number of operands. */
    AND,
    /** Three-valued; any number of operands. */
    OR,
    NOT,
    /** Never NULL. */
    IS_NULL,
    /** Never NULL. */
    IS_NOT_NULL,
    /** Never NULL. */
    IS_TRUE,
    /** Never NULL. */
    IS_FALSE,
    /** Never NULL. */
    IS_NOT_TRUE,
    /** Never NULL. */
    IS_NOT_FALSE,
    /** (condition, value)..., else value; a NULL condition is not true. */
    CASE,
    /** The first operand that is not NULL. */
    COALESCE,
    /** The operand; NULL where it gives a row error. */
    TRY,
    /** As CAST; a value that does not convert gives NULL. */
    TRY_CAST,
    /** Converts to the type of the call; a value that does not convert is a row error. */
    CAST,
    /** Of an integer: overflow is a row error. */
    ABS,
    /** -1, 0 or 1 in the type of the operand; NaN stays. */
    SIGN,
    CEIL,
    FLOOR,
    /** (x) or (x, digits): half away from zero. */
    ROUND,
    /** (x) or (x, digits): toward zero. */
    TRUNCATE,
    POWER,
    SQRT,
    CBRT,
    EXP,
    LN,
    LOG10,
    LOG2,
    /** (base, x). */
    LOG,
    SIN,
    COS,
    TAN,
    COT,
    ASIN,
    ACOS,
    ATAN,
    /** (y, x). */
    ATAN2,
    SINH,
    COSH,
    TANH,
    DEGREES,
    RADIANS,
    /** (latitude, longitude, latitude, longitude) in degrees to metres on a sphere. */
    HAVERSINE,
    /** The greatest of its operands, which have one type. */
    GREATEST,
    /** The least of its operands, which have one type. */
    LEAST,
    /** Texts one after the other. */
    CONCAT,
    UPPER,
    LOWER,
    /** First letters of words in upper case, others in lower case. */
    INITCAP,
    /** (text) or (text, characters): both ends. */
    TRIM,
    LTRIM,
    RTRIM,
    /** (text, first) or (text, first, length) in code points from 1. */
    SUBSTRING,
    /** (text, length). */
    LEFT,
    /** (text, length). */
    RIGHT,
    /** (wanted, text) or (wanted, text, first): code points from 1; 0 when it is not there. */
    POSITION,
    /** (text, wanted, replacement). */
    REPLACE,
    /** (text, replacement, first, length). */
    OVERLAY,
    /** (text, characters, replacements). */
    TRANSLATE,
    /** Code points. */
    CHAR_LENGTH,
    /** Bytes of UTF-8. */
    OCTET_LENGTH,
    /** (text, length) or (text, length, fill). */
    LPAD,
    /** (text, length) or (text, length, fill). */
    RPAD,
    /** (text, times). */
    REPEAT,
    REVERSE,
    /** (text, delimiter, n): the n-th part from 1, empty when there is none. */
    SPLIT_PART,
    /** (text, prefix). */
    STARTS_WITH,
    /** (text, suffix). */
    ENDS_WITH,
    /** (text, part). */
    CONTAINS,
    /** The first code point; 0 of empty text. */
    ASCII,
    /** The text of one code point; a row error when there is no such code point. */
    CHR,
    /** Upper-case hexadecimal digits of the bytes of a text or of an integer. */
    HEX,
    /** 32 lower-case hexadecimal digits. */
    MD5,
    /** 64 lower-case hexadecimal digits. */
    SHA256,
    /** (text, pattern) or (text, pattern, escape); what follows the text is structural. */
    LIKE,
    /** As LIKE, whatever the case. */
    ILIKE,
    /** (text, pattern) or (text, pattern, escape): a regular expression of the SQL standard. */
    SIMILAR,
    /** (text, pattern): a regular expression matches somewhere. */
    REGEXP_LIKE,
    /** (text, pattern) or (text, pattern, group): of the first match; NULL when there is none. */
    REGEXP_EXTRACT,
    /** (text, pattern, replacement): every match is replaced. */
    REGEXP_REPLACE,
    /** (unit, time): the unit is structural. */
    EXTRACT,
    /** (unit, time): the start of the unit that it is in. */
    DATE_TRUNC,
    /** (unit, time): itself at the start of a unit, else the start of the next. */
    DATE_CEIL,
    /** (unit, count, time). */
    TIMESTAMPADD,
    /** (unit, from, to): whole units, toward zero. */
    TIMESTAMPDIFF,
    /** The event time of the row: no operands. */
    EVENT_TIME,
    /**
     * When the row came: no operands. In no plan that leaves a language: there it is a column of
     * the source.
     */
    ARRIVAL_TIME,
    /**
     * What the row does to a result: {@code +I}, {@code -U}, {@code +U} or {@code -D}; no operands.
     * The row that has it as a field is an insert.
     */
    CHANGE,
    /** Whole seconds since 1970, rounded down. */
    UNIX_SECONDS,
    /** Whole milliseconds since 1970, rounded down. */
    UNIX_MILLIS,
    UNIX_MICROS,
    TIMESTAMP_SECONDS,
    TIMESTAMP_MILLIS,
    TIMESTAMP_MICROS,
    /**
     * (time, size, slide, offset) or (time, size, slide, offset, copy): the start of the window
     * that the time is in; of several that overlap the first one, or the one with that number from
     * 0, in the order of their starts. Lengths are structural, in microseconds. The first ones may
     * end ahead of the time when the slide does not divide the size.
     */
    WINDOW_START,
    /** As {@link #WINDOW_START}: the end of that window, exclusive. */
    WINDOW_END,
    /** (end): one millisecond ahead of the end of a window, so inside it. */
    WINDOW_TIME;

    /** Functions that are plain calls of their operands: NULL when an operand is NULL. */
    public boolean isScalar() {
        return compareTo(CAST) > 0;
    }

    /**
     * True for an operand that is a constant of the code, never lifted to a parameter: a pattern, a
     * unit of time.
     */
    public boolean isStructural(int operand) {
        return switch (this) {
            case LIKE, ILIKE, SIMILAR, REGEXP_LIKE, REGEXP_EXTRACT -> operand > 0;
            case REGEXP_REPLACE -> operand == 1;
            case EXTRACT, DATE_TRUNC, DATE_CEIL, TIMESTAMPADD, TIMESTAMPDIFF -> operand == 0;
            case WINDOW_START, WINDOW_END -> operand >= 1 && operand <= 3;
            default -> false;
        };
    }
}
