package galois.formats;

import galois.api.io.Decoder;
import galois.api.io.MalformedRow;
import galois.api.io.RowSink;
import galois.api.plan.StreamDefinition;
import galois.batch.FieldType;
import galois.batch.RowLayout;

/**
 * Each message, or each line of a byte stream, is the text of one value. An empty one is an empty
 * string, or NULL if the type is not VARCHAR; a VARBINARY is the bytes as they are.
 */
final class RawDecoder implements Decoder {
    private final boolean framed;
    private final int field;
    private final ValueReader values;
    private final MetadataColumns metadata;
    private final StagedRow row;
    private final ByteOrderMark mark = new ByteOrderMark();
    private final LineSplitter lines = new LineSplitter(RowLayout.ROW_BYTES_MAX, new Lines());

    private Origin origin;
    private RowSink sink;

    RawDecoder(StreamDefinition stream, boolean framed) {
        this.framed = framed;
        values = new ValueReader(FormatOptions.timestampUnit(stream));
        metadata = new MetadataColumns(stream, values);
        field = RawFormat.field(stream, metadata);
        row = new StagedRow(stream.schema());
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Origin from, RowSink target) {
        origin = from;
        sink = target;
        metadata.origin(from);
        if (framed) {
            value(bytes, offset, length, 0);
        } else {
            mark.feed(bytes, offset, length, lines::feed);
        }
    }

    @Override
    public void end(RowSink target) {
        sink = target;
        if (!framed) {
            mark.end(lines::feed);
            lines.end();
        }
    }

    private final class Lines implements LineSplitter.Handler {
        @Override
        public void onLine(byte[] bytes, int offset, int length, long line) {
            value(bytes, offset, length, line);
        }

        @Override
        public void onTooLong(long line) {
            sink.reject(StagedRow.tooLarge(line));
        }
    }

    private void value(byte[] bytes, int offset, int length, long line) {
        row.clear();
        FieldType type = row.schema().type(field);
        boolean text = type == FieldType.VARCHAR;
        MalformedRow problem = null;
        if (type == FieldType.VARBINARY) {
            row.setText(field, bytes, offset, length);
        } else if ((text || length > 0)
                && !values.read(row, field, bytes, offset, offset + length)) {
            problem =
                    ValueReader.refused(
                            row.schema().field(field), line, bytes, offset, offset + length);
        }
        if (problem == null) {
            problem = metadata.fill(row, origin, line);
        }
        if (problem == null) {
            row.emit(sink, line);
        } else {
            sink.reject(problem);
        }
    }
}
