package galois.api.control;

import galois.batch.Schema;

/**
 * A directed typed pipe between two assignments; batches arrive once and in order.
 *
 * @param id unique in the cluster
 * @param toAddress data address of the receiving node ({@code host:port}); not used when both ends
 *     are on one node
 */
public record Edge(String id, String fromNode, String toNode, String toAddress, Schema schema) {
    public boolean isLocal() {
        return fromNode.equals(toNode);
    }
}
