package galois.itest.engine;

/**
 * A way to run a query; every way must give the same rows.
 *
 * @param optimizer {@code none}, {@code heuristic} or {@code cost}
 * @param split each operator is a kernel of its own; else one kernel wherever that is possible
 * @param batchRows rows in an input batch
 * @param saved between any two batches the state goes into a fresh instance
 * @param prompt every batch carries the largest watermark that makes no row late; else time passes
 *     only at the end
 * @param parallelism instances of each operator that can run in several
 */
public record Variant(
        String optimizer,
        boolean split,
        int batchRows,
        boolean saved,
        boolean prompt,
        int parallelism) {
    /** More rows than any test has. */
    public static final int ALL_ROWS = Integer.MAX_VALUE;

    /** What people get who choose nothing. */
    public static final Variant USUAL = new Variant("heuristic", false, ALL_ROWS, false, false);

    /** One instance of each operator. */
    public Variant(String optimizer, boolean split, int batchRows, boolean saved, boolean prompt) {
        this(optimizer, split, batchRows, saved, prompt, 1);
    }

    /** The plan as it was written. */
    public static final Variant PLAIN = new Variant("none", false, ALL_ROWS, false, false);
}
