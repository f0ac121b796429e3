package galois.global;

import galois.api.control.Message.SourceBinding;
import galois.api.plan.AggregateHalves;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Cuts aggregates so that they run in parallel: in two halves, the first beside each source.
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
        LogicalOp root = rewriter.rewrite(plan.root(), 0);
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
         */
        LogicalOp rewrite(LogicalOp op, int first) {
            List<LogicalOp> inputs = new ArrayList<>();
            int next = first;
            for (LogicalOp input : op.inputs()) {
                inputs.add(rewrite(input, next));
                next += Plans.sources(input).size();
            }
            LogicalOp same = inputs.equals(op.inputs()) ? op : Plans.withInputs(op, inputs);
            return same instanceof LogicalOp.WindowAggregate aggregate
                    ? aggregate(aggregate, sources.subList(first, next))
                    : same;
        }

        private LogicalOp aggregate(LogicalOp.WindowAggregate whole, List<SourceBinding> below) {
            long nodes = below.stream().map(s -> s.stream().option("node", "")).distinct().count();
            boolean endless = below.stream().anyMatch(source -> !source.bounded());
            boolean goesOn = !whole.window().isInTime() && endless;
            if (instances == 1 && nodes == 1 || goesOn) {
                return whole;
            }
            List<LogicalOp> inputs = unionInputs(whole.input());
            if (inputs == null) {
                return whole;
            }
            String obstacle = AggregateHalves.obstacle(whole, false);
            if (obstacle != null) {
                notes.add(name(whole) + ": in one place, because " + obstacle);
                return whole;
            }
            notes.add(
                    name(whole) + ": partial for each of " + inputs.size() + " inputs, then final");
            List<LogicalOp> parts =
                    inputs.stream()
                            .map(input -> (LogicalOp) LogicalOp.PartialAggregate.of(input, whole))
                            .toList();
            LogicalOp all = new LogicalOp.Union(parts, parts.get(0).schema());
            return LogicalOp.FinalAggregate.of(all, whole);
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
