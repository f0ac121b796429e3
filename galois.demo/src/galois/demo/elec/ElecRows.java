package galois.demo.elec;

/** A sequence of rows, read by one thread. */
public interface ElecRows extends AutoCloseable {
    /**
     * The next row; null at the end.
     *
     * @throws galois.api.GaloisException SOURCE_OPEN when the file cannot be read on
     */
    ElecRow next();

    /** What the rows are, for the live view. */
    String origin();

    @Override
    default void close() {}
}
