package galois.sql;

import galois.api.ErrorCode;
import galois.batch.Field;
import galois.batch.FieldType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Rows written in a statement, {@code VALUES (1, 'a'), (2, NULL)}, as CSV text without header: what
 * a stream of transport {@code inline} has in its option {@code rows}.
 */
final class RowValues {
    private final TokenReader in;
    private final String stream;
    private final List<Field> fields;
    private final StringBuilder csv = new StringBuilder();

    private RowValues(TokenReader in, String stream, List<Field> fields) {
        this.in = in;
        this.stream = stream;
        this.fields = fields;
    }

    /** Reads {@code (value, ...), ...}; each row has a value for each field. */
    static String parse(TokenReader in, String stream, List<Field> fields) {
        RowValues rows = new RowValues(in, stream, fields);
        do {
            rows.row();
        } while (in.takeSymbol(","));
        return rows.csv.toString();
    }

    private void row() {
        Token open = in.peek();
        in.expectSymbol("(");
        int count = 0;
        do {
            Token at = in.peek();
            if (count == fields.size()) {
                throw count(at, "more");
            }
            csv.append(count == 0 ? "" : ",");
            value(fields.get(count++));
        } while (in.takeSymbol(","));
        if (!in.takeSymbol(")")) {
            throw in.expected("',' or ')' after a value");
        }
        if (count < fields.size()) {
            throw count(open, "fewer");
        }
        csv.append('\n');
    }

    private RuntimeException count(Token at, String what) {
        return in.error(
                ErrorCode.TYPE_MISMATCH,
                at,
                "this row has "
                        + what
                        + " values than \""
                        + stream
                        + "\" has columns, "
                        + fields.size()
                        + ": write one for each, NULL if there is none");
    }

    private void value(Field field) {
        Token at = in.peek();
        String sign = in.takeSymbol("-") ? "-" : "";
        if (sign.isEmpty()) {
            in.takeSymbol("+");
        }
        Token value = in.take();
        switch (value.kind()) {
            case NUMBER -> {
                require(isNumber(field.type()), field, at);
                csv.append(sign).append(value.text());
            }
            case STRING -> {
                require(sign.isEmpty() && !isNumber(field.type()), field, at);
                if (field.type() == FieldType.VARBINARY) {
                    bytes(value.value().getBytes(StandardCharsets.UTF_8));
                } else {
                    text(value);
                }
            }
            case WORD -> {
                require(sign.isEmpty(), field, at);
                word(field, value);
            }
            default -> throw wrong(field, at);
        }
    }

    private void word(Field field, Token word) {
        switch (word.upper()) {
            case "NULL" -> {}
            case "TRUE", "FALSE" -> {
                require(field.type() == FieldType.BOOLEAN, field, word);
                csv.append(word.text().toLowerCase(Locale.ROOT));
            }
            case "X" -> {
                require(field.type() == FieldType.VARBINARY, field, word);
                hexadecimal(field, word);
            }
            case "TIMESTAMP", "DATE", "TIME" -> {
                require(in.peek().kind() == Token.Kind.STRING, field, word);
                require(!isNumber(field.type()), field, word);
                text(in.take());
            }
            default -> throw wrong(field, word);
        }
    }

    private void hexadecimal(Field field, Token word) {
        require(in.peek().kind() == Token.Kind.STRING, field, word);
        try {
            bytes(HexFormat.of().parseHex(in.peek().value()));
        } catch (IllegalArgumentException notHexadecimal) {
            throw wrong(field, in.peek());
        }
        in.take();
    }

    /** A VARBINARY is base64 in CSV. */
    private void bytes(byte[] value) {
        csv.append('"').append(Base64.getEncoder().encodeToString(value)).append('"');
    }

    private void text(Token token) {
        csv.append('"').append(token.value().replace("\"", "\"\"")).append('"');
    }

    private static boolean isNumber(FieldType type) {
        return type.isNumeric();
    }

    private void require(boolean fits, Field field, Token at) {
        if (!fits) {
            throw wrong(field, at);
        }
    }

    private RuntimeException wrong(Field field, Token at) {
        return in.error(
                ErrorCode.TYPE_MISMATCH,
                at,
                "column \""
                        + field.name()
                        + "\" needs a value of type "
                        + field.type()
                        + " or NULL, found "
                        + at.described());
    }
}
