package galois.api.plan;

/**
 * Which rows of its partition a row is computed of.
 *
 * @param unit what the bounds count
 * @param preceding the frame begins so much ahead of the row; less than 0: behind it
 * @param following it ends so much behind the row; less than 0: ahead of it. Of {@code RANGE} it is
 *     0, which takes in all rows that rank equal, or {@link #UNBOUNDED}
 */
public record OverFrame(Unit unit, long preceding, long following) {
    /** What the bounds of a frame count. */
    public enum Unit {
        /** Rows. */
        ROWS,
        /** Microseconds of the first key, which is a TIMESTAMP in ascending order. */
        RANGE
    }

    /** As far as the partition goes. */
    public static final long UNBOUNDED = Long.MAX_VALUE;

    /** A bound of more rows is refused: they would have to be kept. */
    public static final long ROWS_MAX = 100_000;

    /** From the first row to the last one that ranks like the row. */
    public static final OverFrame USUAL = new OverFrame(Unit.RANGE, UNBOUNDED, 0);

    /** The whole partition. */
    public static final OverFrame ALL = new OverFrame(Unit.ROWS, UNBOUNDED, UNBOUNDED);

    public OverFrame {
        if (unit == Unit.ROWS && (isFar(preceding) || isFar(following))) {
            throw new IllegalArgumentException("a frame of more than " + ROWS_MAX + " rows");
        }
        if (unit == Unit.RANGE && (preceding < 0 || following != 0 && following != UNBOUNDED)) {
            throw new IllegalArgumentException("a range from " + preceding + " to " + following);
        }
    }

    /** The row and so many ahead of it. */
    public static OverFrame rows(long preceding) {
        return new OverFrame(Unit.ROWS, preceding, 0);
    }

    /** The rows up to so much earlier, and all that rank like the row. */
    public static OverFrame range(long precedingUs) {
        return new OverFrame(Unit.RANGE, precedingUs, 0);
    }

    private static boolean isFar(long rows) {
        return rows != UNBOUNDED && (rows > ROWS_MAX || rows < -ROWS_MAX);
    }

    public boolean isRows() {
        return unit == Unit.ROWS;
    }

    /** True when it begins with the partition. */
    public boolean isFromFirst() {
        return preceding == UNBOUNDED;
    }

    /** True when no row behind the ones that rank equal belongs to it. */
    public boolean endsHere() {
        return following <= 0;
    }
}
