package galois.batch;

import java.nio.charset.StandardCharsets;

/**
 * Reads a row batch in place. A flyweight: {@link #wrap}, then {@link #row} for each row. Not
 * thread safe. {@link #wrap} checks the header and every string access checks its cell, because
 * batches come from peers and from kernels that are not trusted.
 */
public final class BatchCursor {
    private byte[] bytes = new byte[0];
    private int start;
    private int end;
    private int rows;
    private int stride;
    private int fields;
    private int arenaBytes;
    private int row;

    /**
     * Points at the batch that starts at {@code offset}.
     *
     * @param limit first index that does not belong to the caller's data
     * @param schema the fields the reader expects
     * @throws IllegalArgumentException when the header contradicts the limit or the schema
     */
    public BatchCursor wrap(byte[] array, int offset, int limit, Schema schema) {
        int length = limit - offset;
        if (offset < 0 || limit > array.length || length < RowLayout.HEADER_BYTES) {
            throw new IllegalArgumentException("batch of " + length + " bytes has no header");
        }
        int size = Bytes.getInt(array, offset + RowLayout.BYTES);
        int count = Bytes.getInt(array, offset + RowLayout.ROWS);
        int step = Bytes.getInt(array, offset + RowLayout.STRIDE);
        int arena = Bytes.getInt(array, offset + RowLayout.ARENA_BYTES);
        int layout = Bytes.getInt(array, offset + RowLayout.LAYOUT);
        long needed = RowLayout.HEADER_BYTES + (long) count * step + arena;
        if (size < RowLayout.HEADER_BYTES || size > length || count < 0 || arena < 0) {
            throw new IllegalArgumentException("batch header is damaged");
        }
        if (step != RowLayout.stride(schema.size()) || needed > size) {
            throw new IllegalArgumentException("batch header contradicts its size");
        }
        if (layout != schema.layout()) {
            throw new IllegalArgumentException("batch layout is not that of " + schema);
        }
        bytes = array;
        start = offset;
        end = offset + size;
        rows = count;
        stride = step;
        fields = schema.size();
        arenaBytes = arena;
        row = offset + RowLayout.HEADER_BYTES;
        return this;
    }

    public int rows() {
        return rows;
    }

    public int sizeBytes() {
        return end - start;
    }

    public long watermarkUs() {
        return Bytes.getLong(bytes, start + RowLayout.WATERMARK);
    }

    /** The sender's sources are silent: {@link RowLayout#FLAG_IDLE}. */
    public boolean isIdle() {
        return (Bytes.getInt(bytes, start + RowLayout.FLAGS) & RowLayout.FLAG_IDLE) != 0;
    }

    /** Moves to row {@code index}. */
    public BatchCursor row(int index) {
        if (index < 0 || index >= rows) {
            throw new IndexOutOfBoundsException("row " + index + " of " + rows);
        }
        row = start + RowLayout.HEADER_BYTES + index * stride;
        return this;
    }

    public int slot() {
        return Bytes.getInt(bytes, row + RowLayout.ROW_SLOT);
    }

    public int kind() {
        return bytes[row + RowLayout.ROW_KIND] & 0xFF;
    }

    public int outPort() {
        return bytes[row + RowLayout.ROW_OUT_PORT] & 0xFF;
    }

    public int code() {
        return Bytes.getShort(bytes, row + RowLayout.ROW_CODE);
    }

    public long eventTimeUs() {
        return Bytes.getLong(bytes, row + RowLayout.ROW_EVENT_TIME);
    }

    public boolean isNull(int field) {
        return (Bytes.getLong(bytes, row + RowLayout.ROW_NULLS + 8 * (field >>> 6)) & 1L << field)
                != 0;
    }

    /** The cell as i64; 0 when NULL. */
    public long getLong(int field) {
        return Bytes.getLong(bytes, row + RowLayout.cell(fields, field));
    }

    /** The cell as f64; 0 when NULL. */
    public double getDouble(int field) {
        return Bytes.getDouble(bytes, row + RowLayout.cell(fields, field));
    }

    /** The array that {@link #stringOffset} points into. */
    public byte[] array() {
        return bytes;
    }

    /** Index of the text of a VARCHAR cell in {@link #array}. */
    public int stringOffset(int field) {
        int cell = row + RowLayout.cell(fields, field);
        int back = Bytes.getInt(bytes, cell);
        int length = Bytes.getInt(bytes, cell + 4);
        if (back < 0 || length < 0 || back > arenaBytes || length > back) {
            throw new IllegalArgumentException("string cell points outside the batch");
        }
        return end - back;
    }

    public int stringLength(int field) {
        return Bytes.getInt(bytes, row + RowLayout.cell(fields, field) + 4);
    }

    /** The text of a VARCHAR cell; allocates. */
    public String getString(int field) {
        return new String(bytes, stringOffset(field), stringLength(field), StandardCharsets.UTF_8);
    }
}
