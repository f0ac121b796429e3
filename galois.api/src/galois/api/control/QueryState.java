package galois.api.control;

/** Life of a query and of an assignment. */
public enum QueryState {
    /** Accepted, not yet everywhere. */
    STARTING,
    /** Every part runs. */
    RUNNING,
    /** The bounded input is over and every row is out. */
    FINISHED,
    /** Withdrawn on request. */
    STOPPED,
    /** Ended by an error. */
    FAILED;

    public boolean isFinal() {
        return this == FINISHED || this == STOPPED || this == FAILED;
    }
}
