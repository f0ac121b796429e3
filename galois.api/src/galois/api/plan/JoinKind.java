package galois.api.plan;

/** Which rows a join gives. */
public enum JoinKind {
    /** Pairs that match. */
    INNER,
    /** Pairs that match; a left row without match once, with NULL for the right. */
    LEFT,
    /** Pairs that match; a right row without match once, with NULL for the left. */
    RIGHT,
    /** Pairs that match; rows of both sides without match once, with NULL for the other. */
    FULL,
    /** Left rows that have a match, once. */
    SEMI,
    /** Left rows that have no match. */
    ANTI;

    /** True when the fields of the right side are part of the result. */
    public boolean hasRight() {
        return this != SEMI && this != ANTI;
    }

    /**
     * True when a row of that side that found no match is part of the result.
     *
     * @param side 0 left, 1 right
     */
    public boolean keepsUnmatched(int side) {
        return switch (this) {
            case INNER, SEMI -> false;
            case LEFT, ANTI -> side == 0;
            case RIGHT -> side == 1;
            case FULL -> true;
        };
    }
}
