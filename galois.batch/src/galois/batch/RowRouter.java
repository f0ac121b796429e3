package galois.batch;

import java.util.Arrays;

/**
 * Deals the rows of a batch out by the port that is written in them, in their order: one batch for
 * each port. Not thread safe; keeps its memory from batch to batch.
 */
public final class RowRouter {
    private final int stride;
    private final int[] textCells;
    private final byte[][] batches;
    private final int[] rows;
    private final int[] arenas;
    private final int[] lengths;

    public RowRouter(Schema schema, int ports) {
        stride = RowLayout.stride(schema.size());
        int texts = 0;
        int[] cells = new int[schema.size()];
        for (int field = 0; field < schema.size(); field++) {
            if (schema.type(field).cell() == FieldType.Cell.STRING) {
                cells[texts++] = RowLayout.cell(schema.size(), field);
            }
        }
        textCells = Arrays.copyOf(cells, texts);
        batches = new byte[ports][0];
        rows = new int[ports];
        arenas = new int[ports];
        lengths = new int[ports];
    }

    /**
     * Fills the batches of all ports; each has the watermark and the flags of this one.
     *
     * @param batch begins at index 0
     * @throws IllegalArgumentException when a row names a port that is not there
     */
    public void deal(byte[] batch, int length) {
        Arrays.fill(rows, 0);
        Arrays.fill(arenas, 0);
        for (int port = 0; port < batches.length; port++) {
            if (batches[port].length < length) {
                batches[port] = new byte[length];
            }
        }
        int from = RowLayout.HEADER_BYTES;
        for (int left = Bytes.getInt(batch, RowLayout.ROWS); left > 0; left--) {
            int port = batch[from + RowLayout.ROW_OUT_PORT] & 0xFF;
            if (port >= batches.length) {
                throw new IllegalArgumentException("row for port " + port);
            }
            copy(batch, length, from, port);
            from += stride;
        }
        for (int port = 0; port < batches.length; port++) {
            lengths[port] = finish(batch, length, port);
        }
    }

    /** The batch of a port; its first {@link #length} bytes. */
    public byte[] batch(int port) {
        return batches[port];
    }

    public int length(int port) {
        return lengths[port];
    }

    /** A row with its texts; arenas are as far from the end as in the batch, so there is room. */
    private void copy(byte[] batch, int length, int from, int port) {
        byte[] target = batches[port];
        int to = RowLayout.HEADER_BYTES + rows[port]++ * stride;
        System.arraycopy(batch, from, target, to, stride);
        target[to + RowLayout.ROW_OUT_PORT] = 0;
        for (int cell : textCells) {
            int bytes = Bytes.getInt(batch, from + cell + 4);
            int back = 0;
            if (bytes > 0) {
                arenas[port] += bytes;
                back = arenas[port];
                int text = length - Bytes.getInt(batch, from + cell);
                System.arraycopy(batch, text, target, length - back, bytes);
            }
            Bytes.putInt(target, to + cell, back);
        }
    }

    /** Closes the gap between rows and arena, and writes the header. */
    private int finish(byte[] batch, int length, int port) {
        byte[] target = batches[port];
        int rowsEnd = RowLayout.HEADER_BYTES + rows[port] * stride;
        int total = (rowsEnd + arenas[port] + 7) & ~7;
        System.arraycopy(target, length - arenas[port], target, total - arenas[port], arenas[port]);
        Arrays.fill(target, rowsEnd, total - arenas[port], (byte) 0);
        System.arraycopy(batch, 0, target, 0, RowLayout.HEADER_BYTES);
        Bytes.putInt(target, RowLayout.BYTES, total);
        Bytes.putInt(target, RowLayout.ROWS, rows[port]);
        Bytes.putInt(target, RowLayout.ARENA_BYTES, arenas[port]);
        return total;
    }
}
