package galois.console;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The page "Shell" of the web console: one Gogo command at a time, {@code galois:nodes} to begin
 * with.
 */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=galois-shell",
            ServletConstants.PLUGIN_TITLE + "=Shell",
            ServletConstants.PLUGIN_CATEGORY + "=GALOIS",
            ServletConstants.PLUGIN_CSS_REFERENCES + "=/galois-shell/res/galois.css"
        })
public final class GogoPage extends AbstractServlet {
    private static final long serialVersionUID = 1;

    /** A longer command is refused. */
    static final int COMMAND_CHARS_MAX = 4_096;

    private final transient CommandProcessor processor;

    @Activate
    public GogoPage(@Reference CommandProcessor processor) {
        this.processor = processor;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String command = request.getParameter("command");
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        if (command == null || command.length() > COMMAND_CHARS_MAX) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        response.getWriter().print(run(command));
    }

    /** What the command prints, or why it failed. */
    private String run(String command) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ByteArrayInputStream none = new ByteArrayInputStream(new byte[0]);
        try (CommandSession session = processor.createSession(none, out, out)) {
            Object value = session.execute(command);
            if (value != null) {
                out.println(
                        session.format(value, org.apache.felix.service.command.Converter.INSPECT));
            }
        } catch (Exception e) { // boundary: Gogo declares it for whatever a command throws
            out.println(e.getMessage() == null ? e.toString() : e.getMessage());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String root = (String) request.getAttribute(ServletConstants.ATTR_PLUGIN_ROOT);
        response.getWriter()
                .println(
                        "<div id=\"galois-shell\" data-root=\""
                                + root
                                + "\"></div><script src=\""
                                + root
                                + "/res/shell.js\"></script>");
    }
}
