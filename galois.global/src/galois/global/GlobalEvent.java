package galois.global;

import galois.api.GaloisException;
import galois.api.control.Message;

/** What can happen to the global manager. */
public sealed interface GlobalEvent {
    /**
     * A message came.
     *
     * @param from address of the sender
     */
    record Received(String from, Message message) implements GlobalEvent {}

    /** Answer to {@link GlobalEffect.Plan}: the statement is valid. */
    record Planned(long ticket, PlannedStatement statement) implements GlobalEvent {}

    /** Answer to {@link GlobalEffect.Plan}: the statement is refused. */
    record NotPlanned(long ticket, GaloisException failure) implements GlobalEvent {}

    /** The time of an earlier {@link GlobalEffect.WakeAt} has come. */
    record Tick() implements GlobalEvent {}
}
