package galois.node.producer;

import galois.api.control.Edge;
import galois.api.node.EdgeOutput;
import galois.batch.BatchBuilder;
import galois.batch.RowLayout;
import galois.node.role.RoleThread;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Gives each batch to every output once. The slowest output sets the pace. When the role is stopped
 * while an output has no room, the batch is kept for that output, and {@link #save} hands it to the
 * role's successor. Used by the producer's thread.
 */
final class FanOut {
    private final Function<Edge, EdgeOutput> open;
    private final RoleThread thread;
    private final Deque<UnsentBatch> unsent = new ArrayDeque<>();
    private final Set<String> predecessors = new HashSet<>();
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
                if (ended && !predecessors.contains(edge.id())) {
                    BatchBuilder last = new BatchBuilder(edge.schema(), RowLayout.ROW_BYTES_MAX);
                    send(
                            Map.of(edge, output),
                            last.array(),
                            last.finish(RowLayout.WATERMARK_END),
                            0);
                }
            }
            next.put(edge, output);
        }
        outputs = next;
        sendUnsent();
    }

    /** Returns when every output has the batch, or when the role is being stopped. */
    void send(byte[] batch, int length, long originUs) {
        send(outputs, batch, length, originUs);
    }

    /** What was kept comes first, so that each output gets its batches in order. */
    private void send(Map<Edge, EdgeOutput> to, byte[] batch, int length, long originUs) {
        List<String> missed = null;
        for (Map.Entry<Edge, EdgeOutput> output : to.entrySet()) {
            if (!unsent.isEmpty() || !offer(output.getValue(), batch, length, originUs)) {
                missed = missed == null ? new ArrayList<>() : missed;
                missed.add(output.getKey().id());
            }
        }
        if (missed != null) {
            unsent.add(new UnsentBatch(Arrays.copyOf(batch, length), originUs, missed));
        }
    }

    private void sendUnsent() {
        while (!unsent.isEmpty()) {
            UnsentBatch oldest = unsent.poll();
            List<String> missed = new ArrayList<>();
            outputs.forEach(
                    (edge, output) -> {
                        byte[] bytes = oldest.bytes();
                        if (oldest.edgeIds().contains(edge.id())
                                && !offer(output, bytes, bytes.length, oldest.originUs())) {
                            missed.add(edge.id());
                        }
                    });
            if (!missed.isEmpty()) {
                unsent.addFirst(new UnsentBatch(oldest.bytes(), oldest.originUs(), missed));
                return;
            }
        }
    }

    /** For a successor with the same outputs. */
    void save(DataOutput out) throws IOException {
        Set<String> known = new TreeSet<>(predecessors);
        outputs.keySet().forEach(edge -> known.add(edge.id()));
        UnsentBatch.saveNames(List.copyOf(known), out);
        out.writeInt(unsent.size());
        for (UnsentBatch batch : unsent) {
            batch.save(out);
        }
    }

    /** Before the first {@link #outputs}, which then sends what the predecessor could not. */
    void restore(DataInput in) throws IOException {
        predecessors.addAll(UnsentBatch.restoreNames(in));
        for (int left = in.readInt(); left > 0; left--) {
            unsent.add(UnsentBatch.restore(in));
        }
    }

    /** The batch sent before was the last. */
    void ended() {
        ended = true;
    }

    /** False when the role is being stopped and there is no room. */
    private boolean offer(EdgeOutput output, byte[] batch, int length, long originUs) {
        for (; ; ) {
            thread.listen();
            if (output.offer(batch, length, originUs)) {
                return true;
            }
            if (thread.isStopping()) {
                return false;
            }
            thread.await();
        }
    }
}
