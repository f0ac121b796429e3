package galois.compiler;

import galois.batch.Schema;
import galois.compiler.ir.Value;
import galois.compiler.runtime.WindowList;

/** The words that a sort keeps in its slot. */
final class SortState {
    /** {@code i64}: the event time passed on last. */
    private static final int WATERMARK = 0;

    /** {@code i64}: rows taken in so far: the order of equals. */
    private static final int SEQUENCE = 8;

    /** {@code i64}: RANK and DENSE_RANK of the row emitted last. */
    private static final int RANK = 16;

    private static final int DENSE_RANK = 24;

    /** {@code u32}: the partition of the first time that is emitted next, and its row. */
    private static final int NEXT_PARTITION = 32;

    private static final int NEXT_ROW = 36;

    /** {@code u32}: 1 when the rows of that partition are in order. */
    private static final int SORTED = 40;

    /** {@code u32}: 1 once everything was emitted at the end. */
    private static final int ENDED = 44;

    /** {@code u32}: 1 between the calls of one save. */
    private static final int SAVING = 48;

    private static final int SAVE_TIME = 52;
    private static final int SAVE_PARTITION = 56;
    private static final int SAVE_ROW = 60;
    private static final int WINDOWS = 64;

    static final int BYTES = WINDOWS + WindowList.BYTES;

    private final int base;

    SortState(Schema parameters) {
        base = SlotShape.state(parameters);
    }

    int watermark() {
        return base + WATERMARK;
    }

    int sequence() {
        return base + SEQUENCE;
    }

    int rank() {
        return base + RANK;
    }

    int denseRank() {
        return base + DENSE_RANK;
    }

    int nextPartition() {
        return base + NEXT_PARTITION;
    }

    int nextRow() {
        return base + NEXT_ROW;
    }

    int sorted() {
        return base + SORTED;
    }

    int ended() {
        return base + ENDED;
    }

    int saving() {
        return base + SAVING;
    }

    int saveTime() {
        return base + SAVE_TIME;
    }

    int savePartition() {
        return base + SAVE_PARTITION;
    }

    int saveRow() {
        return base + SAVE_ROW;
    }

    int windows() {
        return base + WINDOWS;
    }

    Value watermark(Value slot) {
        return slot.wide(watermark());
    }
}
