package galois.console;

import com.fasterxml.jackson.databind.ObjectMapper;

import galois.api.client.QueryClient;
import galois.api.client.QuerySnapshot;
import galois.api.node.NodeReport;
import galois.api.node.NodeStatus;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** The page "GALOIS" of the web console: nodes, roles, kernels and queries with live numbers. */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=galois",
            ServletConstants.PLUGIN_TITLE + "=Pipeline",
            ServletConstants.PLUGIN_CATEGORY + "=GALOIS",
            ServletConstants.PLUGIN_CSS_REFERENCES + "=/galois/res/galois.css"
        })
public final class GaloisPage extends AbstractServlet {
    private static final long serialVersionUID = 1;

    private final transient ObjectMapper json = new ObjectMapper();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile List<NodeStatus> nodes;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile QueryClient client;

    /** What the page asks for every second. */
    record Data(List<NodeReport> nodes, List<QuerySnapshot> queries) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getPathInfo() != null && request.getPathInfo().endsWith("/data.json")) {
            setNoCache(response);
            response.setContentType("application/json");
            response.setCharacterEncoding("UTF-8");
            json.writeValue(response.getWriter(), data());
            return;
        }
        super.doGet(request, response);
    }

    private Data data() {
        QueryClient queries = client;
        return new Data(
                nodes.stream()
                        .map(NodeStatus::report)
                        .sorted(Comparator.comparing(NodeReport::nodeId))
                        .toList(),
                queries == null ? List.of() : queries.queries());
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String root = (String) request.getAttribute(ServletConstants.ATTR_PLUGIN_ROOT);
        response.getWriter()
                .println(
                        "<div id=\"galois\" data-root=\""
                                + root
                                + "\"><p>Waiting for data ...</p></div><script src=\""
                                + root
                                + "/res/galois.js\"></script>");
    }
}
