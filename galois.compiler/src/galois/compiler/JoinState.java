package galois.compiler;

import galois.batch.Schema;
import galois.compiler.ir.Value;
import galois.compiler.runtime.JoinTable;

/** The words that a join keeps in its slot. */
final class JoinState {
    /** {@code i64}: the event time passed on last; of a lookup, the last version completed. */
    private static final int WATERMARK = 0;

    /** {@code u32}: the entry whose matches are being given; 0: none. */
    private static final int CURRENT = 8;

    /** {@code u32}: its side. */
    private static final int SIDE = 12;

    /** {@code u32}: the entry of the other side that is looked at next; 0: none. */
    private static final int CANDIDATE = 16;

    /** {@code u32}: 0, or 1 + the side whose rows are being saved, or 3: the slot itself. */
    private static final int SAVING = 20;

    /** {@code u32}: the entry that is saved next. */
    private static final int SAVE_ENTRY = 24;

    private static final int TABLES = 32;

    /** {@code i64}: of a lookup, the version that is being built; least: none. */
    private static final int VERSION = TABLES + 3 * JoinTable.BYTES;

    /** {@code u32}: of a lookup, 1 when that version does not fit. */
    private static final int BROKEN = VERSION + 8;

    /** Bytes of a lookup: with a third table, the version that is being built. */
    private static final int LOOKUP_BYTES = BROKEN + 8;

    private final int base;

    JoinState(Schema parameters) {
        base = SlotShape.state(parameters);
    }

    int watermark() {
        return base + WATERMARK;
    }

    int current() {
        return base + CURRENT;
    }

    int side() {
        return base + SIDE;
    }

    int candidate() {
        return base + CANDIDATE;
    }

    int saving() {
        return base + SAVING;
    }

    int saveEntry() {
        return base + SAVE_ENTRY;
    }

    int version() {
        return base + VERSION;
    }

    int broken() {
        return base + BROKEN;
    }

    /** Bytes that a join of this shape keeps. */
    static int bytes(JoinShape shape) {
        return shape.isLookup() ? LOOKUP_BYTES : TABLES + shape.tables() * JoinTable.BYTES;
    }

    /**
     * The table of a side; 2: of a lookup, the version that is being built, of an ASOF join the
     * settled rows.
     */
    Value table(Value slot, int side) {
        return slot.plus(base + TABLES + side * JoinTable.BYTES);
    }
}
