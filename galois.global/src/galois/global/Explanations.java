package galois.global;

import galois.api.ErrorCode;
import galois.api.control.Message.Executed;
import galois.api.control.Message.ExplainPlacement;
import galois.api.control.Message.Failure;
import galois.api.control.Message.PlacementExplained;
import galois.api.control.Message.Refused;
import galois.api.control.Message.Subquery;
import galois.api.plan.LogicalPlan;
import galois.api.query.PlanText;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** EXPLAIN: the plans are known here, kernels and placement only at the cluster. */
final class Explanations {
    /** How long the lower tiers may take, their own waiting included. */
    static final long ANSWER_WAIT_NS = 20_000_000_000L;

    /** The answer to VALIDATE. */
    static final String VALID = "valid\n";

    private final Outbox out;
    private final String replyTo;
    private final Map<Long, Explanation> open = new LinkedHashMap<>();

    /** A question to a cluster, from the first statement on until it is answered. */
    private static final class Explanation {
        final Statements.Request request;

        /** The first part of the text; null when the answer is only that it can be done. */
        final String plans;

        final Subquery subquery;
        final long deadlineNs;

        /** The region that has it; null while none has. */
        String region;

        Explanation(Statements.Request request, String plans, Subquery subquery, long deadlineNs) {
            this.request = request;
            this.plans = plans;
            this.subquery = subquery;
            this.deadlineNs = deadlineNs;
        }
    }

    /**
     * @param replyTo address of the global manager
     */
    Explanations(Outbox out, String replyTo) {
        this.out = out;
        this.replyTo = replyTo;
    }

    /** Asks the region of the source; when it is not there yet, as soon as it is. */
    void ask(
            Statements.Request request,
            PlannedStatement.Query query,
            Subquery subquery,
            Set<String> regions,
            boolean onlyValid,
            long nowNs) {
        String plans =
                onlyValid
                        ? null
                        : "Logical plan\n"
                                + indented(query.plan())
                                + "Optimized plan ("
                                + request.settings().optimizer()
                                + ")\n"
                                + indented(query.optimized())
                                + notes(query);
        long deadlineNs = nowNs + ANSWER_WAIT_NS;
        open.put(request.ticket(), new Explanation(request, plans, subquery, deadlineNs));
        out.wakeAt(deadlineNs);
        askRegions(regions);
    }

    private static String notes(PlannedStatement.Query query) {
        return notes("Parallel", query.notes()) + notes("Late rows", query.lateness());
    }

    private static String notes(String title, List<String> lines) {
        return lines.isEmpty() ? "" : title + "\n" + String.join("\n", lines).indent(2);
    }

    void askRegions(Set<String> regions) {
        for (Explanation explanation : open.values()) {
            if (explanation.region != null) {
                continue;
            }
            String region = Splitter.region(explanation.subquery.sources(), regions);
            if (region != null) {
                explanation.region = region;
                long ticket = explanation.request.ticket();
                out.send(
                        Queries.REGION + region,
                        new ExplainPlacement(ticket, replyTo, explanation.subquery));
            }
        }
    }

    /** What it was asked is lost with it: it is asked again when it is back. */
    void regionDown(String region) {
        for (Explanation explanation : open.values()) {
            if (region.equals(explanation.region)) {
                explanation.region = null;
            }
        }
    }

    private static String indented(LogicalPlan plan) {
        return PlanText.of(plan).indent(2);
    }

    void onAnswer(PlacementExplained answer) {
        Explanation explanation = open.remove(answer.requestId());
        if (explanation == null) {
            return;
        }
        Statements.Request request = explanation.request;
        long requestId = request.execute().requestId();
        if (answer.failure() != null) {
            out.send(request.client(), new Refused(requestId, answer.failure()));
        } else {
            String text = explanation.plans == null ? VALID : explanation.plans + answer.text();
            out.send(request.client(), new Executed(requestId, null, text, Map.of(), true));
        }
    }

    void onTime(long nowNs) {
        Iterator<Explanation> all = open.values().iterator();
        while (all.hasNext()) {
            Explanation explanation = all.next();
            if (explanation.deadlineNs - nowNs <= 0) {
                all.remove();
                Failure silence =
                        Failure.of(
                                ErrorCode.UNREACHABLE,
                                "no region or cluster answered within "
                                        + ANSWER_WAIT_NS / 1_000_000_000L
                                        + " s: look at their logs");
                Statements.Request request = explanation.request;
                out.send(request.client(), new Refused(request.execute().requestId(), silence));
            }
        }
    }
}
