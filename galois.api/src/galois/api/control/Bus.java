package galois.api.control;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Carries messages between addresses: {@code global}, {@code region/r1}, {@code cluster/c1}, {@code
 * node/n1}, {@code client/c-1}. Every message is encoded and decoded. A service; thread safe.
 */
@ProviderType
public interface Bus {
    /** Messages that may wait for one member; the sender of one more is told by an exception. */
    int INBOX_MESSAGES_MAX = 65_536;

    /**
     * Takes an address. Messages come one at a time on a thread of the member's own, in the order
     * in which each sender sent them. The member is told of every address that is there, before it
     * hears anything else, and of each that comes or goes ({@link Message.MemberChanged}). The
     * first may come before this returns.
     *
     * @throws galois.api.GaloisException DUPLICATE_NAME when the address is taken
     */
    Member join(String address, Receiver receiver);

    /** A taken address. */
    interface Member extends AutoCloseable {
        String address();

        /** Sends without waiting; a message to an address nobody has is dropped and logged. */
        void send(String to, Message message);

        /**
         * Runs the task on the member's thread, after the messages that wait and never beside the
         * receiver: an owner whose timers and workers come in this way is single threaded. Ignored
         * after {@link #close}; never waits.
         */
        void execute(Runnable task);

        /**
         * Leaves; no receiver call is in progress or follows after return (unless called by it).
         */
        @Override
        void close();
    }

    /** Takes messages. */
    interface Receiver {
        void onMessage(String from, Message message);
    }
}
