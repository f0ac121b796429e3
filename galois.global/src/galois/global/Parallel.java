package galois.global;

import galois.api.control.Message.SourceBinding;
import galois.api.plan.AggregateHalves;
import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Over;
import galois.api.plan.Plans;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cuts operators so that they run in parallel: an aggregate in two halves, the first beside each
 * source; or rows are dealt out, by the keys of an aggregate or a join or by the partition of a
 * sort, to instances that have groups or rows of their own.
 *
 * @param plan gives the same rows
 * @param notes what was done, and what could not be, in words
 */
public record Parallel(LogicalPlan plan, List<String> notes) {
    /**
     * @param sources of the plan, from left to right
     * @param instances wanted of each operator that can run in several; 1: only sources on
     *     different nodes are a reason
     */
    public static Parallel of(LogicalPlan plan, List<SourceBinding> sources, int instances) {
        Rewriter rewriter = new Rewriter(sources, instances);
        LogicalOp root = rewriter.rewrite(plan.root(), 0, null);
        return new Parallel(new LogicalPlan(root, plan.parameters()), rewriter.notes);
    }

    private static final class Rewriter {
        private final List<SourceBinding> sources;
        private final int instances;
        private final List<String> notes = new ArrayList<>();

        Rewriter(List<SourceBinding> sources, int instances) {
            this.sources = sources;
            this.instances = instances;
        }

        /**
         * @param first number of the first source below {@code op}
         * @param obstacle why the order of the rows must stay as it is; null: it need not
         */
        LogicalOp rewrite(LogicalOp op, int first, String obstacle) {
            List<LogicalOp> inputs = new ArrayList<>();
            int next = first;
            for (LogicalOp input : op.inputs()) {
                String ofInput = obstacle != null ? obstacle : needsOrder(op, inputs.size());
                inputs.add(rewrite(input, next, ofInput));
                next += Plans.sources(input).size();
            }
            LogicalOp same = inputs.equals(op.inputs()) ? op : Plans.withInputs(op, inputs);
            List<SourceBinding> below = sources.subList(first, next);
            boolean handsOutLate = below.stream().anyMatch(source -> source.side() != null);
            String here =
                    obstacle == null && handsOutLate ? "late rows go to a side stream" : obstacle;
            if (same instanceof LogicalOp.Join join) {
                return join(join, here);
            }
            if (same instanceof LogicalOp.Sort sort) {
                return partitioned(sort, sort.partition(), "sort", here);
            }
            if (same instanceof Over over) {
                return partitioned(over, over.partition(), "over", here);
            }
            return same instanceof LogicalOp.WindowAggregate aggregate
                    ? aggregate(aggregate, below, here)
                    : same;
        }

        /** Rows that can meet go to one instance. */
        private LogicalOp join(LogicalOp.Join join, String above) {
            boolean isUpdating = join.inputs().stream().anyMatch(Plans::isUpdating);
            if (instances == 1 || isUpdating) {
                return join;
            }
            JoinKeys keys = JoinKeys.of(join);
            String obstacle = above;
            if (join.mode() == JoinMode.LOOKUP) {
                obstacle = "each instance would have to keep the table";
            } else if (above == null && keys.isEmpty()) {
                obstacle = "its condition is no equation of two columns";
            }
            String name = keys.isEmpty() ? "join" : "join by " + keys.names(join);
            if (obstacle != null) {
                notes.add(name + ": in one place, because " + obstacle);
                return join;
            }
            notes.add(name + ": rows of both sides dealt out to " + instances + " instances");
            LogicalOp left = new LogicalOp.Exchange(join.left(), keys.left(), instances);
            LogicalOp right = new LogicalOp.Exchange(join.right(), keys.right(), instances);
            return join.over(List.of(left, right), join.condition());
        }

        /** The rows of a partition go to one instance. */
        private LogicalOp partitioned(
                LogicalOp op, List<Integer> partition, String what, String above) {
            LogicalOp input = op.inputs().get(0);
            boolean isDealt = instances > 1 && !partition.isEmpty();
            if (!isDealt || above != null || Plans.isUpdating(input)) {
                return op;
            }
            String names =
                    partition.stream()
                            .map(key -> input.schema().field(key).name())
                            .collect(Collectors.joining(", "));
            notes.add(what + " by " + names + ": rows dealt out to " + instances + " instances");
            return Plans.withInput(op, new LogicalOp.Exchange(input, partition, instances));
        }

