package galois.node.consumer;

import galois.api.control.Assignment;
import galois.api.node.EdgeOutput;
import galois.api.node.NodeContext;
import galois.api.node.RoleCounters;
import galois.batch.Bytes;
import galois.batch.RowLayout;
import galois.batch.RowRouter;

import java.util.ArrayList;
import java.util.List;

/**
 * The outputs of a kernel: each takes every row, or those that name its port; a paused one takes
 * nothing. Used by the role's thread.
 */
final class Outputs {
    private final NodeContext node;
    private final RoleCounters counters;
    private final Runnable wake;
    private List<Target> targets = List.of();

    /** Null when no output takes only some of the rows. */
    private RowRouter router;

    /** What {@link #router} dealt last. */
    private byte[] dealt;

    /** An output as it was assigned, and its edge. */
    private record Target(Assignment.Output output, EdgeOutput edge, boolean isPaused) {}

    /**
     * @param wake called when an output has room again
     */
    Outputs(NodeContext node, Assignment.Consumer assignment, Runnable wake) {
        this.node = node;
        this.counters = node.counters(assignment.id());
        this.wake = wake;
        change(assignment, 0);
    }

    /**
     * From now on the outputs of that assignment; those that stay keep their order, new ones come
     * last.
     *
     * @param served so many of the outputs have got what is being sent
     * @return how many of the outputs of now have got it
     */
    int change(Assignment.Consumer assignment, int served) {
        List<Target> next = new ArrayList<>();
        int servedNow = 0;
        for (int i = 0; i < targets.size(); i++) {
            Target known = targets.get(i);
            if (assignment.outputs().contains(known.output())) {
                next.add(target(assignment, known.output(), known.edge()));
                servedNow += i < served ? 1 : 0;
            }
        }
        int last = -1;
        for (Assignment.Output output : assignment.outputs()) {
            last = Math.max(last, output.port());
            if (next.stream().noneMatch(target -> target.output().equals(output))) {
                EdgeOutput edge = node.output(output.edge(), assignment.epoch());
                edge.onCredit(wake);
                next.add(target(assignment, output, edge));
            }
        }
        targets = next;
        router = last < 0 ? null : new RowRouter(assignment.schema(), last + 1);
        dealt = null;
        return servedNow;
    }

    private static Target target(
            Assignment.Consumer assignment, Assignment.Output output, EdgeOutput edge) {
        return new Target(output, edge, assignment.paused().contains(output.edge().id()));
    }

    int size() {
        return targets.size();
    }

    /**
     * Offers a batch to one output, or the part of it that is meant for it.
     *
     * @param isNew false: the same batch was offered to another output, or to this one, just before
     */
    boolean offer(int output, byte[] batch, int length, long originUs, boolean isNew) {
        Target target = targets.get(output);
        int port = target.output().port();
        if (target.isPaused()) {
            String cause = Assignment.MISSED_BY + target.output().edge().id();
            counters.problem(cause, Bytes.getInt(batch, RowLayout.ROWS), null);
            return true;
        }
        if (port < 0) {
            return target.edge().offer(batch, length, originUs);
        }
        if (isNew || dealt != batch) {
            router.deal(batch, length);
            dealt = batch;
        }
        return target.edge().offer(router.batch(port), router.length(port), originUs);
    }

    /** Offers an empty batch to one output, paused or not. */
    boolean tell(int output, byte[] empty, long originUs) {
        return targets.get(output).edge().offer(empty, empty.length, originUs);
    }

    /**
     * Offers an empty batch to all; who has it already may get it again.
     *
     * @param isEnd paused ones hear of the end, of nothing else
     */
    boolean tellAll(byte[] empty, boolean isEnd, long originUs) {
        for (int i = 0; i < targets.size(); i++) {
            if ((isEnd || !targets.get(i).isPaused()) && !tell(i, empty, originUs)) {
                return false;
            }
        }
        return true;
    }
}
