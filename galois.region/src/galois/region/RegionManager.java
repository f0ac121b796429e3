package galois.region;

import galois.api.ErrorCode;
import galois.api.control.Message;
import galois.api.control.Message.ClusterHello;
import galois.api.control.Message.Deploy;
import galois.api.control.Message.ExplainPlacement;
import galois.api.control.Message.Failure;
import galois.api.control.Message.MemberChanged;
import galois.api.control.Message.PlacementExplained;
import galois.api.control.Message.QueryChanged;
import galois.api.control.Message.RegionHello;
import galois.api.control.Message.RowProblems;
import galois.api.control.Message.Subquery;
import galois.api.control.Message.Withdraw;
import galois.api.control.QueryState;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A region gives each subquery that comes from above to the cluster with the fewest, and passes
 * what the cluster says about it upwards. It knows no operator and no node.
 *
 * <p>A restart loses nothing: clusters and the global manager say what runs when they see the
 * region again, and a cluster that comes back is told again what it was given; both are idempotent.
 *
 * <p>Single threaded; no I/O, clock or random number of its own.
 */
public final class RegionManager {
    /** How long a subquery waits for a cluster. */
    static final long CLUSTER_WAIT_NS = 10_000_000_000L;

    /**
     * Explanations that may wait for a cluster or its answer. One more drives out the oldest that a
     * cluster has; when all wait for a cluster, it is refused.
     */
    static final int EXPLANATIONS_MAX = 256;

    private static final String GLOBAL = "global";
    private static final String CLUSTER = "cluster/";

    private final String regionId;
    private final Map<String, ClusterHello> clusters = new TreeMap<>();
    private final Map<String, Query> queries = new LinkedHashMap<>();
    private final List<Explanation> explanations = new ArrayList<>();
    private List<RegionEffect> effects = new ArrayList<>();

    /**
     * A question. The answer passes by this region, so one that a cluster has is kept a while: the
     * cluster may end before it answers.
     */
    private static final class Explanation {
        final ExplainPlacement question;

        /** Null while no cluster has it. */
        String clusterId;

        /** When it is refused for want of a cluster, or forgotten if a cluster has it. */
        long deadlineNs;

        Explanation(ExplainPlacement question) {
            this.question = question;
        }
    }

    /** A subquery and what became of it. */
    private static final class Query {
        /** Null when a cluster spoke of it first, after a restart. */
        Subquery subquery;

        /** Null while no cluster has it. */
        String clusterId;

        boolean withdrawn;
        long deadlineNs;
        QueryChanged news;
    }

    public RegionManager(String regionId) {
        this.regionId = regionId;
    }

    public List<RegionEffect> onEvent(RegionEvent event, long nowNs) {
        effects = new ArrayList<>();
        if (event instanceof RegionEvent.Received received) {
            onMessage(received.from(), received.message(), nowNs);
        }
        giveUpWaiting(nowNs);
        return List.copyOf(effects);
    }

    private void onMessage(String from, Message message, long nowNs) {
        if (message instanceof MemberChanged change) {
            onMember(change, nowNs);
        } else if (message instanceof ClusterHello hello) {
            onCluster(hello, nowNs);
        } else if (message instanceof Deploy deploy) {
            onDeploy(deploy.subquery(), nowNs);
        } else if (message instanceof Withdraw withdraw) {
            onWithdraw(withdraw);
        } else if (message instanceof QueryChanged news) {
            onNews(from, news);
        } else if (message instanceof RowProblems problems) {
            send(GLOBAL, problems);
        } else if (message instanceof ExplainPlacement question) {
            onExplain(question, nowNs);
        }
    }

    /** The global manager learns of every query that runs before it can send a new one. */
    private void onMember(MemberChanged change, long nowNs) {
        if (change.address().equals(GLOBAL) && change.up()) {
            for (Query query : queries.values()) {
                if (query.news != null) {
                    send(GLOBAL, query.news);
                }
            }
            send(GLOBAL, new RegionHello(regionId));
        } else if (change.address().startsWith(CLUSTER) && !change.up()) {
            String gone = change.address().substring(CLUSTER.length());
            clusters.remove(gone);
            explanations.stream()
                    .filter(explanation -> gone.equals(explanation.clusterId))
                    .forEach(explanation -> ask(explanation, nowNs));
        }
    }

    private void onCluster(ClusterHello hello, long nowNs) {
        clusters.put(hello.clusterId(), hello);
        for (Map.Entry<String, Query> entry : queries.entrySet()) {
            Query query = entry.getValue();
            if (query.clusterId == null) {
                choose(query);
            }
            if (hello.clusterId().equals(query.clusterId)) {
                tell(entry.getKey(), query);
            }
        }
        explanations.stream()
                .filter(explanation -> explanation.clusterId == null)
                .forEach(explanation -> ask(explanation, nowNs));
    }

