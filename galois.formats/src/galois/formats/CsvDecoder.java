package galois.formats;

import galois.api.io.Decoder;
import galois.api.io.MalformedRow;
import galois.api.io.MalformedRow.Cause;
import galois.api.io.RowSink;
import galois.api.plan.StreamDefinition;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * CSV to rows (RFC 4180). With a header, columns are matched by name and the others are skipped;
 * fields without a column are NULL, which is reported once. Without, columns go by position. A row
 * must have as many fields as there are columns.
 *
 * <p>An empty field is NULL; a quoted empty one is an empty string, or NULL if the type is not
 * VARCHAR or VARBINARY. An empty line is skipped, unless the stream has one column: then it is a
 * row with NULL. A message (not a byte stream) has no header unless {@code header} is true. Of a
 * field that is not to be read only the quotes are looked at.
 */
final class CsvDecoder implements Decoder {
    private static final Origin NO_ORIGIN = new Origin(null, 0);

    private final Schema schema;
    private final CsvOptions options;
    private final boolean framed;
    private final ValueReader values;
    private final MetadataColumns metadata;
    private final int[] payload;
    private final StagedRow row;
    private final ByteOrderMark mark = new ByteOrderMark();
    private final CsvScanner scanner;
    private byte[] scratch = new byte[256];
    private int scratchUsed;

    private CsvHeader header;
    private BitSet wanted;
    private Origin origin = NO_ORIGIN;
    private RowSink sink;

    CsvDecoder(StreamDefinition stream, boolean framed) {
        this.schema = stream.schema();
        this.options = CsvOptions.of(stream, framed);
        this.framed = framed;
        values = new ValueReader(options.unit());
        metadata = new MetadataColumns(stream, values);
        payload = metadata.payloadFields();
        row = new StagedRow(schema);
        scanner = new CsvScanner(options.delimiter(), new Rows());
        header = options.header() ? null : CsvHeader.byPosition(payload);
        wanted = new BitSet();
        wanted.set(0, schema.size());
    }

    @Override
    public void read(BitSet fields) {
        wanted = (BitSet) fields.clone();
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Origin from, RowSink target) {
        origin = from;
        sink = target;
        metadata.origin(from);
        mark.feed(bytes, offset, length, scanner::feed);
        if (framed) {
            end(target);
        }
    }

    @Override
    public void end(RowSink target) {
        sink = target;
        mark.end(scanner::feed);
        scanner.end();
        if (options.header()) {
            header = null;
        }
    }

    private final class Rows implements CsvScanner.Handler {
        @Override
        public void onRow() {
            if (scanner.count() == 1 && isEmptyLine()) {
                return;
            }
            if (header == null) {
                readHeader();
            } else if (header.isUseless()) {
                sink.reject(header.problem());
            } else if (scanner.count() != header.columns()) {
                rejectCount();
            } else {
                readRow();
            }
        }

        @Override
        public void onProblem(MalformedRow problem) {
            sink.reject(problem);
        }
    }

    private boolean isEmptyLine() {
        boolean empty = scanner.start(0) == scanner.end(0) && !scanner.isQuoted(0);
        return empty && (header == null || header.columns() > 1);
    }

    private void readHeader() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Math.min(scanner.count(), CsvScanner.FIELDS_MAX); i++) {
            int length = scanner.end(i) - scanner.start(i);
            String name =
                    new String(scanner.array(), scanner.start(i), length, StandardCharsets.UTF_8);
            names.add(scanner.hasEscapes(i) ? name.replace("\"\"", "\"") : name);
        }
        header = CsvHeader.byName(names, schema, payload);
        if (header.problem() != null) {
            sink.reject(header.problem());
        }
    }

    private void rejectCount() {
        boolean surplus = scanner.count() > header.columns();
        sink.reject(
                new MalformedRow(
                        surplus ? Cause.SURPLUS_FIELD : Cause.MALFORMED,
                        scanner.line(),
                        scanner.count() + " fields, expected " + header.columns()));
    }

    private void readRow() {
        row.clear();
        scratchUsed = 0;
        for (int column = 0; column < header.columns(); column++) {
            int field = header.fields()[column];
            if (field >= 0 && wanted.get(field) && !readField(column, field)) {
                return;
            }
        }
        MalformedRow problem = metadata.fill(row, origin, scanner.line());
        if (problem != null) {
            sink.reject(problem);
        } else {
            row.emit(sink, scanner.line());
        }
    }

    private boolean readField(int column, int field) {
        byte[] text = scanner.array();
        int from = scanner.start(column);
        int to = scanner.end(column);
        boolean quoted = scanner.isQuoted(column);
        if (isNull(text, from, to, quoted, schema.type(field))) {
            return true;
        }
        if (scanner.hasEscapes(column)) {
            from = unescape(text, from, to);
            to = scratchUsed;
            text = scratch;
        }
        if (values.read(row, field, text, from, to)) {
            return true;
        }
        sink.reject(ValueReader.refused(schema.field(field), scanner.line(), text, from, to));
        return false;
    }

    private boolean isNull(byte[] b, int from, int to, boolean quoted, FieldType type) {
        if (from == to) {
            boolean emptyIsNull = !quoted && options.nullText().length == 0;
            return emptyIsNull || type.cell() != FieldType.Cell.STRING;
        }
        return !quoted
                && to - from == options.nullText().length
                && Arrays.equals(b, from, to, options.nullText(), 0, to - from);
    }

    /**
     * Appends the text to the scratch array with doubled quotes made one; returns where it starts.
     */
    private int unescape(byte[] b, int from, int to) {
        if (scratch.length < CsvScanner.ROW_MAX) {
            scratch = new byte[CsvScanner.ROW_MAX];
        }
        int start = scratchUsed;
        for (int i = from; i < to; i++) {
            if (b[i] == '"') {
                i++;
            }
            scratch[scratchUsed++] = b[i];
        }
        return start;
    }
}
