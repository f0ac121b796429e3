package galois.node.producer;

import galois.api.control.Edge;
import galois.api.node.EdgeOutput;
import galois.batch.BatchBuilder;
import galois.batch.RowLayout;
import galois.node.role.RoleThread;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Gives each batch to every output once. The slowest output sets the pace. Used by the producer's
 * thread.
 */
final class FanOut {
    private final Function<Edge, EdgeOutput> open;
    private final RoleThread thread;
    private Map<Edge, EdgeOutput> outputs = Map.of();
    private boolean ended;

    FanOut(Function<Edge, EdgeOutput> open, RoleThread thread) {
        this.open = open;
        this.thread = thread;
    }

    /** From now on these outputs; one that is new after the end hears of the end. */
    void outputs(List<Edge> edges) {
        Map<Edge, EdgeOutput> next = new LinkedHashMap<>();
        for (Edge edge : edges) {
            EdgeOutput known = outputs.get(edge);
            EdgeOutput output = known == null ? open.apply(edge) : known;
            if (known == null) {
                output.onCredit(thread::wake);
                if (ended) {
                    BatchBuilder last = new BatchBuilder(edge.schema(), RowLayout.ROW_BYTES_MAX);
                    offer(output, last.array(), last.finish(RowLayout.WATERMARK_END), 0);
                }
            }
            next.put(edge, output);
        }
        outputs = next;
    }

    /** Returns when every output has the batch, or when the role is being stopped. */
    void send(byte[] batch, int length, long originUs) {
        for (EdgeOutput output : outputs.values()) {
            offer(output, batch, length, originUs);
        }
    }

    /** The batch sent before was the last. */
    void ended() {
        ended = true;
    }

    private void offer(EdgeOutput output, byte[] batch, int length, long originUs) {
        for (; ; ) {
            thread.listen();
            if (output.offer(batch, length, originUs) || thread.isStopping()) {
                return;
            }
            thread.await();
        }
    }
}
