package galois.bench;

import java.util.Objects;

/**
 * One measured result beside its baseline, both over the same rows.
 *
 * @param name of the result
 * @param benchmark simple name of the class with the benchmark methods
 * @param method what is measured
 * @param baseline the method it is measured against
 * @param baselineName for people
 * @param data the parameter of the benchmark class
 * @param rows that one invocation of either method works through
 */
public record BenchCase(
        String name,
        String benchmark,
        String method,
        String baseline,
        String baselineName,
        String data,
        long rows) {
    /** The usual baseline. */
    public static final String HAND_WRITTEN = "handWritten";

    public BenchCase {
        Objects.requireNonNull(name, "name");
        if (rows <= 0) {
            throw new IllegalArgumentException("a case works through rows");
        }
    }

    /** Beside hand-written Java. */
    public static BenchCase beside(
            String name, String benchmark, String method, String data, long rows) {
        return new BenchCase(
                name, benchmark, method, HAND_WRITTEN, "hand-written Java", data, rows);
    }
}
