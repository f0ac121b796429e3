package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Message;
import galois.api.control.Message.AssignmentChanged;
import galois.api.control.Message.ClusterHello;
import galois.api.control.Message.CodeRequest;
import galois.api.control.Message.Deploy;
import galois.api.control.Message.ExplainPlacement;
import galois.api.control.Message.MemberChanged;
import galois.api.control.Message.NodeHello;
import galois.api.control.Message.QueryChanged;
import galois.api.control.Message.Report;
import galois.api.control.Message.RowProblems;
import galois.api.control.Message.Subquery;
import galois.api.control.Message.Withdraw;
import galois.api.control.QueryState;
import galois.api.node.NodeReport;
import galois.api.node.NodeReport.RoleReport;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A cluster turns subqueries into roles on its nodes. What it knows it can learn again: when it
 * comes back after a restart, nodes say what they run and the region says what it wants; both are
 * compared, and nothing that runs is touched.
 *
 * <p>Single threaded; no I/O, clock or random number of its own.
 */
public final class ClusterManager {
    private final String clusterId;
    private final String regionAddress;
    private final Outbox out;
    private final NodeTable nodes = new NodeTable();
    private final Deployments deployments;
    private final Adoption adoption;
    private final PlanningQueue planning;

    /**
     * @param nodesMin nodes that must be there before anything is placed
     */
    public ClusterManager(String clusterId, String regionId, int nodesMin) {
        this.clusterId = clusterId;
        regionAddress = "region/" + regionId;
        out = new Outbox(regionAddress);
        deployments = new Deployments(out);
        adoption = new Adoption(deployments, out);
        planning = new PlanningQueue(clusterId, nodesMin, nodes, deployments, out);
    }

    public List<ClusterEffect> onEvent(ClusterEvent event, long nowNs) {
        if (event instanceof ClusterEvent.Received received) {
            onMessage(received.from(), received.message(), nowNs);
        } else if (event instanceof ClusterEvent.Planned planned) {
            planning.onPlanned(planned, nowNs);
        } else if (event instanceof ClusterEvent.NotPlanned refused) {
            planning.onRefused(refused);
        } else if (event instanceof ClusterEvent.Tick) {
            deployments.onTime(nowNs);
        }
        if (nodes.isSettled(nowNs)) {
            adoption.settle(nowNs);
        }
        deployments.takeReplacements().forEach(subquery -> deploy(subquery, nowNs));
        planning.onTime(nowNs);
        return out.take();
    }

    private void onMessage(String from, Message message, long nowNs) {
        if (message instanceof MemberChanged change) {
            onMember(change, nowNs);
        } else if (message instanceof NodeHello hello) {
            nodes.hello(hello.nodeId(), hello.dataAddress(), nowNs);
            adoption.take(hello.running());
        } else if (message instanceof Deploy deploy) {
            onDeploy(deploy.subquery(), nowNs);
        } else if (message instanceof Withdraw withdraw) {
            onWithdraw(withdraw.queryId(), nowNs);
        } else if (message instanceof ExplainPlacement question) {
            planning.explain(question, nowNs);
        } else if (message instanceof AssignmentChanged change) {
            deployments.onChanged(change, nowNs);
        } else if (message instanceof Report report) {
            onReport(report.report());
        } else if (message instanceof CodeRequest request) {
            out.add(new ClusterEffect.SendCode(from, request.codeId()));
        }
    }

    private void onMember(MemberChanged change, long nowNs) {
        if (change.address().startsWith(NodeTable.ADDRESS)) {
            String nodeId = change.address().substring(NodeTable.ADDRESS.length());
            if (change.up()) {
                nodes.up(nodeId, nowNs);
                out.wakeAt(nowNs + NodeTable.HELLO_WAIT_NS);
            } else {
                nodes.down(nodeId);
                deployments.nodeLeft(nodeId);
            }
        } else if (change.address().equals(regionAddress) && change.up()) {
            deployments.all().forEach(deployments::tell);
            out.toRegion(new ClusterHello(clusterId, nodes.ready().size()));
        }
    }

    /** Idempotent: what is known already is answered with its state. */
    private void onDeploy(Subquery subquery, long nowNs) {
        Deployment known = deployments.of(subquery.queryId()).orElse(null);
        if (known == null) {
            deployments.end(subquery).ifPresentOrElse(out::toRegion, () -> deploy(subquery, nowNs));
        } else if (known.phase() == DeploymentPhase.ENDING && known.subquery() == null) {
            known.next(subquery);
        } else if (known.epoch() != subquery.epoch()) {
            planning.forget(known.queryId());
            deployments.replace(known, subquery, nowNs);
        } else {
            known.subquery(subquery);
            deployments.pauseOrResume(known);
            deployments.tell(known);
        }
    }

    private void deploy(Subquery subquery, long nowNs) {
        deployments.add(new Deployment(subquery.queryId(), subquery, DeploymentPhase.WAITING));
        planning.deploy(subquery, nowNs);
    }

    private void onWithdraw(String queryId, long nowNs) {
        planning.forget(queryId);
        deployments
                .of(queryId)
                .ifPresentOrElse(
                        known -> deployments.withdraw(known, nowNs),
                        () ->
                                out.toRegion(
                                        new QueryChanged(
                                                queryId, QueryState.STOPPED, null, Map.of())));
    }

    private void onReport(NodeReport report) {
        for (RoleReport role : report.roles()) {
            SharedSenders all = deployments.shared();
            SharedSender shared = all.byId(role.assignmentId()).orElse(null);
            Set<String> queries = shared == null ? Set.of(role.queryId()) : all.queries(shared);
            for (String queryId : queries) {
                deployments.of(queryId).ifPresent(known -> count(known, role));
            }
            if (shared != null) {
                all.problems(shared.id(), role.problems());
            }
        }
    }

    /** Empty when it is about another query of the same source. */
    private String ownCause(Deployment deployment, String cause) {
        if (!cause.startsWith(Assignment.MISSED_BY)) {
            return cause;
        }
        String edge = cause.substring(Assignment.MISSED_BY.length());
        String owner = AssignmentIds.queryOfEdge(edge);
        boolean isOwn =
                owner.equals(deployment.queryId())
                        || deployments
                                .shared()
                                .byId(owner)
                                .filter(s -> s.users().contains(deployment.queryId()))
                                .isPresent();
        return isOwn ? "missed while paused" : "";
    }

    private void count(Deployment deployment, RoleReport role) {
        RowProblemCounts problems = deployment.problems();
        Map<String, Long> counts = new TreeMap<>();
        role.problems()
                .forEach((cause, n) -> counts.merge(ownCause(deployment, cause), n, Long::sum));
        counts.remove("");
        if (problems.update(role.assignmentId(), counts, role.samples())) {
            String stream = deployment.streams();
            out.toRegion(
                    new RowProblems(
                            deployment.queryId(), stream, problems.counts(), problems.samples()));
        }
    }
}
