package galois.bench;

/**
 * One measured result, beside hand-written Java on the same data.
 *
 * @param name of the result
 * @param method of the benchmark class
 * @param data {@code uniform} or {@code elec}
 */
public record KernelCase(String name, String method, String data) {
    /** The benchmark method of the baseline. */
    public static final String BASELINE = "handWritten";
}
