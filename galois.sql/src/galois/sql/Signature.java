package galois.sql;

import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a function takes and gives, one letter for each parameter:
 *
 * <ul>
 *   <li>{@code N} a number; all N of a call get one type
 *   <li>{@code D} a number, taken as DOUBLE; {@code I} a whole number, taken as BIGINT
 *   <li>{@code S} text; {@code A} anything, taken as its text; {@code X} text or bytes
 *   <li>{@code C} anything that compares; all C of a call get one type
 *   <li>{@code T} a TIMESTAMP or DATE; {@code F} a TIMESTAMP, DATE or TIME
 *   <li>{@code U} a unit of time and {@code P} a pattern: constants of the code
 * </ul>
 *
 * @param parameters letters
 * @param least so many arguments at least
 * @param repeats the last parameter may come again
 * @param result N, C and T: the type of those; D, L (BIGINT), S, Z (TIMESTAMP), B (BOOLEAN), I
 *     (INTEGER)
 */
record Signature(String parameters, int least, boolean repeats, char result) {
    /** More arguments than these are refused. */
    private static final int ARGUMENTS_MAX = 100;

    /** The types that the arguments of a call are cast to, and its own. */
    record Types(List<FieldType> parameters, FieldType result) {}

    /** {@code NN:N}, {@code S[S]:S} with one that may be left out, {@code C*:C} repeating. */
    static Signature of(String text) {
        String[] sides = text.split(":", 2);
        int bracket = sides[0].indexOf('[');
        boolean repeats = sides[0].endsWith("*");
        String letters = sides[0].replaceAll("[\\[\\]*]", "");
        int least = bracket < 0 ? letters.length() : bracket;
        return new Signature(letters, least, repeats, sides[1].charAt(0));
    }

    /**
     * @param arguments {@code null} for one that is NULL
     * @return {@code null} when they do not fit
     */
    Types resolve(List<FieldType> arguments) {
        int most = repeats ? ARGUMENTS_MAX : parameters.length();
        if (arguments.size() < least || arguments.size() > most) {
            return null;
        }
        for (int i = 0; i < arguments.size(); i++) {
            FieldType type = arguments.get(i);
            if (type != null && !accepts(letter(i), type)) {
                return null;
            }
        }
        FieldType common = common(arguments);
        if (common == null) {
            return null;
        }
        List<FieldType> types = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            types.add(target(letter(i), arguments.get(i), common));
        }
        return new Types(types, result(types, common));
    }

    private char letter(int index) {
        return parameters.charAt(Math.min(index, parameters.length() - 1));
    }

    private static boolean accepts(char letter, FieldType type) {
        return switch (letter) {
            case 'N', 'D' -> type.isNumeric();
            case 'I' -> type.isInteger();
            case 'S', 'U', 'P' -> type == FieldType.VARCHAR;
            case 'X' -> type.cell() == FieldType.Cell.STRING;
            case 'T' -> type == FieldType.TIMESTAMP || type == FieldType.DATE;
            case 'F' ->
                    type == FieldType.TIMESTAMP || type == FieldType.DATE || type == FieldType.TIME;
            default -> true;
        };
    }

    private static FieldType target(char letter, FieldType given, FieldType common) {
        return switch (letter) {
            case 'N', 'C' -> common;
            case 'D' -> FieldType.DOUBLE;
            case 'I' -> FieldType.BIGINT;
            case 'T', 'F' -> given == null ? FieldType.TIMESTAMP : given;
            case 'X' -> given == null ? FieldType.VARCHAR : given;
            default -> FieldType.VARCHAR;
        };
    }

    /** Of the N and C arguments; DOUBLE when there is none; null when there is no such type. */
    private FieldType common(List<FieldType> arguments) {
        List<FieldType> among = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            boolean counts = letter(i) == 'N' || letter(i) == 'C';
            if (counts && arguments.get(i) != null) {
                among.add(arguments.get(i));
            }
        }
        FieldType common = among.isEmpty() ? FieldType.DOUBLE : ResultTypes.common(among);
        // Rounding to digits makes doubles that are no singles.
        boolean isNumber = parameters.indexOf('N') >= 0;
        return isNumber && common == FieldType.REAL ? FieldType.DOUBLE : common;
    }

    private FieldType result(List<FieldType> types, FieldType common) {
        return switch (result) {
            case 'N', 'C' -> common;
            case 'D' -> FieldType.DOUBLE;
            case 'I' -> FieldType.INTEGER;
            case 'L' -> FieldType.BIGINT;
            case 'B' -> FieldType.BOOLEAN;
            case 'Z' -> FieldType.TIMESTAMP;
            case 'G' -> common.isFloating() ? common : FieldType.INTEGER;
            case 'T' ->
                    types.stream()
                            .filter(Set.of(FieldType.TIMESTAMP, FieldType.DATE)::contains)
                            .findFirst()
                            .orElse(FieldType.TIMESTAMP);
            default -> FieldType.VARCHAR;
        };
    }

    /** For people: {@code (text, integer [, integer])}. */
    String described() {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < parameters.length(); i++) {
            String word = word(parameters.charAt(i));
            boolean optional = i >= least;
            text.append(optional ? " [" : "").append(i == 0 ? "" : ", ").append(word);
            text.append(optional ? "]" : "");
        }
        return text.append(repeats ? ", ..." : "").append(")").toString();
    }

    private static String word(char letter) {
        return switch (letter) {
            case 'N', 'D' -> "number";
            case 'I' -> "integer";
            case 'S' -> "text";
            case 'X' -> "text or bytes";
            case 'U' -> "unit";
            case 'P' -> "pattern";
            case 'T', 'F' -> "time";
            default -> "value";
        };
    }

    /** The type that the call has, for people. */
    String resultWord() {
        return switch (result) {
            case 'D' -> "DOUBLE";
            case 'I' -> "INTEGER";
            case 'L' -> "BIGINT";
            case 'B' -> "BOOLEAN";
            case 'Z' -> "TIMESTAMP";
            case 'S' -> "VARCHAR";
            default -> "type of the argument";
        };
    }
}
