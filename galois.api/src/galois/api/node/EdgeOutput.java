package galois.api.node;

import org.osgi.annotation.versioning.ProviderType;

/** The sending end of an edge. One owner thread. */
@ProviderType
public interface EdgeOutput {
    /**
     * Sends a batch; it is copied before return.
     *
     * @return false when there is no credit: wait for the wake call, then offer again
     */
    boolean offer(byte[] batch, int length, long originUs);

    /** Called by an I/O thread whenever credit comes after there was none; must not block. */
    void onCredit(Runnable wake);
}
