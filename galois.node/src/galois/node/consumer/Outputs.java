package galois.node.consumer;

import galois.api.control.Assignment;
import galois.api.node.EdgeOutput;
import galois.api.node.NodeContext;
import galois.batch.RowRouter;

import java.util.ArrayList;
import java.util.List;

/** The outputs of a kernel: each takes every row, or those that name its port. */
final class Outputs {
    private final List<EdgeOutput> edges;
    private final int[] ports;

    /** Null when no output takes only some of the rows. */
    private final RowRouter router;

    /** What {@link #router} dealt last. */
    private byte[] dealt;

    private Outputs(List<EdgeOutput> edges, int[] ports, RowRouter router) {
        this.edges = edges;
        this.ports = ports;
        this.router = router;
    }

    static Outputs of(NodeContext node, Assignment.Consumer assignment) {
        List<EdgeOutput> edges = new ArrayList<>();
        int[] ports = new int[assignment.outputs().size()];
        int last = -1;
        for (Assignment.Output output : assignment.outputs()) {
            ports[edges.size()] = output.port();
            last = Math.max(last, output.port());
            edges.add(node.output(output.edge(), assignment.epoch()));
        }
        RowRouter router = last < 0 ? null : new RowRouter(assignment.schema(), last + 1);
        return new Outputs(edges, ports, router);
    }

    int size() {
        return edges.size();
    }

    void onCredit(Runnable wake) {
        edges.forEach(edge -> edge.onCredit(wake));
    }

    /**
     * Offers a batch to one output, or the part of it that is meant for it.
     *
     * @param isNew false: the same batch was offered to another output, or to this one, just before
     */
    boolean offer(int output, byte[] batch, int length, long originUs, boolean isNew) {
        int port = ports[output];
        if (port < 0) {
            return edges.get(output).offer(batch, length, originUs);
        }
        if (isNew || dealt != batch) {
            router.deal(batch, length);
            dealt = batch;
        }
        return edges.get(output).offer(router.batch(port), router.length(port), originUs);
    }

    /** Offers an empty batch to all; who has it already may get it again. */
    boolean offerAll(byte[] empty, long originUs) {
        for (EdgeOutput edge : edges) {
            if (!edge.offer(empty, empty.length, originUs)) {
                return false;
            }
        }
        return true;
    }
}