        /** Why rows must come to an operator in their order; null when it gives the same anyway. */
        private static String needsOrder(LogicalOp op, int input) {
            if (op instanceof LogicalOp.Sort sort && sort.isLimit()) {
                return "LIMIT takes the first rows that come";
            }
            if (op instanceof LogicalOp.Join join && join.time() == null && input > 0) {
                // One instance would wait for another while the join waits for the end of them all.
                return "a join reads it to its end first";
            }
            if (op instanceof LogicalOp.Join join && join.mode() == JoinMode.ASOF && input > 0) {
                return "an ASOF join takes the last of rows of equal time";
            }
            if (op instanceof Over) {
                return "OVER takes rows of equal time in the order of the input";
            }
            String order =
                    op instanceof LogicalOp.WindowAggregate whole
                            ? AggregateHalves.orderOf(whole)
                            : null;
            return order == null ? null : "what reads it is " + order;
        }

        private LogicalOp aggregate(
                LogicalOp.WindowAggregate whole, List<SourceBinding> below, String above) {
            long nodes = below.stream().map(s -> s.stream().option("node", "")).distinct().count();
            boolean endless = below.stream().anyMatch(source -> !source.bounded());
            boolean goesOn = !whole.window().isInTime() && endless;
            boolean isUpdated = whole.window().allowUs() > 0 || Plans.isUpdating(whole.input());
            if (instances == 1 && nodes == 1 || goesOn || isUpdated) {
                return whole;
            }
            List<LogicalOp> inputs = unionInputs(whole.input());
            String ofHalves = AggregateHalves.obstacle(whole, inputs != null);
            String obstacle = above != null ? above : ofHalves;
            if (inputs != null && obstacle == null) {
                return halves(whole, inputs);
            }
            if (instances > 1 && above == null && !whole.keys().isEmpty()) {
                return dealt(whole);
            }
            if (instances == 1 && inputs == null) {
                return whole;
            }
            if (obstacle == null) {
                return dealtHalves(whole);
            }
            notes.add(name(whole) + ": in one place, because " + obstacle);
            return whole;
        }

        /** A first half for each input. */
        private LogicalOp halves(LogicalOp.WindowAggregate whole, List<LogicalOp> inputs) {
            notes.add(
                    name(whole) + ": partial for each of " + inputs.size() + " inputs, then final");
            List<LogicalOp> parts =
                    inputs.stream()
                            .map(input -> (LogicalOp) LogicalOp.PartialAggregate.of(input, whole))
                            .toList();
            LogicalOp all = new LogicalOp.Union(parts, parts.get(0).schema());
            return LogicalOp.FinalAggregate.of(all, whole);
        }

        /** Each instance has groups of its own. */
        private LogicalOp dealt(LogicalOp.WindowAggregate whole) {
            notes.add(name(whole) + ": rows dealt out to " + instances + " instances by its keys");
            LogicalOp exchange = new LogicalOp.Exchange(whole.input(), whole.keys(), instances);
            return Plans.withInput(whole, exchange);
        }

        /** Each instance has the same group, of rows of its own. */
        private LogicalOp dealtHalves(LogicalOp.WindowAggregate whole) {
            notes.add(
                    name(whole)
                            + ": rows dealt out to "
                            + instances
                            + " partial instances, then final");
            List<Integer> all = IntStream.range(0, whole.input().schema().size()).boxed().toList();
            LogicalOp exchange = new LogicalOp.Exchange(whole.input(), all, instances);
            return LogicalOp.FinalAggregate.of(
                    LogicalOp.PartialAggregate.of(exchange, whole), whole);
        }

        /** The inputs of a union, with what is done to its rows done to theirs; null: no union. */
        private static List<LogicalOp> unionInputs(LogicalOp op) {
            if (op instanceof LogicalOp.Union union) {
                return union.inputs();
            }
            if (!(op instanceof LogicalOp.Filter) && !(op instanceof LogicalOp.Project)) {
                return null;
            }
            List<LogicalOp> inputs = unionInputs(op.inputs().get(0));
            return inputs == null
                    ? null
                    : inputs.stream().map(input -> Plans.withInput(op, input)).toList();
        }

        private static String name(LogicalOp.WindowAggregate op) {
            return op.keys().isEmpty()
                    ? "aggregate"
                    : op.keys().stream()
                            .map(key -> op.input().schema().field(key).name())
                            .collect(Collectors.joining(", ", "aggregate by ", ""));
        }
    }
}
