package galois.formats;

import galois.api.io.Encoder;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;
import galois.batch.FieldType;

import java.io.ByteArrayOutputStream;

/**
 * The text of the one value that is the payload, unquoted; NULL is an empty payload. In a byte
 * stream one per line: text with line ends does not read back.
 */
final class RawEncoder implements Encoder {
    private final boolean framed;
    private final int field;
    private final FieldType type;
    private final ValueWriter values;
    private final TextBuffer text = new TextBuffer();

    RawEncoder(StreamDefinition stream, boolean framed) {
        TimestampUnit unit = FormatOptions.timestampUnit(stream);
        this.framed = framed;
        field = RawFormat.field(stream, new MetadataColumns(stream, new ValueReader(unit)));
        type = stream.schema().type(field);
        values = new ValueWriter(unit);
    }

    @Override
    public void header(ByteArrayOutputStream out) {
        // raw data has none
    }

    @Override
    public void row(BatchCursor row, ByteArrayOutputStream out) {
        text.clear();
        if (!row.isNull(field)) {
            if (type.cell() == FieldType.Cell.STRING) {
                text.put(row.array(), row.stringOffset(field), row.stringLength(field));
            } else {
                values.write(row, field, type, text);
            }
        }
        if (!framed) {
            text.put('\n');
        }
        text.writeTo(out);
    }
}
