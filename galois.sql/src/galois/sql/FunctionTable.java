package galois.sql;

import galois.api.plan.Function;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The scalar functions that a query can call by name, and those that special syntax becomes. */
final class FunctionTable {
    private static final Map<Function, LibraryFunction> FUNCTIONS = new EnumMap<>(Function.class);

    /** Those of plans that no query can name. */
    private static final Map<Function, LibraryFunction> HIDDEN = new EnumMap<>(Function.class);

    /** By every name in upper case. */
    private static final Map<String, LibraryFunction> NAMES = new LinkedHashMap<>();

    static {
        numeric();
        text();
        patterns();
        time();
    }

    private FunctionTable() {}

    private static void numeric() {
        add(Function.ABS, "N:N", "size without the sign");
        add(Function.SIGN, "N:G", "-1, 0 or 1");
        add(Function.CEIL, "N:N", "least whole number that is not less", "CEILING");
        add(Function.FLOOR, "N:N", "greatest whole number that is not greater");
        add(Function.ROUND, "N[I]:N", "to digits behind the point, half away from zero");
        add(Function.TRUNCATE, "N[I]:N", "to digits behind the point, toward zero", "TRUNC");
        add(Function.POWER, "DD:D", "base to an exponent", "POW");
        add(Function.SQRT, "D:D", "square root; NaN below 0");
        add(Function.CBRT, "D:D", "cube root");
        add(Function.EXP, "D:D", "e to an exponent");
        add(Function.LN, "D:D", "natural logarithm");
        add(Function.LOG10, "D:D", "decimal logarithm");
        add(Function.LOG2, "D:D", "binary logarithm");
        add(Function.LOG, "DD:D", "logarithm to a base: (base, x)");
        add(Function.SIN, "D:D", "sine of radians");
        add(Function.COS, "D:D", "cosine of radians");
        add(Function.TAN, "D:D", "tangent of radians");
        add(Function.COT, "D:D", "cotangent of radians");
        add(Function.ASIN, "D:D", "angle of a sine");
        add(Function.ACOS, "D:D", "angle of a cosine");
        add(Function.ATAN, "D:D", "angle of a tangent");
        add(Function.ATAN2, "DD:D", "angle of a point (y, x)");
        add(Function.SINH, "D:D", "hyperbolic sine");
        add(Function.COSH, "D:D", "hyperbolic cosine");
        add(Function.TANH, "D:D", "hyperbolic tangent");
        add(Function.DEGREES, "D:D", "radians as degrees");
        add(Function.RADIANS, "D:D", "degrees as radians");
        add(
                Function.HAVERSINE,
                "DDDD:D",
                "metres between (latitude, longitude, latitude, longitude) in degrees");
        add(Function.GREATEST, "C*:C", "the greatest; NULL when one is NULL");
        add(Function.LEAST, "C*:C", "the least; NULL when one is NULL");
    }

    private static void text() {
        add(Function.CONCAT, "A*:S", "texts one after the other");
        add(Function.UPPER, "S:S", "upper case", "UCASE");
        add(Function.LOWER, "S:S", "lower case", "LCASE");
        add(Function.INITCAP, "S:S", "words with a capital");
        add(Function.TRIM, "S[S]:S", "without blanks, or those characters, at both ends", "BTRIM");
        add(Function.LTRIM, "S[S]:S", "without blanks, or those characters, at the start");
        add(Function.RTRIM, "S[S]:S", "without blanks, or those characters, at the end");
        add(
                Function.SUBSTRING,
                "SI[I]:S",
                "from a character, counted from 1, so many",
                "SUBSTR",
                "MID");
        add(Function.LEFT, "SI:S", "the first characters");
        add(Function.RIGHT, "SI:S", "the last characters");
        add(Function.POSITION, "SS[I]:I", "where a text begins in another, from 1; 0: nowhere");
        add(Function.REPLACE, "SSS:S", "every occurrence by another text");
        add(Function.OVERLAY, "SSII:S", "characters from a position by another text");
        add(Function.TRANSLATE, "SSS:S", "each of those characters by that at the same place");
        add(Function.CHAR_LENGTH, "S:I", "characters", "CHARACTER_LENGTH", "LENGTH", "LEN");
        add(Function.OCTET_LENGTH, "X:I", "bytes of UTF-8");
        add(Function.LPAD, "SI[S]:S", "filled at the start, or cut, to a length");
        add(Function.RPAD, "SI[S]:S", "filled at the end, or cut, to a length");
        add(Function.REPEAT, "SI:S", "so many times");
        add(Function.REVERSE, "S:S", "from the last character to the first");
        add(
                Function.SPLIT_PART,
                "SSI:S",
                "the n-th part between delimiters, from 1; empty: there is none",
                "SPLIT");
        add(Function.STARTS_WITH, "SS:B", "begins with a text", "STARTSWITH");
        add(Function.ENDS_WITH, "SS:B", "ends with a text", "ENDSWITH");
        add(Function.CONTAINS, "SS:B", "has a text in it");
        add(Function.ASCII, "S:I", "code point of the first character");
        add(Function.CHR, "I:S", "the character of a code point");
        add(Function.HEX, List.of("I:S", "X:S"), "hexadecimal digits", "TO_HEX");
        add(Function.MD5, "X:S", "MD5 in hexadecimal digits");
        add(Function.SHA256, "X:S", "SHA-256 in hexadecimal digits");
    }

