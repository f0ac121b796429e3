package galois.api.node;

import galois.api.Clock;
import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message.Failure;
import galois.api.control.QueryState;

import org.osgi.annotation.versioning.ProviderType;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What a node gives to the roles that run on it; a service with property {@code node.id}. Edges and
 * parked state belong to the node, not to the role: they outlive the restart of a role's bundle and
 * go when the assignment is withdrawn.
 */
@ProviderType
public interface NodeContext {
    String nodeId();

    Clock clock();

    /**
     * The record behind a role's configuration, in its newest revision; empty once it is withdrawn.
     */
    Optional<Assignment> assignment(String assignmentId);

    /** The sending end; the same object for the same edge id. */
    EdgeOutput output(Edge edge, long epoch);

    /** The receiving end; the same object for the same edge id. Credit flows from now on. */
    EdgeInput input(Edge edge, long epoch);

    /**
     * Code by id: from this node's store, else from the cluster manager, checked against the id.
     */
    CompletionStage<byte[]> code(String codeId);

    /** Tells the cluster manager what became of an assignment. */
    void report(String assignmentId, QueryState state, Failure failure);

    /**
     * Sends the numbers of every role to the cluster manager now. A role does so before it passes
     * the end of its input on, so that its last problems are known before the query is over.
     */
    void reportNumbers();

    /** Keeps state of a role that stops but is not withdrawn (its bundle is being replaced). */
    void park(String assignmentId, byte[] state);

    /** What {@link #park} kept; taken once. */
    Optional<byte[]> unpark(String assignmentId);

    /** Counters of an assignment; the same object for the same id. */
    RoleCounters counters(String assignmentId);
}
