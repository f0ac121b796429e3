package galois.api.plan;

/**
 * How far apart in time rows of a join can be: a right row matches a left one only if its time is
 * in [left + low, left + high]. Both times follow the watermark, so it is known when a row can find
 * no further match. Of an ASOF join, when no nearer match can come, and from when on an older right
 * row of its key is of no use.
 *
 * @param left TIMESTAMP field of the left input
 * @param right TIMESTAMP field of the right input
 * @param leftKeepUs a left row is kept until the watermark is beyond its time plus this
 * @param rightKeepUs the same for a right row
 */
public record JoinTime(int left, int right, long leftKeepUs, long rightKeepUs) {
    /** Longest time that rows are kept: {@value} microseconds, 36,000 years. */
    public static final long KEEP_US_MAX = 1L << 60;

    public JoinTime {
        if (left < 0 || right < 0) {
            throw new IllegalArgumentException("a join in time needs a time field on each side");
        }
        if (Math.abs(leftKeepUs) > KEEP_US_MAX || Math.abs(rightKeepUs) > KEEP_US_MAX) {
            throw new IllegalArgumentException("rows are kept " + KEEP_US_MAX + " us at most");
        }
    }

    /** So far behind the watermark can a time field of a result row be. */
    public long delayUs() {
        return Math.max(0, Math.max(leftKeepUs, rightKeepUs));
    }
}
