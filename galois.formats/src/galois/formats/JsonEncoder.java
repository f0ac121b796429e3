package galois.formats;

import galois.api.io.Encoder;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Rows to JSON: one object per row with the fields in schema order, in a byte stream one per line.
 * NULL is null; NaN and the infinities, which JSON has no number for, are strings, and so are DATE,
 * TIME, intervals and VARBINARY (base64); TIMESTAMP is an ISO 8601 string or a number ({@code
 * timestamp}). Columns that come from metadata are not written.
 */
final class JsonEncoder implements Encoder {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Schema schema;
    private final boolean framed;
    private final ValueWriter values;
    private final int[] payload;
    private final byte[][] keys;
    private final TextBuffer text = new TextBuffer();

    JsonEncoder(StreamDefinition stream, boolean framed) {
        JsonOptions options = JsonOptions.of(stream);
        this.schema = stream.schema();
        this.framed = framed;
        values = new ValueWriter(options.unit());
        payload = new MetadataColumns(stream, new ValueReader(options.unit())).payloadFields();
        keys = new byte[payload.length][];
        for (int i = 0; i < payload.length; i++) {
            keys[i] = key(i, schema.field(payload[i]).name());
        }
    }

    private byte[] key(int index, String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        text.clear();
        text.put(index == 0 ? '{' : ',');
        putString(utf8, 0, utf8.length);
        text.put(':');
        text.writeTo(key);
        return key.toByteArray();
    }

    @Override
    public void header(ByteArrayOutputStream out) {
        // every line is complete in itself
    }

    @Override
    public void row(BatchCursor row, ByteArrayOutputStream out) {
        text.clear();
        for (int i = 0; i < payload.length; i++) {
            int field = payload[i];
            text.put(keys[i], 0, keys[i].length);
            if (row.isNull(field)) {
                text.putAscii("null");
            } else {
                value(row, field);
            }
        }
        text.putAscii(payload.length == 0 ? "{}" : "}");
        if (!framed) {
            text.put('\n');
        }
        text.writeTo(out);
    }

    private void value(BatchCursor row, int field) {
        FieldType type = schema.type(field);
        if (type == FieldType.VARCHAR) {
            putString(row.array(), row.stringOffset(field), row.stringLength(field));
            return;
        }
        boolean quoted =
                switch (type.kind()) {
                    case TIMESTAMP -> values.writesIsoText();
                    case REAL, DOUBLE -> !Double.isFinite(row.getDouble(field));
                    case DATE, TIME, INTERVAL_MONTH, INTERVAL_DAY, VARBINARY -> true;
                    default -> false;
                };
        if (quoted) {
            text.put('"');
        }
        values.write(row, field, type, text);
        if (quoted) {
            text.put('"');
        }
    }

    private void putString(byte[] b, int from, int length) {
        text.put('"');
        for (int i = from; i < from + length; i++) {
            byte c = b[i];
            if (c == '"' || c == '\\') {
                text.put('\\');
                text.put(c);
            } else if (c >= 0 && c < 0x20) {
                text.putAscii("\\u00");
                text.put(HEX[c >> 4]);
                text.put(HEX[c & 15]);
            } else {
                text.put(c);
            }
        }
        text.put('"');
    }
}