    private static void patterns() {
        add(Function.LIKE, "SP[P]:B", "text LIKE pattern: % any text, _ any character");
        add(Function.ILIKE, "SP[P]:B", "text ILIKE pattern: LIKE whatever the case");
        add(Function.SIMILAR, "SP[P]:B", "text SIMILAR TO pattern: a standard regular expression");
        add(
                Function.REGEXP_LIKE,
                "SP:B",
                "a regular expression matches somewhere",
                "REGEXP",
                "RLIKE",
                "REGEXP_MATCHES");
        add(
                Function.REGEXP_EXTRACT,
                "SP[P]:S",
                "the first match of a regular expression, or a group of it",
                "REGEXP_SUBSTR");
        add(Function.REGEXP_REPLACE, "SPS:S", "every match of a regular expression by a text");
    }

    private static void time() {
        add(Function.EXTRACT, "UF:L", "a field of a time: EXTRACT(HOUR FROM ts)", "DATE_PART");
        add(Function.DATE_TRUNC, "UT:T", "start of a unit: DATE_TRUNC('HOUR', ts)");
        add(Function.DATE_CEIL, "UT:T", "start of the next unit: CEIL(ts TO HOUR)");
        add(Function.TIMESTAMPADD, "UIT:T", "units later: TIMESTAMPADD(HOUR, 2, ts)");
        add(Function.TIMESTAMPDIFF, "UTT:L", "whole units between: TIMESTAMPDIFF(DAY, a, b)");
        add(Function.EVENT_TIME, ":Z", "event time of the row: CURRENT_TIMESTAMP");
        add(Function.ARRIVAL_TIME, ":Z", "when the row came: PROCTIME()");
        add(Function.UNIX_SECONDS, "T:L", "seconds since 1970", "UNIX_TIMESTAMP");
        add(Function.UNIX_MILLIS, "T:L", "milliseconds since 1970");
        add(Function.UNIX_MICROS, "T:L", "microseconds since 1970");
        add(Function.TIMESTAMP_SECONDS, "I:Z", "time of seconds since 1970");
        add(Function.TIMESTAMP_MILLIS, "I:Z", "time of milliseconds since 1970");
        add(Function.TIMESTAMP_MICROS, "I:Z", "time of microseconds since 1970");
        hide(Function.WINDOW_START, "TIII[I]:T");
        hide(Function.WINDOW_END, "TIII[I]:T");
        hide(Function.WINDOW_TIME, "T:T");
    }

    private static void hide(Function function, String signature) {
        List<Signature> signatures = List.of(Signature.of(signature));
        HIDDEN.put(function, new LibraryFunction(function, "$" + function, signatures, ""));
    }

    private static void add(
            Function function, String signature, String description, String... aliases) {
        add(function, List.of(signature), description, aliases);
    }

    private static void add(
            Function function, List<String> signatures, String description, String... aliases) {
        List<Signature> all = signatures.stream().map(Signature::of).toList();
        LibraryFunction made = new LibraryFunction(function, function.name(), all, description);
        FUNCTIONS.put(function, made);
        NAMES.put(function.name(), made);
        Arrays.stream(aliases).forEach(alias -> NAMES.put(alias, made));
    }

    /** Null for a function that is no library function. */
    static LibraryFunction of(Function function) {
        return FUNCTIONS.getOrDefault(function, HIDDEN.get(function));
    }

    /** Null when there is no function of that name. */
    static LibraryFunction named(String name) {
        return NAMES.get(name.toUpperCase(Locale.ROOT));
    }

    static Collection<LibraryFunction> all() {
        return List.copyOf(FUNCTIONS.values());
    }

    /** Every name and alias. */
    static Collection<String> names() {
        return List.copyOf(NAMES.keySet());
    }
}
