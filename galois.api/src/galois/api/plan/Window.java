package galois.api.plan;

import java.math.BigInteger;

/**
 * How rows are divided in time.
 *
 * @param kind see {@link Kind}
 * @param timeField input field of type TIMESTAMP that decides; -1 for {@code NONE}
 * @param sizeUs length of a window, gap of a session, microseconds
 * @param slideUs from the start of a window to that of the next, microseconds; size for {@code
 *     TUMBLE}, 0 where windows do not start regularly
 * @param offsetUs start of the window that contains the epoch, in [0, slide)
 * @param byClock processing time completes it, not the watermark; a row that comes later than its
 *     time says is in the windows that are open
 * @param allowUs so far beyond its end the watermark must be before a window takes no rows any
 *     more; its result is updated until then. More than 0 for {@code TUMBLE} and {@code ATTACHED}
 *     only
 */
public record Window(
        Kind kind,
        int timeField,
        long sizeUs,
        long slideUs,
        long offsetUs,
        boolean byClock,
        long allowUs) {
    /** The window kinds of this version. */
    public enum Kind {
        /** One group set for the whole bounded input, emitted at its end. */
        NONE,
        /**
         * One group set for an input that does not end: what has changed is emitted every {@code
         * sizeUs} of processing time and at the end, as updates. A group that got no row for {@code
         * slideUs} is deleted and forgotten by the time twice as long has passed; 0: never.
         */
        UPDATING,
        /** Each row is in one window of fixed size. */
        TUMBLE,
        /** Windows of fixed size that begin every slide and overlap, or leave gaps. */
        HOP,
        /** For each key: rows less than a gap apart; ends a gap after the last of them. */
        SESSION,
        /**
         * Rows that are in a window already: it ends at the time field plus size. Whoever groups by
         * the bounds has them among the keys.
         */
        ATTACHED
    }

    public static final Window NONE = new Window(Kind.NONE, -1, 0, 0, 0);

    /** Longest time for which a window takes rows that are late: {@value} microseconds. */
    public static final long ALLOW_US_MAX = 1L << 58;

    public Window {
        boolean isFixed = kind == Kind.TUMBLE || kind == Kind.HOP;
        if (isInTime(kind) && timeField < 0) {
            throw new IllegalArgumentException("a window needs a time field");
        }
        if ((isFixed || kind == Kind.SESSION) && sizeUs <= 0 || isFixed && slideUs <= 0) {
            throw new IllegalArgumentException("a window needs a size");
        }
        boolean canBeUpdated = kind == Kind.TUMBLE || kind == Kind.ATTACHED;
        if (allowUs < 0 || allowUs > ALLOW_US_MAX || allowUs > 0 && (!canBeUpdated || byClock)) {
            throw new IllegalArgumentException("a window that cannot be updated");
        }
    }

    private Window(Kind kind, int timeField, long sizeUs, long slideUs, long offsetUs) {
        this(kind, timeField, sizeUs, slideUs, offsetUs, false, 0);
    }

    public static Window tumble(int timeField, long sizeUs, long offsetUs) {
        return new Window(Kind.TUMBLE, timeField, sizeUs, sizeUs, Math.floorMod(offsetUs, sizeUs));
    }

    /** A hopping window; one whose slide is its size tumbles. */
    public static Window hop(int timeField, long sizeUs, long slideUs, long offsetUs) {
        return sizeUs == slideUs
                ? tumble(timeField, sizeUs, offsetUs)
                : new Window(
                        Kind.HOP, timeField, sizeUs, slideUs, Math.floorMod(offsetUs, slideUs));
    }

    public static Window session(int timeField, long gapUs) {
        return new Window(Kind.SESSION, timeField, gapUs, 0, 0);
    }

    /**
     * @param boundField holds a bound of the window each row is in
     * @param toEndUs from that bound to the end: 0 when it is the end
     */
    public static Window attached(int boundField, long toEndUs) {
        return new Window(Kind.ATTACHED, boundField, toEndUs, 0, 0);
    }

    /**
     * @param everyUs between updates; 0: at once
     * @param keepUs for which a group without rows is kept at least; 0: for ever
     */
    public static Window updating(long everyUs, long keepUs) {
        return new Window(Kind.UPDATING, -1, everyUs, keepUs, 0);
    }

    private static boolean isInTime(Kind kind) {
        return kind != Kind.NONE && kind != Kind.UPDATING;
    }

    /** True when event time divides rows: there is a time field. */
    public boolean isInTime() {
        return isInTime(kind);
    }

    /** The same window over another field. */
    public Window over(int field) {
        return new Window(kind, field, sizeUs, slideUs, offsetUs, byClock, allowUs);
    }

    /** The same window, completed by processing time. */
    public Window completedByClock() {
        return new Window(kind, timeField, sizeUs, slideUs, offsetUs, true, 0);
    }

    /** The same window, whose result is updated by rows that come so late. */
    public Window updatedFor(long us) {
        return new Window(kind, timeField, sizeUs, slideUs, offsetUs, byClock, us);
    }

    /** True when the result has the columns {@code window_start} and {@code window_end}. */
    public boolean hasBounds() {
        return kind == Kind.TUMBLE || kind == Kind.HOP || kind == Kind.SESSION;
    }

    /** Length of the longest slices that no bound of a window cuts: TUMBLE and HOP. */
    public long paneUs() {
        return BigInteger.valueOf(sizeUs).gcd(BigInteger.valueOf(slideUs)).longValueExact();
    }
}
