package galois.region;

import galois.api.control.Message;

/** What can happen to a region manager. */
public sealed interface RegionEvent {
    /**
     * A message came.
     *
     * @param from address of the sender
     */
    record Received(String from, Message message) implements RegionEvent {}

    /** The time of an earlier {@link RegionEffect.WakeAt} has come. */
    record Tick() implements RegionEvent {}
}
