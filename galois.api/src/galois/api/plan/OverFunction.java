package galois.api.plan;

/** What {@link Over} computes for a row from the rows of its partition, in their order. */
public enum OverFunction {
    /** The number of the row from 1: BIGINT. */
    ROW_NUMBER,
    /** As {@link Ranking#RANK}: BIGINT. */
    RANK,
    /** As {@link Ranking#DENSE_RANK}: BIGINT. */
    DENSE_RANK,
    /** The argument so many rows earlier; NULL when there is no such row. */
    LAG,
    /** The argument so many rows later; NULL when there is no such row. */
    LEAD,
    /** The argument in the first row of the frame, be it NULL. */
    FIRST_VALUE,
    /** The argument in the last row of the frame, be it NULL. */
    LAST_VALUE,
    /** The argument in a row of the frame, counted from 1; NULL when there is no such row. */
    NTH_VALUE,
    /** An aggregate of the rows of the frame. */
    AGGREGATE;

    /** True when it reads a frame. */
    public boolean isOfFrame() {
        return switch (this) {
            case ROW_NUMBER, RANK, DENSE_RANK, LAG, LEAD -> false;
            case FIRST_VALUE, LAST_VALUE, NTH_VALUE, AGGREGATE -> true;
        };
    }
}
