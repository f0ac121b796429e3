package galois.node.role;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Message.Failure;
import galois.api.control.QueryState;
import galois.api.node.NodeContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a role's end by an error is told. */
public final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** Tells the cluster manager; what is not a numbered error is a bug and is logged in full. */
    public static void report(NodeContext node, String assignmentId, RuntimeException problem) {
        node.report(assignmentId, QueryState.FAILED, failure(assignmentId, problem));
    }

    private static Failure failure(String assignmentId, RuntimeException problem) {
        if (problem instanceof GaloisException known) {
            return new Failure(known.code().number(), known.getMessage(), 0, 0);
        }
        LOG.error("assignment {} failed", assignmentId, problem);
        return new Failure(
                ErrorCode.BUG.number(),
                assignmentId + " failed: " + problem + "; the log of the node has the details",
                0,
                0);
    }
}
