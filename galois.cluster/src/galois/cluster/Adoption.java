package galois.cluster;

import galois.api.ErrorCode;
import galois.api.control.Assignment;
import galois.api.control.Message.Failure;
import galois.api.control.QueryState;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Learns from the nodes what runs already: after a restart of the cluster manager its tables are
 * empty, while roles and rows go on undisturbed.
 */
final class Adoption {
    private final Deployments deployments;
    private final Outbox out;
    private boolean changed;

    Adoption(Deployments deployments, Outbox out) {
        this.deployments = deployments;
        this.out = out;
    }

    /** A node said what it runs. */
    void take(List<Assignment> running) {
        changed = true;
        for (Assignment assignment : running) {
            if (assignment.queryId().isEmpty()) {
                deployments.shared().adopt(assignment);
            } else {
                take(assignment);
            }
        }
    }

    private void take(Assignment assignment) {
        Deployment known = deployments.of(assignment.queryId()).orElse(null);
        if (known == null) {
            known = new Deployment(assignment.queryId(), null, DeploymentPhase.ADOPTED);
            deployments.add(known);
        }
        boolean stale = known.subquery() != null && known.subquery().epoch() != assignment.epoch();
        if (!stale && known.phase() == DeploymentPhase.WAITING) {
            known.phase(DeploymentPhase.ADOPTED, 0);
        }
        if (stale) {
            out.unassign(assignment.nodeId(), assignment.id());
        } else if (known.phase() == DeploymentPhase.ADOPTED) {
            known.put(assignment, QueryState.RUNNING);
        } else if (known.part(assignment.id()) == null) {
            out.unassign(assignment.nodeId(), assignment.id());
        }
    }

    /**
     * Every node has spoken: what is complete runs; what had not begun to flow begins anew; the
     * rest has failed.
     */
    void settle(long nowNs) {
        if (!changed) {
            return;
        }
        changed = false;
        deployments.shared().learn(queryIds());
        for (Deployment deployment : deployments.all()) {
            if (deployment.phase() == DeploymentPhase.ADOPTED) {
                settle(deployment, nowNs);
            }
        }
        SharedSenders shared = deployments.shared();
        Set<String> gone = new TreeSet<>();
        for (SharedSender sender : shared.all()) {
            if (sender.isKernel()) {
                sender.users().retainAll(queryIds());
                if (sender.users().isEmpty()) {
                    gone.add(sender.id());
                }
            }
            for (String owner : sender.owners()) {
                if (deployments.of(owner).isEmpty() && shared.byId(owner).isEmpty()) {
                    gone.add(owner);
                }
            }
        }
        shared.prune(gone, out);
    }

    private Set<String> queryIds() {
        Set<String> ids = new TreeSet<>();
        deployments.all().forEach(deployment -> ids.add(deployment.queryId()));
        return ids;
    }

    private void settle(Deployment deployment, long nowNs) {
        if (deployment.isWritten()) {
            deployments.finish(deployment);
        } else if (deployments.isComplete(deployment)) {
            deployments.run(deployment);
        } else if (deployments.isFed(deployment)) {
            deployments.fail(deployment, interrupted(deployment.queryId()));
        } else {
            deployments.replace(deployment, deployment.subquery(), nowNs);
        }
    }

    private static Failure interrupted(String queryId) {
        return Failure.of(
                ErrorCode.UNREACHABLE,
                queryId + " lost a part while its cluster manager was away: start the query again");
    }
}
