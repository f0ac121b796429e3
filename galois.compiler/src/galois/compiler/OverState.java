package galois.compiler;

import galois.batch.Schema;
import galois.compiler.ir.Value;

/** The words that {@code OVER} keeps in its slot. */
final class OverState {
    /** {@code i64}: the event time passed on last. */
    private static final int WATERMARK = 0;

    /** {@code i64}: rows taken in so far: the order of equals. */
    private static final int SEQUENCE = 8;

    /** {@code u32}: the table of partitions that go on; 0: none yet. */
    private static final int TABLE = 16;

    /** {@code u32}: the number of the partition in hand, from 1; 0: none. */
    private static final int IN_HAND = 20;

    /** {@code u32}: its row that is emitted next. */
    private static final int NEXT = 24;

    /** {@code u32}: the error of that row, or 0. */
    private static final int STATUS = 28;

    /** {@code u32}: 1 once everything was emitted at the end. */
    private static final int ENDED = 32;

    /** {@code u32}: 1 between the calls of one save. */
    private static final int SAVING = 36;

    private static final int SAVE_ROW = 40;
    private static final int SAVE_PARTITION = 44;
    private static final int SAVE_KEPT = 48;
    private static final int QUEUE = 56;

    /** Where a partition that does not go on is. */
    private static final int PARTITION = QUEUE + RowQueue.BYTES;

    private final int base;

    OverState(Schema parameters) {
        base = SlotShape.state(parameters);
    }

    static int bytes(OverShape shape) {
        return PARTITION + shape.partitionBytes();
    }

    int watermark() {
        return base + WATERMARK;
    }

    int sequence() {
        return base + SEQUENCE;
    }

    int table() {
        return base + TABLE;
    }

    int inHand() {
        return base + IN_HAND;
    }

    int next() {
        return base + NEXT;
    }

    int status() {
        return base + STATUS;
    }

    int ended() {
        return base + ENDED;
    }

    int saving() {
        return base + SAVING;
    }

    int saveRow() {
        return base + SAVE_ROW;
    }

    int savePartition() {
        return base + SAVE_PARTITION;
    }

    int saveKept() {
        return base + SAVE_KEPT;
    }

    int queue() {
        return base + QUEUE;
    }

    int partition() {
        return base + PARTITION;
    }

    Value watermark(Value slot) {
        return slot.wide(watermark());
    }
}
