package galois.cluster;

import galois.api.kernel.KernelModule;

/** A physical plan in words, for EXPLAIN. */
final class PlanDescription {
    private PlanDescription() {}

    static String of(PhysicalPlan plan, String strategy) {
        StringBuilder text = new StringBuilder("Kernels\n");
        for (PhysicalPlan.Fragment fragment : plan.fragments()) {
            text.append("  ")
                    .append(String.join(" + ", fragment.operators()))
                    .append(" on ")
                    .append(fragment.nodeId())
                    .append(": code ")
                    .append(KernelModule.shortId(fragment.codeId()))
                    .append(", ")
                    .append(count(fragment.codeBytes(), "byte"))
                    .append(", ")
                    .append(count(fragment.parameters().size(), "parameter"))
                    .append('\n');
        }
        if (plan.fragments().isEmpty()) {
            text.append("  none: rows go from the source to the sink as they are\n");
        }
        text.append("Placement (").append(strategy).append(")\n");
        plan.placement()
                .forEach(
                        (operator, node) ->
                                text.append("  ")
                                        .append(operator)
                                        .append(": ")
                                        .append(node)
                                        .append('\n'));
        return text.toString();
    }

    private static String count(int number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
