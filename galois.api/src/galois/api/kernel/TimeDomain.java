package galois.api.kernel;

/** Which clock moved. The ordinal is the ABI's number. */
public enum TimeDomain {
    EVENT,
    PROCESSING
}
