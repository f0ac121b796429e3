package galois.region;

import galois.api.control.Message;

/** What a region manager wants done; in the order of the list. */
public sealed interface RegionEffect {
    /** Send a message. */
    record Send(String to, Message message) implements RegionEffect {}

    /** Answer with a {@link RegionEvent.Tick} at that time or a little later. */
    record WakeAt(long timeNs) implements RegionEffect {}
}
