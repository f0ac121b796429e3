package galois.shell;

import galois.api.GaloisException;
import galois.api.TextPosition;
import galois.api.client.ClientSession;
import galois.api.client.QueryClient;
import galois.api.node.NodeReport;
import galois.api.node.NodeReport.RoleReport;
import galois.api.node.NodeStatus;
import galois.api.query.SourceText;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Commands for Gogo: {@code galois:nodes}, {@code galois:roles}, {@code galois:queries}, {@code
 * galois:streams}, {@code galois:kernels}, {@code galois:sql}. Each returns its text.
 */
@Component(
        service = GaloisCommands.class,
        property = {
            "osgi.command.scope=galois",
            "osgi.command.function=nodes",
            "osgi.command.function=roles",
            "osgi.command.function=queries",
            "osgi.command.function=streams",
            "osgi.command.function=kernels",
            "osgi.command.function=sql"
        })
public final class GaloisCommands {
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<NodeStatus> nodes;

    @Reference private QueryClient client;

    private List<NodeReport> reports() {
        return nodes.stream()
                .map(NodeStatus::report)
                .sorted(Comparator.comparing(NodeReport::nodeId))
                .toList();
    }

    /** Nodes of this runtime with their data address and number of roles. */
    public String nodes() {
        return lines(
                "no node",
                reports().stream()
                        .map(
                                n ->
                                        n.nodeId()
                                                + "  "
                                                + n.dataAddress()
                                                + "  roles "
                                                + n.roles().size())
                        .toList());
    }

    /** What every node does, with rows in and out. */
    public String roles() {
        return lines(
                "no role is assigned",
                reports().stream()
                        .flatMap(n -> n.roles().stream().map(r -> role(n.nodeId(), r)))
                        .toList());
    }

    private static String role(String nodeId, RoleReport role) {
        return nodeId
                + "  "
                + role.role()
                + "  "
                + role.assignmentId()
                + "  "
                + role.label()
                + "  in "
                + role.rowsIn()
                + "  out "
                + role.rowsOut()
                + (role.problems().isEmpty() ? "" : "  problems " + role.problems());
    }

    /** Queries that clients of this runtime started. */
    public String queries() {
        return lines(
                "no query",
                client.queries().stream()
                        .map(
                                q ->
                                        q.id()
                                                + "  "
                                                + q.state()
                                                + "  "
                                                + q.text().replaceAll("\\s+", " "))
                        .toList());
    }

    /** The streams of the catalogue. */
    public String streams() {
        try (ClientSession session = client.open(problems -> {})) {
            SourceText statement = new SourceText("SHOW STREAMS", new TextPosition(1, 1));
            String text = session.execute(statement, null).text();
            return text == null || text.isBlank() ? "no stream" : text.stripTrailing();
        }
    }

    /**
     * Runs statements: {@code galois:sql "SHOW QUERIES; PAUSE QUERY hot"}. What they create stays.
     * A query needs a name or a stream to insert into: nobody would take its rows here.
     */
    public String sql(String script) {
        StringBuilder text = new StringBuilder();
        try (ClientSession session = client.open(problems -> {})) {
            session.keep();
            for (SourceText statement : session.split(script)) {
                ClientSession.Outcome outcome = session.execute(statement, new DiscardedRows());
                text.append(outcome.text() == null ? "" : outcome.text());
                if (outcome.query() != null) {
                    text.append("started ").append(outcome.query().id()).append('\n');
                }
            }
        } catch (GaloisException e) {
            text.append(e.userText()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    /** Kernels by code id, with the nodes that run them. */
    public String kernels() {
        Map<String, String> kernels = new TreeMap<>();
        for (NodeReport node : reports()) {
            for (RoleReport role : node.roles()) {
                if (!role.codeId().isEmpty()) {
                    String place = node.nodeId() + " (" + role.label() + ")";
                    kernels.merge(role.codeId(), place, (a, b) -> a + ", " + b);
                }
            }
        }
        return lines(
                "no kernel runs",
                kernels.entrySet().stream().map(e -> e.getKey() + "  " + e.getValue()).toList());
    }

    private static String lines(String none, List<String> lines) {
        return lines.isEmpty() ? none : lines.stream().collect(Collectors.joining("\n"));
    }
}
