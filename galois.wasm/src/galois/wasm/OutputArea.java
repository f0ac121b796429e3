package galois.wasm;

import galois.batch.Bytes;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.Arrays;

/** The area that a kernel writes rows into, and the way out of it without the gap in the middle. */
final class OutputArea {
    private final int pointer;
    private final int capacity;
    private final FlatMemory memory;
    private final CallGuard guard;
    private final int stride;
    private final int layout;
    private int rows;
    private int rowBytes;
    private int arenaBytes;

    OutputArea(int pointer, int capacity, FlatMemory memory, CallGuard guard, Schema schema) {
        this.pointer = pointer;
        this.capacity = capacity;
        this.memory = memory;
        this.guard = guard;
        this.stride = RowLayout.stride(schema.size());
        this.layout = schema.layout();
        if (capacity < RowLayout.HEADER_BYTES + stride) {
            throw new IllegalArgumentException(
                    "output area of " + capacity + " bytes, no row fits");
        }
    }

    /** Before a call: gives an empty area its header. Returns the area. */
    int begin() {
        if (rows == 0) {
            byte[] bytes = memory.bytes();
            Arrays.fill(bytes, pointer, pointer + RowLayout.HEADER_BYTES, (byte) 0);
            Bytes.putInt(bytes, pointer + RowLayout.BYTES, capacity);
            Bytes.putInt(bytes, pointer + RowLayout.STRIDE, stride);
            Bytes.putInt(bytes, pointer + RowLayout.LAYOUT, layout);
        }
        return pointer;
    }

    /** After a call: reads what the kernel says it wrote, and believes it only within the area. */
    void checkHeader() {
        byte[] bytes = memory.bytes();
        int count = Bytes.getInt(bytes, pointer + RowLayout.ROWS);
        int step = Bytes.getInt(bytes, pointer + RowLayout.STRIDE);
        int arena = Bytes.getInt(bytes, pointer + RowLayout.ARENA_BYTES);
        boolean fits =
                Bytes.getInt(bytes, pointer + RowLayout.BYTES) == capacity
                        && count >= rows
                        && step >= RowLayout.ROW_NULLS
                        && (step & 7) == 0
                        && arena >= 0
                        && RowLayout.HEADER_BYTES + (long) count * step + arena <= capacity;
        guard.check(fits, "the header of its output area is damaged");
        rows = count;
        rowBytes = count * step;
        arenaBytes = arena;
    }

    int rows() {
        return rows;
    }

    /** Bytes of the batch without its gap, a multiple of 8. */
    int compactBytes() {
        return (RowLayout.HEADER_BYTES + rowBytes + arenaBytes + 7) & ~7;
    }

    /** Copies the rows as one batch and empties the area. Cells stay: they count from the end. */
    int take(byte[] target, int offset, long watermarkUs) {
        guard.checkAlive();
        int size = compactBytes();
        int rowsEnd = RowLayout.HEADER_BYTES + rowBytes;
        byte[] bytes = memory.bytes();
        begin();
        System.arraycopy(bytes, pointer, target, offset, rowsEnd);
        Arrays.fill(target, offset + rowsEnd, offset + size - arenaBytes, (byte) 0);
        System.arraycopy(
                bytes,
                pointer + capacity - arenaBytes,
                target,
                offset + size - arenaBytes,
                arenaBytes);
        Bytes.putInt(target, offset + RowLayout.BYTES, size);
        Bytes.putLong(target, offset + RowLayout.WATERMARK, watermarkUs);
        Bytes.putInt(target, offset + RowLayout.FLAGS, 0);
        rows = 0;
        rowBytes = 0;
        arenaBytes = 0;
        return size;
    }
}
