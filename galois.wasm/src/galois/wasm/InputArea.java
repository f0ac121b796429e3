package galois.wasm;

import galois.batch.Bytes;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.List;

/**
 * The area that holds the current input batch. Grows by doubling, up to {@link #BATCH_BYTES_MAX};
 * batches come from peers, so the header and the string cells are checked before a kernel sees
 * them.
 */
final class InputArea {
    /** Largest input batch, in bytes; a larger one is refused. */
    static final int BATCH_BYTES_MAX = 16 << 20;

    /** The rows are of no input port but saved state. */
    static final int ANY_PORT = -1;

    private static final int CAPACITY_MIN = 4096;

    private final AreaAllocator areas;
    private final FlatMemory memory;
    private final int[] layouts;
    private final int[] strides;
    private final int[][] stringCells; // row offsets of the VARCHAR cells of each port
    private int pointer;
    private int capacity;
    private int rows;
    private int checkedPort;

    InputArea(AreaAllocator areas, FlatMemory memory, List<Schema> ports) {
        this.areas = areas;
        this.memory = memory;
        this.layouts = ports.stream().mapToInt(Schema::layout).toArray();
        this.strides = ports.stream().mapToInt(port -> RowLayout.stride(port.size())).toArray();
        this.stringCells = ports.stream().map(InputArea::stringCells).toArray(int[][]::new);
    }

    private static int[] stringCells(Schema schema) {
        return java.util.stream.IntStream.range(0, schema.size())
                .filter(field -> schema.type(field).cell() == FieldType.Cell.STRING)
                .map(field -> RowLayout.cell(schema.size(), field))
                .toArray();
    }

    AreaAllocator areas() {
        return areas;
    }

    int pointer() {
        return pointer;
    }

    /**
     * Copies a batch in.
     *
     * @throws IllegalArgumentException when its header contradicts its length
     */
    void set(byte[] batch, int offset, int length) {
        rows = 0;
        checkedPort = -2;
        if (length < RowLayout.HEADER_BYTES || length > BATCH_BYTES_MAX) {
            throw new IllegalArgumentException("batch of " + length + " bytes");
        }
        int count = Bytes.getInt(batch, offset + RowLayout.ROWS);
        int stride = Bytes.getInt(batch, offset + RowLayout.STRIDE);
        int arena = Bytes.getInt(batch, offset + RowLayout.ARENA_BYTES);
        long needed = RowLayout.HEADER_BYTES + (long) count * stride + arena;
        if (Bytes.getInt(batch, offset + RowLayout.BYTES) != length
                || count < 0
                || stride < RowLayout.ROW_NULLS
                || arena < 0
                || needed > length) {
            throw new IllegalArgumentException("batch header is damaged");
        }
        reserve(length);
        System.arraycopy(batch, offset, memory.bytes(), pointer, length);
        rows = count;
    }

    private void reserve(int length) {
        if (length <= capacity) {
            return;
        }
        if (pointer != 0) {
            areas.free(pointer);
            pointer = 0;
            capacity = 0;
        }
        int wanted = Math.max(CAPACITY_MIN, Integer.highestOneBit(length - 1) << 1);
        pointer = areas.allocate(wanted);
        capacity = wanted;
    }

    /**
     * @throws IllegalArgumentException when the rows are not there or not those of the port
     */
    void checkRows(int port, int first, int count) {
        if (first < 0 || count < 0 || count > rows - first) {
            throw new IllegalArgumentException(
                    "rows " + first + " to " + (first + count) + " of " + rows);
        }
        if (port == checkedPort) {
            return;
        }
        if (port != ANY_PORT) {
            checkLayout(port);
        }
        checkedPort = port;
    }

    private void checkLayout(int port) {
        byte[] bytes = memory.bytes();
        if (port < 0
                || port >= layouts.length
                || Bytes.getInt(bytes, pointer + RowLayout.LAYOUT) != layouts[port]
                || Bytes.getInt(bytes, pointer + RowLayout.STRIDE) != strides[port]) {
            throw new IllegalArgumentException("the batch is not of the layout of port " + port);
        }
        int arena = Bytes.getInt(bytes, pointer + RowLayout.ARENA_BYTES);
        for (int offset : stringCells[port]) {
            int cell = pointer + RowLayout.HEADER_BYTES + offset;
            for (int row = 0; row < rows; row++, cell += strides[port]) {
                int back = Bytes.getInt(bytes, cell);
                int length = Bytes.getInt(bytes, cell + 4);
                if (back < 0 || back > arena || length < 0 || length > back) {
                    throw new IllegalArgumentException(
                            "a string cell of row " + row + " points outside the batch");
                }
            }
        }
    }
}
