package galois.formats;

import galois.api.io.MalformedRow;
import galois.api.io.MalformedRow.Cause;
import galois.api.io.RowSink;
import galois.batch.BatchBuilder;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.Arrays;

/**
 * The row a decoder is working on. It goes to the sink as a whole or not at all, so that a bad row
 * never blocks the sink and a full batch costs no second parse. Text is kept by reference: its
 * array must not change before {@link #emit}. One owner; no allocation after construction but for
 * VARBINARY values larger than those before.
 */
final class StagedRow {
    private final Schema schema;
    private final boolean[] given;
    private final long[] cells;
    private final byte[][] textArrays;
    private final int[] textOffsets;
    private final int[] textLengths;
    private boolean missing;
    private byte[] decoded = new byte[64];
    private int decodedLength;

    StagedRow(Schema schema) {
        this.schema = schema;
        int fields = schema.size();
        given = new boolean[fields];
        cells = new long[fields];
        textArrays = new byte[fields][];
        textOffsets = new int[fields];
        textLengths = new int[fields];
    }

    Schema schema() {
        return schema;
    }

    /** Every field is NULL again and nothing is noted. */
    void clear() {
        Arrays.fill(given, false);
        missing = false;
        decodedLength = 0;
    }

    void setNull(int field) {
        given[field] = false;
    }

    void setLong(int field, long value) {
        given[field] = true;
        cells[field] = value;
    }

    void setDouble(int field, double value) {
        given[field] = true;
        cells[field] = Double.doubleToLongBits(value);
    }

    void setText(int field, byte[] array, int offset, int length) {
        given[field] = true;
        textArrays[field] = array;
        textOffsets[field] = offset;
        textLengths[field] = length;
    }

    /** Sets the bytes that a base64 text means; false when it is none. */
    boolean setBase64(int field, byte[] b, int from, int to) {
        int room = Base64Text.bytesMax(to - from);
        if (decoded.length - decodedLength < room) {
            // Fields that point into the old array keep it.
            decoded = new byte[Math.max(2 * decoded.length, room)];
            decodedLength = 0;
        }
        int length = Base64Text.decode(b, from, to, decoded, decodedLength);
        if (length < 0) {
            return false;
        }
        setText(field, decoded, decodedLength, length);
        decodedLength += length;
        return true;
    }

    /** The payload lacks a field: the row is kept and the sink told once. */
    void noteMissing() {
        missing = true;
    }

    /** Gives the row to the sink, or rejects it when it is above the row limit. */
    void emit(RowSink sink, long line) {
        BatchBuilder builder = sink.row();
        if (!fill(builder) && !(sink.retry() && fill(builder))) {
            sink.reject(tooLarge(line));
            return;
        }
        if (missing) {
            sink.note(Cause.MISSING_FIELD);
        }
        sink.commit();
    }

    private boolean fill(BatchBuilder builder) {
        int room = RowLayout.ROW_BYTES_MAX - RowLayout.stride(given.length);
        for (int field = 0; field < given.length; field++) {
            if (!given[field]) {
                continue;
            }
            FieldType type = schema.type(field);
            if (type.cell() == FieldType.Cell.STRING) {
                room -= textLengths[field];
                if (room < 0
                        || !builder.setBytes(
                                field, textArrays[field], textOffsets[field], textLengths[field])) {
                    return false;
                }
            } else if (type.isFloating()) {
                builder.setDouble(field, Double.longBitsToDouble(cells[field]));
            } else {
                builder.setLong(field, cells[field]);
            }
        }
        return true;
    }

    static MalformedRow tooLarge(long line) {
        return new MalformedRow(
                Cause.TOO_LARGE, line, "row is above " + RowLayout.ROW_BYTES_MAX + " bytes");
    }
}
