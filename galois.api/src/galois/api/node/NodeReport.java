package galois.api.node;

import java.util.List;
import java.util.Map;

/** What a node has done, by assignment. */
public record NodeReport(String nodeId, String dataAddress, List<RoleReport> roles) {
    public NodeReport {
        roles = List.copyOf(roles);
    }

    /**
     * @param role p, c or z
     * @param label stream, kernel operators or target, for people
     * @param codeId of a kernel; empty otherwise
     * @param sinceUs epoch microseconds of the assignment
     * @param latencyUs p50 and p99 of rows given to the outside; zeros for other roles
     */
    public record RoleReport(
            String assignmentId,
            String queryId,
            String role,
            String label,
            String codeId,
            long sinceUs,
            long rowsIn,
            long rowsOut,
            Map<String, Long> problems,
            List<String> samples,
            long p50Us,
            long p99Us) {}
}
