package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.QueryTemplate;
import galois.batch.Field;
import galois.batch.Schema;

import org.apache.calcite.runtime.CalciteContextException;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Calcite's validator finds wrong, in our words. */
final class QueryErrors {
    private static final Pattern UNKNOWN_COLUMN =
            Pattern.compile("Column '(.*)' not found in .*", Pattern.DOTALL);
    private static final Pattern UNKNOWN_TABLE =
            Pattern.compile("(?:Table|Object) '(.*)' not found.*", Pattern.DOTALL);
    private static final Pattern AMBIGUOUS =
            Pattern.compile("Column '(.*)' is ambiguous", Pattern.DOTALL);
    private static final Pattern CANNOT_APPLY =
            Pattern.compile(
                    "Cannot apply '(.*)' to arguments of type '(.*)'\\. Supported.*",
                    Pattern.DOTALL);
    private static final Pattern NO_CAST =
            Pattern.compile("Cast function cannot convert value of type (.*) to type (.*)");
    private static final Pattern NO_COMMON_TYPE =
            Pattern.compile("Type mismatch in column (\\d+) of .*");
    private static final Pattern NOT_GROUPED =
            Pattern.compile("Expression '(.*)' is not being grouped", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("<([A-Z][A-Z ]*)>");
    private static final Pattern NO_FUNCTION =
            Pattern.compile("No match found for function signature (.*)", Pattern.DOTALL);

    /** Messages with one of these are about types. */
    private static final List<String> TYPE_WORDS =
            List.of(
                    "must be a condition",
                    "non-null",
                    "cannot convert",
                    "infer return type",
                    "mixing of types",
                    "boolean type",
                    "operand type",
                    "type mismatch",
                    "incompatible");

    private QueryErrors() {}

    static String unknownStream(String name, Catalog catalog) {
        List<String> all =
                Stream.concat(
                                catalog.streams().stream().map(StreamDefinition::name),
                                catalog.templates().stream()
                                        .filter(QueryTemplate::isView)
                                        .map(QueryTemplate::name))
                        .toList();
        return "unknown stream \"" + name + "\"" + Messages.known("streams", name, all);
    }

    static String unknownColumn(String name, Schema schema) {
        return unknownColumn(name, schema.fields().stream().map(Field::name).toList());
    }

    private static String unknownColumn(String name, List<String> names) {
        return "unknown column \"" + name + "\"" + Messages.known("columns", name, names);
    }

    /** One line without type parameters and character sets. */
    static String oneLine(String message) {
        return String.valueOf(message)
                .replaceAll("\\s+", " ")
                .replace(" NOT NULL", "")
                .replaceAll(" CHARACTER SET \"[^\"]*\"( COLLATE \"[^\"]*\")?", "")
                .replaceAll("org\\.apache\\.[\\w.$]+:? ?", "")
                .replaceAll("(VARCHAR|CHAR|TIMESTAMP)\\(\\d+\\)", "$1")
                .replaceAll("\\$(?=[A-Z])", "")
                .replace("SUM_OVER", "SUM")
                .trim();
    }

    static GaloisException of(QueryPlaces places, Catalog catalog, RuntimeException error) {
        Throwable reason = error.getCause() == null ? error : error.getCause();
        String message = oneLine(reason.getMessage());
        GaloisException readable =
                reason instanceof LibraryFunction.Mismatch
                        ? error(ErrorCode.TYPE_MISMATCH, message)
                        : readable(places, catalog, message);
        if (error instanceof CalciteContextException context) {
            return new GaloisException(
                    readable.code(),
                    readable.getMessage(),
                    places.inScript(context.getPosLine(), context.getPosColumn()));
        }
        return new GaloisException(readable.code(), readable.getMessage(), places.inScript(1, 1));
    }

    private static GaloisException readable(QueryPlaces places, Catalog catalog, String message) {
        Matcher m = UNKNOWN_COLUMN.matcher(message);
        if (m.matches()) {
            return error(
                    ErrorCode.UNKNOWN_COLUMN, unknownColumn(m.group(1), columns(places, catalog)));
        }
        m = UNKNOWN_TABLE.matcher(message);
        if (m.matches()) {
            return error(ErrorCode.UNKNOWN_STREAM, unknownStream(m.group(1), catalog));
        }
        m = AMBIGUOUS.matcher(message);
        if (m.matches()) {
            return error(
                    ErrorCode.UNKNOWN_COLUMN,
                    "the column \"" + m.group(1) + "\" is ambiguous: give it another alias");
        }
        GaloisException ofTypes = ofTypes(message);
        if (ofTypes != null) {
            return ofTypes;
        }
        m = NOT_GROUPED.matcher(message);
        if (m.matches()) {
            return error(
                    ErrorCode.SYNTAX,
                    "'"
                            + Messages.shorten(m.group(1))
                            + "' is neither in GROUP BY nor inside an aggregate");
        }
        m = NO_FUNCTION.matcher(message);
        if (m.matches()) {
            return error(
                    ErrorCode.UNSUPPORTED,
                    "there is no function "
                            + m.group(1).replaceAll("[<>]", "")
                            + ": GALOIS has "
                            + Unsupported.FUNCTIONS);
        }
        if (message.startsWith("Windowed aggregate expression is illegal")) {
            return error(
                    ErrorCode.SYNTAX,
                    "a function with OVER stands in SELECT, ORDER BY or QUALIFY: put the condition"
                            + " into QUALIFY, or into the WHERE of an outer select");
        }
        if (message.equals("Ordinal out of range")) {
            return error(
                    ErrorCode.SYNTAX,
                    "there is no column of that number: ORDER BY and GROUP BY count the columns of"
                            + " SELECT from 1");
        }
        if (message.startsWith("Illegal use of 'NULL'")) {
            return error(
                    ErrorCode.TYPE_MISMATCH, "NULL has no type here: write CAST(NULL AS DOUBLE)");
        }
        boolean isType =
                TYPE_WORDS.stream()
                        .anyMatch(word -> message.toLowerCase(Locale.ROOT).contains(word));
        return error(isType ? ErrorCode.TYPE_MISMATCH : ErrorCode.SYNTAX, lowerFirst(message));
    }

    /** What types do not go together; null when it is about something else. */
    private static GaloisException ofTypes(String message) {
        Matcher m = CANNOT_APPLY.matcher(message);
        if (m.matches() && m.group(1).matches("TUMBLE|HOP|SESSION|CUMULATE")) {
            return error(
                    ErrorCode.TYPE_MISMATCH,
                    m.group(1)
                            + " needs a column of type TIMESTAMP, and its"
                            + " lengths as INTERVAL, such as INTERVAL '1' MINUTE");
        }
        if (m.matches()) {
            return error(
                    ErrorCode.TYPE_MISMATCH,
                    "cannot apply "
                            + m.group(1)
                            + " to "
                            + operandTypes(m.group(2))
                            + ": use CAST to bring the operands to one type");
        }
        m = NO_CAST.matcher(message);
        if (m.matches()) {
            return error(
                    ErrorCode.TYPE_MISMATCH,
                    "CAST of "
                            + m.group(1)
                            + " to "
                            + m.group(2)
                            + " is not supported: write CASE WHEN ... THEN ... END");
        }
        m = NO_COMMON_TYPE.matcher(message);
        if (m.matches()) {
            return error(
                    ErrorCode.TYPE_MISMATCH,
                    "column "
                            + m.group(1)
                            + " has values of types that do not go together: use CAST to bring them"
                            + " to one type");
        }
        return null;
    }

    /**
     * {@code '<INTEGER> + <VARCHAR>'} or {@code 'SUM(<VARCHAR>)'} to {@code INTEGER and VARCHAR}.
     */
    private static String operandTypes(String signature) {
        List<String> types = new ArrayList<>();
        Matcher type = TYPE.matcher(signature);
        while (type.find()) {
            types.add(type.group(1));
        }
        return types.isEmpty() ? signature : String.join(" and ", types);
    }

    private static String lowerFirst(String message) {
        boolean isWord = message.length() > 1 && Character.isLowerCase(message.charAt(1));
        return isWord ? Character.toLowerCase(message.charAt(0)) + message.substring(1) : message;
    }

    private static GaloisException error(ErrorCode code, String message) {
        return new GaloisException(code, message);
    }

    /** Columns of the streams that the query names. */
    private static List<String> columns(QueryPlaces places, Catalog catalog) {
        Set<String> names = new LinkedHashSet<>();
        for (Token token : places.text().originalTokens()) {
            if (token.isName()) {
                catalog.stream(token.value())
                        .ifPresent(s -> s.schema().fields().forEach(f -> names.add(f.name())));
            }
        }
        return List.copyOf(names);
    }
}
