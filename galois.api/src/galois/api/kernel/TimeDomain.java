package galois.api.kernel;

/** Which clock moved. The ordinal is the ABI's number. */
public enum TimeDomain {
    EVENT,
    PROCESSING,
    /** No clock: the version of the input that is a table, complete as of that number. */
    TABLE
}
