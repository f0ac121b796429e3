package galois.node.consumer;

import galois.api.node.RoleCounters;
import galois.batch.Bytes;
import galois.batch.RowError;
import galois.batch.RowKind;
import galois.batch.RowLayout;

/** Takes the error rows out of a kernel's output and counts them by cause. */
final class ErrorRows {
    private final RoleCounters counters;
    private final String label;
    private boolean tableFull;
    private boolean late;

    /**
     * @param label names the kernel in samples
     */
    ErrorRows(RoleCounters counters, String label) {
        this.counters = counters;
        this.label = label;
    }

    /**
     * Removes error rows in place; cells stay valid, because text is addressed from the end.
     *
     * @param batch starts at index 0
     * @return the length that is left
     */
    int remove(byte[] batch, int length) {
        int rows = Bytes.getInt(batch, RowLayout.ROWS);
        int stride = Bytes.getInt(batch, RowLayout.STRIDE);
        int kept = 0;
        int to = RowLayout.HEADER_BYTES;
        for (int row = 0; row < rows; row++) {
            int from = RowLayout.HEADER_BYTES + row * stride;
            if (batch[from + RowLayout.ROW_KIND] == RowKind.ERROR) {
                count(Bytes.getShort(batch, from + RowLayout.ROW_CODE));
                continue;
            }
            if (to != from) {
                System.arraycopy(batch, from, batch, to, stride);
            }
            to += stride;
            kept++;
        }
        return kept == rows ? length : close(batch, length, kept, to);
    }

    /** True when a version of a table did not fit since this was asked last. */
    boolean takeTableFull() {
        boolean full = tableFull;
        tableFull = false;
        return full;
    }

    /** True when a row was late since this was asked last. */
    boolean takeLate() {
        boolean was = late;
        late = false;
        return was;
    }

    private void count(int code) {
        late |= code == RowError.LATE;
        tableFull |= code == RowError.TABLE_FULL;
        String cause = RowError.text(code);
        counters.problem(cause, 1, label + ": " + cause);
    }

    /** Moves the arena down to the rows and writes the header anew. */
    private static int close(byte[] batch, int length, int rows, int rowsEnd) {
        int arena = Bytes.getInt(batch, RowLayout.ARENA_BYTES);
        int total = (rowsEnd + arena + 7) & ~7;
        System.arraycopy(batch, length - arena, batch, total - arena, arena);
        Bytes.putInt(batch, RowLayout.BYTES, total);
        Bytes.putInt(batch, RowLayout.ROWS, rows);
        return total;
    }
}
