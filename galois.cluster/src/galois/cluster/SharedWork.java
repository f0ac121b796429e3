package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Message.Subquery;
import galois.api.plan.Expr;
import galois.api.plan.StreamDefinition;

import java.util.ArrayList;
import java.util.List;

/**
 * What a role computes, whoever asked for it: two queries that need equal work get it from one
 * role. Only work over streams that do not end is shared; what ends is read for each query from its
 * beginning. What remembers for ever (a GROUP BY without a window) is not shared either: a query
 * that came later would miss what was said before.
 */
sealed interface SharedWork {
    /** Where it is done. */
    String nodeId();

    /** Reads a stream, as connectors see it. */
    record Reading(String nodeId, StreamDefinition stream) implements SharedWork {}

    /**
     * Runs a kernel.
     *
     * @param inputs by port; how each is read follows from the code
     */
    record Computing(
            String nodeId,
            String codeId,
            List<Expr.Literal> parameters,
            List<? extends SharedWork> inputs)
            implements SharedWork {
        public Computing {
            parameters = List.copyOf(parameters);
            inputs = List.copyOf(inputs);
        }
    }

    /** For each fragment of the plan its work; {@code null}: it is done for this query alone. */
    static List<SharedWork> of(Subquery subquery, PhysicalPlan plan) {
        List<SharedWork> works = new ArrayList<>();
        for (int i = 0; i < plan.fragments().size(); i++) {
            PhysicalPlan.Fragment fragment = plan.fragments().get(i);
            boolean isDealt = plan.leaving(i).stream().anyMatch(sender -> sender.port() >= 0);
            List<SharedWork> inputs = new ArrayList<>();
            for (PhysicalPlan.Input input : fragment.inputs()) {
                boolean isWhole =
                        input.sender().port() < 0 && input.reading() != Assignment.Reading.TABLE;
                SharedWork below = isWhole ? input(subquery, plan, input.sender(), works) : null;
                if (below != null) {
                    inputs.add(below);
                }
            }
            boolean isShared =
                    fragment.isForgetting()
                            && !handsOutLate(subquery, fragment)
                            && !isDealt
                            && inputs.size() == fragment.inputs().size();
            works.add(
                    isShared
                            ? new Computing(
                                    fragment.nodeId(),
                                    fragment.codeId(),
                                    fragment.parameters(),
                                    inputs)
                            : null);
        }
        return works;
    }

    /** Each query has its own late rows written. */
    private static boolean handsOutLate(Subquery subquery, PhysicalPlan.Fragment fragment) {
        return fragment.inputs().stream()
                .map(PhysicalPlan.Input::sender)
                .anyMatch(
                        sender ->
                                sender.source() >= 0
                                        && subquery.sources().get(sender.source()).side() != null);
    }

    private static SharedWork input(
            Subquery subquery,
            PhysicalPlan plan,
            PhysicalPlan.Sender sender,
            List<SharedWork> fragments) {
        if (sender.source() < 0) {
            return fragments.get(sender.fragment());
        }
        return subquery.sources().get(sender.source()).bounded()
                ? null
                : source(subquery, plan, sender.source());
    }

    /** Of a source that does not end. */
    static Reading source(Subquery subquery, PhysicalPlan plan, int number) {
        StreamDefinition stream = subquery.sources().get(number).stream();
        return new Reading(
                plan.sources().get(number).nodeId(),
                Wiring.forConnectors(stream, subquery.bounded()));
    }
}
