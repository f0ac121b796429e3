package galois.compiler;

import galois.batch.Schema;
import galois.compiler.ir.Value;

/** The words that an aggregate keeps in its slot. */
final class AggregateState {
    /** {@code i64}: the event time passed on last. */
    private static final int WATERMARK = 0;

    /** {@code i64}: the greatest event time of a row taken in. */
    private static final int MAX_EVENT = 8;

    /** {@code u32}: the group of the first window that is emitted next. */
    private static final int NEXT_GROUP = 16;

    /** {@code u32}: 1 once an aggregate without windows has given its result. */
    private static final int ENDED = 20;

    /** {@code u32}: 1 between the calls of one save. */
    private static final int SAVING = 24;

    private static final int SAVE_WINDOW = 28;
    private static final int SAVE_GROUP = 32;

    /**
     * {@code u32}: the table of the hopping window in hand when it is not that of a pane; else 0.
     */
    private static final int MERGED = 36;

    /** {@code i64}: no session ends earlier. */
    private static final int SESSION_DUE = 40;

    private static final int WINDOWS = 48;

    private static final int UPDATES = WINDOWS + galois.compiler.runtime.WindowList.BYTES;

    /** {@code i64}: processing time from which changes are emitted. */
    private static final int NEXT_UPDATE = UPDATES;

    /** {@code i64}: which table groups that get rows are in. */
    private static final int GENERATION = UPDATES + 8;

    /** {@code i64}: processing time at which the next generation begins; 0: not known yet. */
    private static final int NEXT_GENERATION = UPDATES + 16;

    /** {@code u32}: 1 when some group has changed. */
    private static final int CHANGED = UPDATES + 24;

    /** {@code u32}: the table in hand, from the first. */
    private static final int UPDATE_TABLE = UPDATES + 28;

    static final int BYTES = UPDATES + 32;

    private final int base;

    AggregateState(Schema parameters) {
        base = SlotShape.state(parameters);
    }

    int watermark() {
        return base + WATERMARK;
    }

    int maxEvent() {
        return base + MAX_EVENT;
    }

    int nextGroup() {
        return base + NEXT_GROUP;
    }

    int ended() {
        return base + ENDED;
    }

    int saving() {
        return base + SAVING;
    }

    int saveWindow() {
        return base + SAVE_WINDOW;
    }

    int saveGroup() {
        return base + SAVE_GROUP;
    }

    /** Of hopping windows, which need no greatest event time. */
    int lastOver() {
        return maxEvent();
    }

    int merged() {
        return base + MERGED;
    }

    int sessionDue() {
        return base + SESSION_DUE;
    }

    int windows() {
        return base + WINDOWS;
    }

    int nextUpdate() {
        return base + NEXT_UPDATE;
    }

    int generation() {
        return base + GENERATION;
    }

    int nextGeneration() {
        return base + NEXT_GENERATION;
    }

    /** Of windows that are updated: those that end by then have been emitted. */
    int emittedTo() {
        return generation();
    }

    int changed() {
        return base + CHANGED;
    }

    int updateTable() {
        return base + UPDATE_TABLE;
    }

    Value watermark(Value slot) {
        return slot.wide(watermark());
    }
}
