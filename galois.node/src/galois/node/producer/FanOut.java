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
 * role's successor. A paused output gets nothing: what it misses is kept for it if the source can
 * wait meanwhile, else dropped. Used by the producer's thread.
 */
final class FanOut {
    private final Function<Edge, EdgeOutput> open;
    private final RoleThread thread;
    private final Deque<UnsentBatch> unsent = new ArrayDeque<>();
    private final Set<String> predecessors = new HashSet<>();
    private Map<Edge, EdgeOutput> outputs = Map.of();
    private Set<String> paused = Set.of();
    private boolean keeps;
    private boolean ended;

    FanOut(Function<Edge, EdgeOutput> open, RoleThread thread) {
        this.open = open;
        this.thread = thread;
    }

    /** The source is bounded: what paused outputs miss is kept for them. */
    void keep() {
        keeps = true;
    }

    /** Ids of the outputs that miss what is sent now. */
    Set<String> missing() {
        return keeps ? Set.of() : paused;
    }

    /** True when there are outputs and all are paused. */
    boolean isPaused() {
        return !outputs.isEmpty()
                && outputs.keySet().stream().allMatch(e -> paused.contains(e.id()));
    }

    /** Only those of the outputs that are among these. */
    void retain(List<Edge> edges) {
        Map<Edge, EdgeOutput> left = new LinkedHashMap<>(outputs);
        left.keySet().retainAll(edges);
        outputs = left;
    }

    /** From now on these outputs; one that is new after the end hears of the end. */
    void outputs(List<Edge> edges, Set<String> pausedIds) {
        paused = pausedIds;
        Map<Edge, EdgeOutput> next = new LinkedHashMap<>();
        for (Edge edge : edges) {
            EdgeOutput known = outputs.get(edge);
            EdgeOutput output = known == null ? open.apply(edge) : known;
            if (known == null) {
                output.onCredit(thread::wake);
                if (ended && !predecessors.contains(edge.id())) {
                    sendEnd(edge, output);
                }
            }
            next.put(edge, output);
        }
        outputs = next;
        sendUnsent();
    }

    private void sendEnd(Edge edge, EdgeOutput output) {
        BatchBuilder last = new BatchBuilder(edge.schema(), RowLayout.ROW_BYTES_MAX);
        int length = last.finish(RowLayout.WATERMARK_END);
        if (!unsent.isEmpty() || !offer(output, last.array(), length, 0)) {
            byte[] bytes = Arrays.copyOf(last.array(), length);
            unsent.add(new UnsentBatch(bytes, 0, List.of(edge.id())));
        }
    }

    /** Returns when every output has the batch, or when the role is being stopped. */
    void send(byte[] batch, int length, long originUs) {
        send(outputs, batch, length, originUs);
    }

    /** What was kept comes first, so that each output gets its batches in order. */
    private void send(Map<Edge, EdgeOutput> to, byte[] batch, int length, long originUs) {
        List<String> missed = null;
        for (Map.Entry<Edge, EdgeOutput> output : to.entrySet()) {
            boolean isPaused = paused.contains(output.getKey().id());
            if (isPaused && !keeps) {
                continue;
            }
            if (isPaused
                    || !unsent.isEmpty()
                    || !offer(output.getValue(), batch, length, originUs)) {
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
                                && (isHeld(edge)
                                        || !offer(
                                                output, bytes, bytes.length, oldest.originUs()))) {
                            missed.add(edge.id());
                        }
                    });
            if (!missed.isEmpty()) {
                unsent.addFirst(new UnsentBatch(oldest.bytes(), oldest.originUs(), missed));
                return;
            }
        }
    }

    private boolean isHeld(Edge edge) {
        return keeps && paused.contains(edge.id());
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
        outputs.forEach(
                (edge, output) -> {
                    if (!ended && !keeps && paused.contains(edge.id())) {
                        sendEnd(edge, output);
                    }
                });
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
