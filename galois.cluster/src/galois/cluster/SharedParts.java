package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Message.SourceBinding;
import galois.api.control.Message.Subquery;
import galois.api.kernel.KernelModule;

import java.util.Set;
import java.util.TreeSet;

/** What a query would have in common with queries that run, in words, for EXPLAIN. */
final class SharedParts {
    /** Queries that are named; then follows how many more there are. */
    private static final int QUERIES_TOLD_MAX = 5;

    private SharedParts() {}

    /** Empty when it shares nothing. */
    static String of(Subquery subquery, PhysicalPlan plan, Deployments deployments) {
        StringBuilder text = new StringBuilder();
        for (SourceBinding source : subquery.sources()) {
            if (!source.bounded()) {
                deployments
                        .producers()
                        .serving(Wiring.forConnectors(source.stream()))
                        .ifPresent(
                                producer ->
                                        line(
                                                text,
                                                "source of " + source.stream().name(),
                                                producer.queries()));
            }
        }
        for (PhysicalPlan.Fragment fragment : plan.fragments()) {
            Set<String> queries = new TreeSet<>();
            for (Deployment deployment : deployments.all()) {
                for (Deployment.Part part : deployment.parts()) {
                    if (part.assignment() instanceof Assignment.Consumer consumer
                            && consumer.codeId().equals(fragment.codeId())) {
                        queries.add(deployment.queryId());
                    }
                }
            }
            line(text, "code " + KernelModule.shortId(fragment.codeId()), queries);
        }
        return text.isEmpty() ? "" : "Shared\n" + text;
    }

    private static void line(StringBuilder text, String what, Set<String> queries) {
        if (queries.isEmpty()) {
            return;
        }
        Set<String> sorted = new TreeSet<>(queries);
        text.append("  ").append(what).append(": with ");
        text.append(String.join(", ", sorted.stream().limit(QUERIES_TOLD_MAX).toList()));
        int more = sorted.size() - QUERIES_TOLD_MAX;
        text.append(more > 0 ? " and " + more + " more" : "").append('\n');
    }
}
