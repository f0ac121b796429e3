package galois.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import galois.api.io.MalformedRow;
import galois.api.io.MalformedRow.Cause;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the members of one JSON object into a row. Types are strict: a number for integers ({@code
 * 2.0} is one), DECIMAL, REAL and DOUBLE, true or false for BOOLEAN, a string for VARCHAR, DATE,
 * TIME, intervals and VARBINARY (base64), an ISO 8601 string or a number in the unit of {@code
 * timestamp} for TIMESTAMP. A DECIMAL may also be a string with a number, a REAL or DOUBLE one of
 * the strings {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}, which JSON has no number for.
 */
final class JsonObject {
    /** What an object turned out to be. */
    enum Outcome {
        /** A row, in the staged row. */
        ROW,
        /** The end of the stream. */
        END_MARKER,
        /** Nothing that can be used: {@link #problem}. */
        REFUSED
    }

    private static final Integer NOT_WANTED = -1;

    /** Characters of base64 that a row can hold. */
    private static final int BINARY_CHARACTERS_MAX = RowLayout.ROW_BYTES_MAX / 3 * 4 + 4;

    private final StagedRow row;
    private final Schema schema;
    private final int[] payload;
    private final JsonOptions options;
    private final ValueReader values;
    private final Map<String, Integer> members = new HashMap<>();
    private final boolean[] seen;
    private byte[] text = new byte[1024];
    private int used;
    private BitSet wanted = new BitSet();
    private MalformedRow problem;

    JsonObject(StagedRow row, int[] payload, JsonOptions options, ValueReader values) {
        this.row = row;
        this.schema = row.schema();
        this.payload = payload;
        this.options = options;
        this.values = values;
        seen = new boolean[schema.size()];
        wanted.set(0, schema.size());
        for (int field : payload) {
            String name = schema.field(field).name();
            members.putIfAbsent(name.toLowerCase(Locale.ROOT), field);
        }
        for (int field : payload) {
            members.put(schema.field(field).name(), field);
        }
    }

    /** From now on the values of only these are read. */
    void read(BitSet fields) {
        wanted = (BitSet) fields.clone();
    }

    /** Why the last object was refused. */
    MalformedRow problem() {
        return problem;
    }

