package galois.demo.producer;

/**
 * Bounds the rows that GALOIS has not taken yet. Pure; the caller guards it. GALOIS tells the
 * number of rows that it took since it subscribed; a restarted source begins at 0 again.
 */
final class FlowWindow {
    private final long rowsMax;
    private long published;
    private long base;
    private long taken;

    FlowWindow(long rowsMax) {
        this.rowsMax = rowsMax;
    }

    boolean isOpen() {
        return published - taken < rowsMax;
    }

    long taken() {
        return taken;
    }

    long published() {
        return published;
    }

    void onPublished() {
        published++;
    }

    /** {@code count} rows since GALOIS subscribed; a smaller number than before is a new count. */
    void onTaken(long count) {
        if (base + count < taken) {
            base = taken;
        }
        taken = Math.min(published, Math.max(taken, base + count));
    }

    /**
     * Nothing was taken for long: the rows in between are lost (their gap is counted by GALOIS).
     */
    void giveUp() {
        base += published - taken;
        taken = published;
    }
}
