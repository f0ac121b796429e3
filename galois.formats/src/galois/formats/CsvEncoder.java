package galois.formats;

import galois.api.io.Encoder;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rows to CSV (RFC 4180 quoting, lines end with LF). NULL is an empty field or the {@code null}
 * text; an empty string is {@code ""}; text is quoted when it has a delimiter, a quote or a line
 * end, or would read as NULL. Columns that come from metadata are not written. A message has no
 * header and no line end.
 */
final class CsvEncoder implements Encoder {
    private final Schema schema;
    private final CsvOptions options;
    private final boolean framed;
    private final ValueWriter values;
    private final int[] payload;
    private final TextBuffer text = new TextBuffer();

    CsvEncoder(StreamDefinition stream, boolean framed) {
        this.schema = stream.schema();
        this.options = CsvOptions.of(stream, framed);
        this.framed = framed;
        values = new ValueWriter(options.unit());
        payload = new MetadataColumns(stream, new ValueReader(options.unit())).payloadFields();
    }

    @Override
    public void header(ByteArrayOutputStream out) {
        if (framed || !options.header()) {
            return;
        }
        text.clear();
        for (int i = 0; i < payload.length; i++) {
            byte[] name = schema.field(payload[i]).name().getBytes(StandardCharsets.UTF_8);
            separate(i);
            putText(name, 0, name.length);
        }
        text.put('\n');
        text.writeTo(out);
    }

    @Override
    public void row(BatchCursor row, ByteArrayOutputStream out) {
        text.clear();
        for (int i = 0; i < payload.length; i++) {
            int field = payload[i];
            FieldType type = schema.type(field);
            separate(i);
            if (row.isNull(field)) {
                text.put(options.nullText(), 0, options.nullText().length);
            } else if (type == FieldType.VARCHAR) {
                putText(row.array(), row.stringOffset(field), row.stringLength(field));
            } else if (type == FieldType.VARBINARY) {
                putBinary(row, field);
            } else {
                values.write(row, field, type, text);
            }
        }
        if (!framed) {
            text.put('\n');
        }
        text.writeTo(out);
    }

    private void putBinary(BatchCursor row, int field) {
        boolean quoted =
                row.stringLength(field) == 0
                        || "+/=".indexOf(options.delimiter()) >= 0
                        || options.nullText().length > 0;
        if (quoted) {
            text.put('"');
        }
        values.write(row, field, FieldType.VARBINARY, text);
        if (quoted) {
            text.put('"');
        }
    }

    private void separate(int index) {
        if (index > 0) {
            text.put(options.delimiter());
        }
    }

    private void putText(byte[] b, int from, int length) {
        if (!needsQuotes(b, from, from + length)) {
            text.put(b, from, length);
            return;
        }
        text.put('"');
        for (int i = from; i < from + length; i++) {
            if (b[i] == '"') {
                text.put('"');
            }
            text.put(b[i]);
        }
        text.put('"');
    }

    private boolean needsQuotes(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = b[i];
            if (c == options.delimiter() || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return from == to
                || Arrays.equals(b, from, to, options.nullText(), 0, options.nullText().length);
    }
}
