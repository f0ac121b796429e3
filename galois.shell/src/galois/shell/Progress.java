package galois.shell;

import galois.api.node.NodeReport;
import galois.api.node.NodeReport.RoleReport;
import galois.api.node.NodeStatus;

import java.util.List;
import java.util.Locale;

/** What the nodes of this runtime have done, in a few words. */
final class Progress {
    private Progress() {}

    static String text(List<NodeStatus> nodes) {
        long in = 0;
        long out = 0;
        for (NodeStatus node : nodes) {
            NodeReport report = node.report();
            for (RoleReport role : report.roles()) {
                in += role.role().equals("p") ? role.rowsIn() : 0;
                out += role.role().equals("z") ? role.rowsOut() : 0;
            }
        }
        return String.format(Locale.ROOT, "%,d rows in, %,d rows out; Ctrl-C ends", in, out);
    }
}
