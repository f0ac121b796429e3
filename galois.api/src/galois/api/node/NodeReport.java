package galois.api.node;

import java.util.List;
import java.util.Map;

/** What a node has done, by assignment. */
public record NodeReport(String nodeId, String dataAddress, List<RoleReport> roles) {
    public NodeReport {
        roles = List.copyOf(roles);
    }

    /**
     * @param queryId empty for a role that queries share
     * @param role p, c or z
     * @param label stream, kernel operators or target, for people
     * @param codeId of a kernel; empty otherwise
     * @param sinceUs epoch microseconds of the assignment
     * @param p50Us median latency of rows given to the outside; 0 for other roles
     * @param p99Us the same, of the slowest hundredth
     * @param inputs ids of edges that bring its rows: they are outputs of other roles
     * @param outputs ids of edges over which its rows go
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
            long p99Us,
            List<String> inputs,
            List<String> outputs) {
        public RoleReport {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }
}
