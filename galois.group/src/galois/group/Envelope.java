package galois.group;

import galois.api.control.Message;

/**
 * A message on its way: {@code {v, epoch, from, to, m}} as JSON.
 *
 * @param v version of the message set, {@link #VERSION}; a reader drops what it does not speak
 * @param epoch number of the sender's membership: it rises with each join, so that a restarted
 *     member is told from the one before
 */
public record Envelope(int v, long epoch, String from, String to, Message m) {
    static final int VERSION = 1;
}
