package galois.api.plan;

/** How the rows of a partition are numbered from 1, in their order. */
public enum Ranking {
    /** Every row its own number. */
    ROW_NUMBER,
    /** Rows with equal keys share a number, and the numbers they would have had are left out. */
    RANK,
    /** Rows with equal keys share a number; none is left out. */
    DENSE_RANK
}
