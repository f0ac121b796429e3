package galois.batch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds one row batch in a fixed byte array. Not thread safe: one owner. Allocates only in its
 * constructor.
 *
 * <p>Order of calls: {@link #beginRow}, setters, {@link #commitRow} or {@link #abandonRow}, ...,
 * {@link #finish}, then {@link #clear}. A row that does not fit is refused by {@link #beginRow} or
 * by {@link #setBytes} (false); the caller abandons it, sends the batch and begins it again in an
 * empty one. A begun row has every field NULL.
 */
public final class BatchBuilder {
    private final Schema schema;
    private final byte[] bytes;
    private final int stride;
    private final int fields;
    private int rows;
    private int rowStart;
    private int arenaBytes;
    private int committedArenaBytes;

    /**
     * @param schema fields of every row
     * @param capacityBytes extent of the batch, at least one row; rounded down to a multiple of 8
     */
    public BatchBuilder(Schema schema, int capacityBytes) {
        this.schema = schema;
        this.fields = schema.size();
        this.stride = RowLayout.stride(fields);
        int capacity = capacityBytes & ~7;
        if (capacity < RowLayout.HEADER_BYTES + stride) {
            throw new IllegalArgumentException(
                    capacityBytes + " bytes do not hold one row of " + stride + " bytes");
        }
        this.bytes = new byte[capacity];
        clear();
    }

    public Schema schema() {
        return schema;
    }

    /** The array that holds the batch, from index 0; valid up to the result of {@link #finish}. */
    public byte[] array() {
        return bytes;
    }

    /** Number of committed rows. */
    public int rows() {
        return rows;
    }

    public void clear() {
        rows = 0;
        arenaBytes = 0;
        committedArenaBytes = 0;
        Bytes.putInt(bytes, RowLayout.STRIDE, stride);
        Bytes.putInt(bytes, RowLayout.LAYOUT, schema.layout());
        Bytes.putLong(bytes, RowLayout.WATERMARK, RowLayout.WATERMARK_NONE);
        Bytes.putInt(bytes, RowLayout.FLAGS, 0);
    }

    /** Begins a row with every field NULL; false (nothing changed) when there is no room. */
    public boolean beginRow() {
        int start = RowLayout.HEADER_BYTES + rows * stride;
        if (start + stride > bytes.length - committedArenaBytes) {
            return false;
        }
        rowStart = start;
        arenaBytes = committedArenaBytes;
        Arrays.fill(bytes, start, start + stride, (byte) 0);
        for (int field = 0; field < fields; field++) {
            setNull(field);
        }
        return true;
    }

    public void setNull(int field) {
        int word = rowStart + RowLayout.ROW_NULLS + 8 * (field >>> 6);
        Bytes.putLong(bytes, word, Bytes.getLong(bytes, word) | 1L << field);
        Bytes.putLong(bytes, rowStart + RowLayout.cell(fields, field), 0);
    }

    /** Sets a BOOLEAN (0 or 1), INTEGER, BIGINT or TIMESTAMP (microseconds) cell. */
    public void setLong(int field, long value) {
        notNull(field);
        Bytes.putLong(bytes, rowStart + RowLayout.cell(fields, field), value);
    }

    /** Sets a DOUBLE cell; any NaN becomes the canonical one. */
    public void setDouble(int field, double value) {
        notNull(field);
        int cell = rowStart + RowLayout.cell(fields, field);
        Bytes.putLong(bytes, cell, Double.doubleToLongBits(value));
    }

    /** Copies UTF-8 text into the arena; false when the batch has no room (abandon the row). */
    public boolean setBytes(int field, byte[] source, int offset, int length) {
        int end = RowLayout.HEADER_BYTES + (rows + 1) * stride;
        int back = arenaBytes + length;
        if (length < 0 || length > bytes.length - arenaBytes - end) {
            return false;
        }
        System.arraycopy(source, offset, bytes, bytes.length - back, length);
        arenaBytes = back;
        notNull(field);
        int cell = rowStart + RowLayout.cell(fields, field);
        Bytes.putInt(bytes, cell, back);
        Bytes.putInt(bytes, cell + 4, length);
        return true;
    }

    /** {@link #setBytes} for tests and rare values: allocates. */
    public boolean setString(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return setBytes(field, utf8, 0, utf8.length);
    }

    /** The cell of the row in progress, to compute its event time; 0 when NULL. */
    public long currentLong(int field) {
        return Bytes.getLong(bytes, rowStart + RowLayout.cell(fields, field));
    }

    /** True when the field of the row in progress is NULL. */
    public boolean currentIsNull(int field) {
        int word = rowStart + RowLayout.ROW_NULLS + 8 * (field >>> 6);
        return (Bytes.getLong(bytes, word) & 1L << field) != 0;
    }

    /** Where the text (or the bytes) of a field of the row in progress starts in {@link #array}. */
    public int currentTextOffset(int field) {
        return bytes.length - (int) currentLong(field);
    }

    /** Bytes of the text of a field of the row in progress; 0 when NULL. */
    public int currentTextLength(int field) {
        return (int) (currentLong(field) >>> 32);
    }

    /**
     * Begins the row in progress in another builder of the same schema, and forgets it here.
     *
     * @param to empty, with at least the capacity of this one
     */
    public void moveRowTo(BatchBuilder to) {
        to.beginRow();
        for (int field = 0; field < fields; field++) {
            if (currentIsNull(field)) {
                continue;
            }
            if (schema.type(field).cell() == FieldType.Cell.STRING) {
                to.setBytes(field, bytes, currentTextOffset(field), currentTextLength(field));
            } else {
                to.setLong(field, currentLong(field));
            }
        }
        abandonRow();
    }

    /** Makes the begun row part of the batch. */
    public void commitRow(int slot, int kind, long eventTimeUs) {
        Bytes.putInt(bytes, rowStart + RowLayout.ROW_SLOT, slot);
        bytes[rowStart + RowLayout.ROW_KIND] = (byte) kind;
        Bytes.putLong(bytes, rowStart + RowLayout.ROW_EVENT_TIME, eventTimeUs);
        committedArenaBytes = arenaBytes;
        rows++;
    }

    /** Forgets the begun row and its strings. */
    public void abandonRow() {
        arenaBytes = committedArenaBytes;
    }

    /**
     * Closes the gap between rows and arena and writes the header.
     *
     * @return bytes of the batch, a multiple of 8; {@link #array} holds it from index 0
     */
    public int finish(long watermarkUs) {
        int rowsEnd = RowLayout.HEADER_BYTES + rows * stride;
        int total = (rowsEnd + committedArenaBytes + 7) & ~7;
        System.arraycopy(
                bytes,
                bytes.length - committedArenaBytes,
                bytes,
                total - committedArenaBytes,
                committedArenaBytes);
        Arrays.fill(bytes, rowsEnd, total - committedArenaBytes, (byte) 0);
        Bytes.putInt(bytes, RowLayout.BYTES, total);
        Bytes.putInt(bytes, RowLayout.ROWS, rows);
        Bytes.putLong(bytes, RowLayout.WATERMARK, watermarkUs);
        Bytes.putInt(bytes, RowLayout.ARENA_BYTES, committedArenaBytes);
        return total;
    }

    private void notNull(int field) {
        int word = rowStart + RowLayout.ROW_NULLS + 8 * (field >>> 6);
        Bytes.putLong(bytes, word, Bytes.getLong(bytes, word) & ~(1L << field));
    }
}
