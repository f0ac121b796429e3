package galois.shell;

import galois.api.client.ResultHandler;
import galois.batch.BatchCursor;
import galois.batch.Schema;

/** Takes rows that nobody wants. */
final class DiscardedRows implements ResultHandler {
    @Override
    public void onOpen(Schema schema) {
        // nothing to show
    }

    @Override
    public void onRows(BatchCursor batch) {
        // nothing to show
    }
}
