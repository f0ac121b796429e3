package galois.api.io;

import galois.batch.BatchBuilder;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a decoder puts rows. Calls come from one thread: {@link #row}, setters on the builder, then
 * {@link #commit} or {@link #reject}. If a setter of the builder returns false (no room for text)
 * the decoder calls {@link #retry} once and fills the row again from its first field; false from
 * that means that the row is too large: reject it.
 */
@ProviderType
public interface RowSink {
    /** The builder with a new row begun, every field NULL. May block for back-pressure. */
    BatchBuilder row();

    /** Sends what was committed so far and begins the row again; false when the batch was empty. */
    boolean retry();

    /** The row is complete. */
    void commit();

    /** The row (or the piece of input at {@code position}) is dropped, counted and reported. */
    void reject(MalformedRow problem);

    /** Counts something odd about the row in progress without dropping it (a missing field). */
    void note(MalformedRow.Cause cause);

    /** The input says that nothing follows (an end marker). */
    void end();
}
