package galois.cluster;

import galois.api.control.Message;
import galois.api.control.Message.Failure;

/** What can happen to a cluster manager. */
public sealed interface ClusterEvent {
    /**
     * A message came.
     *
     * @param from address of the sender
     */
    record Received(String from, Message message) implements ClusterEvent {}

    /** Answer to {@link ClusterEffect.Plan}: how it can be done. */
    record Planned(long ticket, PhysicalPlan plan) implements ClusterEvent {}

    /** Answer to {@link ClusterEffect.Plan}: why it cannot be done. */
    record NotPlanned(long ticket, Failure failure) implements ClusterEvent {}

    /** The time of an earlier {@link ClusterEffect.WakeAt} has come. */
    record Tick() implements ClusterEvent {}
}
