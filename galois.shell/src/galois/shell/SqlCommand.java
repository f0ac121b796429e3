package galois.shell;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.client.QueryClient;
import galois.api.io.Format;
import galois.api.node.NodeStatus;
import galois.api.plan.StreamDefinition;
import galois.shell.output.EncodedText;
import galois.shell.output.RowText;
import galois.shell.output.TableText;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The command behind {@code ./galois sql}; the launcher calls it on the main thread. */
@Component(service = Callable.class, property = "galois.main=sql")
public final class SqlCommand implements Callable<Integer> {
    private final QueryClient client;
    private final Map<String, Format> formats;
    private final String arguments;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<NodeStatus> nodes;

    @Activate
    public SqlCommand(
            BundleContext context,
            @Reference QueryClient client,
            @Reference(target = "(name=csv)") Format csv,
            @Reference(target = "(name=json)") Format json) {
        this.client = client;
        this.formats = Map.of("csv", csv, "json", json);
        String words = context.getProperty("galois.args");
        this.arguments = words == null ? "" : words;
    }

    @Override
    public Integer call() {
        try {
            List<String> words =
                    arguments.isEmpty() ? List.of() : List.of(arguments.split("\u001F", -1));
            SqlOptions options = SqlOptions.parse(words);
            SqlRun run =
                    new SqlRun(
                            client,
                            this::format,
                            System::getenv,
                            System.err,
                            Terminal.isError() ? this::statusLine : null);
            // Not System.out: its PrintStream hides that nobody reads any more.
            FileOutputStream out = new FileOutputStream(FileDescriptor.out);
            return run.run(options, out, Terminal.isOutput() ? "table" : "csv");
        } catch (GaloisException e) {
            System.err.println(e.userText());
            return SqlRun.exitCode(e);
        }
    }

    private StatusLine statusLine() {
        return new StatusLine(System.err, () -> Progress.text(nodes));
    }

    private RowText.Factory format(String name) {
        Format format = formats.get(name);
        if (format == null && !name.equals("table")) {
            throw new GaloisException(ErrorCode.UNKNOWN_SERVICE, "unknown format " + name);
        }
        return schema ->
                format == null
                        ? new TableText(schema)
                        : new EncodedText(
                                format.encoder(
                                        new StreamDefinition(
                                                "result", schema, Map.of(), -1, 0, Map.of()),
                                        false));
    }
}
