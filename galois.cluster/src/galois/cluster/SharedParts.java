package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Message.SourceBinding;
import galois.api.control.Message.Subquery;
import galois.api.kernel.KernelModule;

import java.util.List;
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
        SharedSenders shared = deployments.shared();
        for (SourceBinding source : subquery.sources()) {
            if (!source.bounded()) {
                shared.reading(Wiring.forConnectors(source.stream()))
                        .ifPresent(
                                reader ->
                                        line(
                                                text,
                                                "source of " + source.stream().name(),
                                                shared.queries(reader)));
            }
        }
        List<SharedWork> works = SharedWork.of(subquery, plan);
        for (int i = 0; i < works.size(); i++) {
            PhysicalPlan.Fragment fragment = plan.fragments().get(i);
            String code = "code " + KernelModule.shortId(fragment.codeId());
            Set<String> sameRows =
                    works.get(i) == null
                            ? Set.of()
                            : shared.doing(works.get(i)).map(shared::queries).orElse(Set.of());
            line(text, "rows of " + String.join(" + ", fragment.operators()), sameRows);
            Set<String> sameCode = withCode(fragment.codeId(), deployments);
            sameCode.removeAll(sameRows);
            line(text, code, sameCode);
        }
        return text.isEmpty() ? "" : "Shared\n" + text;
    }

    private static Set<String> withCode(String codeId, Deployments deployments) {
        Set<String> queries = new TreeSet<>();
        for (Deployment deployment : deployments.all()) {
            for (Deployment.Part part : deployment.parts()) {
                if (part.assignment() instanceof Assignment.Consumer consumer
                        && consumer.codeId().equals(codeId)) {
                    queries.add(deployment.queryId());
                }
            }
        }
        for (SharedSender sender : deployments.shared().all()) {
            if (sender.assignment() instanceof Assignment.Consumer consumer
                    && consumer.codeId().equals(codeId)) {
                queries.addAll(deployments.shared().queries(sender));
            }
        }
        return queries;
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
