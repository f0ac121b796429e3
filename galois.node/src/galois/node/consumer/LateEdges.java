package galois.node.consumer;

import galois.api.control.Assignment;
import galois.api.node.EdgeOutput;
import galois.api.node.NodeContext;
import galois.batch.RowLayout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where late rows go, as they came: an edge for each input that has one. */
final class LateEdges {
    /** An edge and whether those behind it know that nothing follows. */
    private static final class Late {
        final Assignment.Late of;
        final EdgeOutput edge;
        boolean ended;

        Late(Assignment.Late of, EdgeOutput edge) {
            this.of = of;
            this.edge = edge;
        }
    }

    private final Map<Integer, Late> byInput = new LinkedHashMap<>();

    LateEdges(NodeContext node, Assignment.Consumer assignment) {
        for (Assignment.Late late : assignment.late()) {
            EdgeOutput edge = node.output(late.edge(), assignment.epoch());
            byInput.put(late.input(), new Late(late, edge));
        }
    }

    List<Integer> inputs() {
        return List.copyOf(byInput.keySet());
    }

    void onCredit(Runnable wake) {
        byInput.values().forEach(late -> late.edge.onCredit(wake));
    }

    /** False when there is no room. */
    boolean offer(int input, byte[] batch, long originUs) {
        return byInput.get(input).edge.offer(batch, batch.length, originUs);
    }

    /** Says once that nothing follows; false when there is no room for that somewhere. */
    boolean end(long originUs) {
        for (Late late : byInput.values()) {
            if (!late.ended) {
                byte[] last =
                        KernelRun.watermarkOnly(
                                late.of.edge().schema(), RowLayout.WATERMARK_END, false);
                late.ended = late.edge.offer(last, last.length, originUs);
            }
            if (!late.ended) {
                return false;
            }
        }
        return true;
    }
}