    private void onDeploy(Subquery subquery, long nowNs) {
        Query query = queries.computeIfAbsent(subquery.queryId(), id -> new Query());
        if (query.subquery != null && query.subquery.epoch() != subquery.epoch()) {
            query.withdrawn = false;
        }
        query.subquery = subquery;
        if (query.clusterId == null) {
            choose(query);
        }
        if (query.clusterId == null) {
            query.deadlineNs = nowNs + CLUSTER_WAIT_NS;
            effects.add(new RegionEffect.WakeAt(query.deadlineNs));
        } else {
            tell(subquery.queryId(), query);
        }
    }

    private void onWithdraw(Withdraw withdraw) {
        Query query = queries.get(withdraw.queryId());
        if (query == null) { // known to a cluster perhaps, from before a restart
            clusters.keySet().forEach(cluster -> send(CLUSTER + cluster, withdraw));
        } else if (query.clusterId == null) {
            end(new QueryChanged(withdraw.queryId(), QueryState.STOPPED, null, Map.of()));
        } else {
            query.withdrawn = true;
            tell(withdraw.queryId(), query);
        }
    }

    private void onNews(String from, QueryChanged news) {
        if (news.state().isFinal()) {
            end(news);
            return;
        }
        Query query = queries.computeIfAbsent(news.queryId(), id -> new Query());
        query.clusterId = from.substring(from.indexOf('/') + 1);
        query.news = news;
        send(GLOBAL, news);
    }

    private void onExplain(ExplainPlacement question, long nowNs) {
        if (explanations.size() >= EXPLANATIONS_MAX && !forgetOldestAsked()) {
            refuse(question);
            return;
        }
        Explanation explanation = new Explanation(question);
        explanations.add(explanation);
        ask(explanation, nowNs);
    }

    private boolean forgetOldestAsked() {
        return explanations.stream()
                .filter(explanation -> explanation.clusterId != null)
                .findFirst()
                .map(explanations::remove)
                .orElse(false);
    }

    private void giveUpWaiting(long nowNs) {
        List<String> late =
                queries.entrySet().stream()
                        .filter(e -> e.getValue().clusterId == null)
                        .filter(e -> e.getValue().deadlineNs - nowNs <= 0)
                        .map(Map.Entry::getKey)
                        .toList();
        late.forEach(id -> end(new QueryChanged(id, QueryState.FAILED, noCluster(), Map.of())));
        explanations.removeIf(
                explanation -> {
                    boolean over = explanation.deadlineNs - nowNs <= 0;
                    if (over && explanation.clusterId == null) {
                        refuse(explanation.question);
                    }
                    return over;
                });
    }

    // ---- sending

    private void choose(Query query) {
        query.clusterId = fewest().orElse(null);
    }

    /** The cluster with the fewest queries of this region; the first by name among equals. */
    private Optional<String> fewest() {
        return clusters.keySet().stream()
                .min(
                        Comparator.comparingLong(
                                id ->
                                        queries.values().stream()
                                                .filter(q -> id.equals(q.clusterId))
                                                .count()));
    }

    /** Says what the cluster should do; it may have heard it before. */
    private void tell(String queryId, Query query) {
        if (query.withdrawn) {
            send(CLUSTER + query.clusterId, new Withdraw(queryId));
        } else if (query.subquery != null) {
            send(CLUSTER + query.clusterId, new Deploy(query.subquery));
        }
    }

    private void ask(Explanation explanation, long nowNs) {
        explanation.clusterId = fewest().orElse(null);
        explanation.deadlineNs = nowNs + CLUSTER_WAIT_NS;
        if (explanation.clusterId == null) {
            effects.add(new RegionEffect.WakeAt(explanation.deadlineNs));
        } else {
            send(CLUSTER + explanation.clusterId, explanation.question);
        }
    }

    private void refuse(ExplainPlacement question) {
        send(question.replyTo(), new PlacementExplained(question.requestId(), null, noCluster()));
    }

    private void end(QueryChanged last) {
        queries.remove(last.queryId());
        send(GLOBAL, last);
    }

    private Failure noCluster() {
        return Failure.of(
                ErrorCode.UNREACHABLE,
                "region \"" + regionId + "\" has no cluster manager: start galois.cluster");
    }

    private void send(String to, Message message) {
        effects.add(new RegionEffect.Send(to, message));
    }
}
