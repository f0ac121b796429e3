package galois.api.client;

import galois.batch.BatchCursor;
import galois.batch.Schema;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the rows of a SELECT. Calls come from one thread (that of the sink role), which may be
 * blocked: that is the back-pressure.
 */
@ConsumerType
public interface ResultHandler {
    /** Comes first, once. */
    void onOpen(Schema schema);

    /** Every row of the batch; the cursor is valid during the call only. */
    void onRows(BatchCursor batch);

    /** No row waits at this moment. */
    default void onPause() {}

    /** The input is over; nothing follows. */
    default void onEnd() {}
}
