package galois.api.plan;

/** How a join reads its sides. */
public enum JoinMode {
    /** Pairs of rows of two streams, within a bound of time or with the right side read first. */
    PAIRS,
    /**
     * The right side is a table: each left row meets the version of it that is complete when the
     * row is taken. The event time of a pair is that of the left row.
     */
    LOOKUP
}
