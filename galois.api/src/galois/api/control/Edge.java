package galois.api.control;

import galois.batch.Schema;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A directed typed pipe between two assignments; batches arrive once and in order.
 *
 * @param id unique in the cluster
 * @param toAddress data address of the receiving node ({@code host:port}); not used when both ends
 *     are on one node
 * @param reads the fields that the receiver reads, ascending; the others may be NULL in the rows
 */
public record Edge(
        String id,
        String fromNode,
        String toNode,
        String toAddress,
        Schema schema,
        List<Integer> reads) {
    public Edge {
        reads = List.copyOf(reads);
    }

    /** One whose receiver reads every field. */
    public Edge(String id, String fromNode, String toNode, String toAddress, Schema schema) {
        this(
                id,
                fromNode,
                toNode,
                toAddress,
                schema,
                IntStream.range(0, schema.size()).boxed().toList());
    }

    public boolean isLocal() {
        return fromNode.equals(toNode);
    }
}
