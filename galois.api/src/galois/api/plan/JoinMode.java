package galois.api.plan;

/** How a join reads its sides. */
public enum JoinMode {
    /** Pairs of rows of two streams, within a bound of time or with the right side read first. */
    PAIRS,
    /**
     * The right side is a table: each left row meets the version of it that is complete when the
     * row is taken. The event time of a pair is that of the left row.
     */
    LOOKUP,
    /**
     * Each left row meets at most one right row, the nearest in time of those that match ({@link
     * AsofMatch}); of several at that time the last that came, or the first when it is after the
     * left one. The event time of a pair is that of the left row. With a bound in time rows come in
     * the order of the left times, each once no nearer right row can come.
     */
    ASOF
}