    /** Reads from the object's first token to its last, whatever is in it. */
    Outcome read(JsonParser parser, long line) throws IOException {
        row.clear();
        Arrays.fill(seen, false);
        used = 0;
        problem = null;
        boolean end = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            int field = field(name);
            if (options.endField() != null && options.endField().equalsIgnoreCase(name)) {
                end |= token == JsonToken.VALUE_TRUE;
            }
            if (field >= 0 && problem == null) {
                member(parser, token, field, line);
            }
            parser.skipChildren();
        }
        if (end) {
            return Outcome.END_MARKER;
        }
        if (problem == null) {
            missing(line);
        }
        return problem == null ? Outcome.ROW : Outcome.REFUSED;
    }

    private int field(String name) {
        Integer field = members.get(name);
        if (field == null) {
            field = members.getOrDefault(name.toLowerCase(Locale.ROOT), NOT_WANTED);
        }
        return field;
    }

    private void member(JsonParser parser, JsonToken token, int field, long line)
            throws IOException {
        Field column = schema.field(field);
        if (seen[field]) {
            problem =
                    new MalformedRow(
                            Cause.MALFORMED,
                            line,
                            "member \"" + column.name() + "\" appears twice");
            return;
        }
        seen[field] = true;
        if (!wanted.get(field)) {
            return; // it is there: that is all
        }
        boolean ok =
                switch (token) {
                    case VALUE_NULL -> true;
                    case VALUE_TRUE, VALUE_FALSE -> {
                        row.setLong(field, token == JsonToken.VALUE_TRUE ? 1 : 0);
                        yield column.type() == FieldType.BOOLEAN;
                    }
                    case VALUE_STRING -> string(parser, field, column.type(), line);
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                            isNumber(column.type()) && number(parser, field);
                    default -> false;
                };
        if (!ok && problem == null) {
            String found = token.isScalarValue() ? parser.getText() : words(token);
            problem =
                    new MalformedRow(
                            Cause.WRONG_TYPE,
                            line,
                            "column \""
                                    + column.name()
                                    + "\": "
                                    + ValueReader.shown(shortened(token, found))
                                    + " is not a value of type "
                                    + column.type());
        }
    }

    private static String shortened(JsonToken token, String found) {
        String start = found.length() > 40 ? found.substring(0, 40) + "..." : found;
        return token == JsonToken.VALUE_STRING ? "\"" + start + "\"" : start;
    }

    private static boolean isNumber(FieldType type) {
        return type.isNumeric() || type == FieldType.TIMESTAMP;
    }

    private boolean number(JsonParser parser, int field) throws IOException {
        int start = used;
        int length = parser.getTextLength();
        return isShort(length)
                && copyAscii(parser, length)
                && values.read(row, field, text, start, start + length);
    }

    private boolean string(JsonParser parser, int field, FieldType type, long line)
            throws IOException {
        int length = parser.getTextLength();
        int start = used;
        if (type == FieldType.VARCHAR) {
            if (!copyUtf8(parser, length, line)) {
                return false;
            }
            row.setText(field, text, start, used - start);
            return true;
        }
        if (type == FieldType.TIMESTAMP) {
            // digits alone would be read as a number
            return length >= 10
                    && isShort(length)
                    && copyAscii(parser, length)
                    && text[start + 4] == '-'
                    && values.read(row, field, text, start, used);
        }
        if (type == FieldType.VARBINARY) {
            return length <= BINARY_CHARACTERS_MAX
                    && copyAscii(parser, length)
                    && values.read(row, field, text, start, used);
        }
        boolean isText =
                type.isDecimal()
                        || type.isInterval()
                        || type == FieldType.DATE
                        || type == FieldType.TIME;
        if (isText) {
            return isShort(length)
                    && copyAscii(parser, length)
                    && values.read(row, field, text, start, used);
        }
        if (type.isFloating()) {
            Double special = special(parser.getText());
            row.setDouble(field, special == null ? 0 : special);
            return special != null;
        }
        return false;
    }

    private static Double special(String word) {
        return switch (word) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    /** False for text that is longer than any number or time stamp. */
    private static boolean isShort(int length) {
        return length <= NumberText.LENGTH_MAX;
    }

    /** Appends text; false when it is not ASCII. */
    private boolean copyAscii(JsonParser parser, int length) throws IOException {
        reserve(length);
        char[] source = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        for (int i = 0; i < length; i++) {
            char c = source[offset + i];
            if (c >= 0x80) {
                return false;
            }
            text[used++] = (byte) c;
        }
        return true;
    }

    private boolean copyUtf8(JsonParser parser, int length, long line) throws IOException {
        if (used + length > RowLayout.ROW_BYTES_MAX) {
            problem = StagedRow.tooLarge(line);
            return false;
        }
        reserve(3 * length);
        int end =
                Utf8.encode(parser.getTextCharacters(), parser.getTextOffset(), length, text, used);
        if (end < 0) {
            problem = new MalformedRow(Cause.MALFORMED, line, "half a surrogate pair in a string");
            return false;
        }
        used = end;
        return true;
    }

    /** Fields that point into the old array keep it. */
    private void reserve(int length) {
        if (length > text.length - used) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, used + length));
        }
    }

    private void missing(long line) {
        for (int field : payload) {
            if (seen[field]) {
                continue;
            }
            row.noteMissing();
            if (options.rejectMissing()) {
                String name = schema.field(field).name();
                problem =
                        new MalformedRow(
                                Cause.MISSING_FIELD, line, "member \"" + name + "\" is missing");
                return;
            }
        }
    }

    static String words(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> token.asString();
        };
    }
}
