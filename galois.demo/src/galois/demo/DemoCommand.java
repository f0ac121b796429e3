package galois.demo;

import galois.api.Clock;
import galois.api.GaloisException;
import galois.api.client.Endpoint;
import galois.api.client.QueryClient;
import galois.api.io.Broker;
import galois.api.node.NodeReport;
import galois.api.node.NodeStatus;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

/** The command behind {@code ./galois demo}; the launcher calls it on the main thread. */
@Component(service = Callable.class, property = "galois.main=demo")
public final class DemoCommand implements Callable<Integer> {
    private final BundleContext context;
    private final QueryClient client;
    private final Broker broker;
    private final Clock clock;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<NodeStatus> nodes;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Endpoint> endpoints;

    @Activate
    public DemoCommand(
            BundleContext context, @Reference QueryClient client, @Reference Broker broker) {
        this.context = context;
        this.client = client;
        this.broker = broker;
        this.clock = new SystemClock();
    }

    @Override
    public Integer call() {
        try {
            String words = context.getProperty("galois.args");
            DemoOptions options =
                    DemoOptions.parse(
                            words == null || words.isEmpty()
                                    ? List.of()
                                    : List.of(words.split("\u001F", -1)));
            String script = context.getProperty("galois.demo.script");
            ConsolePort console =
                    new ConsolePort(
                            context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                                    .adapt(FrameworkStartLevel.class));
            console.reserve(options.port());
            Screen screen =
                    new Screen(
                            new FileOutputStream(FileDescriptor.out),
                            size("GALOIS_COLUMNS", 100),
                            size("GALOIS_ROWS", 50));
            Show show = new Show(options, screen, isTerminal(), this::endpoint);
            return show.run(new Show.World(client, broker, this::reports, clock, console), script);
        } catch (GaloisException e) {
            System.err.println(e.userText());
            return e.code().number() / 1000 == 1 || e.code().number() / 1000 == 2 ? 2 : 1;
        }
    }

    private List<NodeReport> reports() {
        return nodes.stream()
                .map(NodeStatus::report)
                .sorted(Comparator.comparing(NodeReport::nodeId))
                .toList();
    }

    private String endpoint() {
        StringBuilder text = new StringBuilder();
        for (Endpoint endpoint : endpoints) {
            text.append(text.isEmpty() ? "" : ", ");
            text.append(endpoint.name()).append(' ').append(endpoint.url());
            text.append(endpoint.note().isEmpty() ? "" : " (" + endpoint.note() + ")");
        }
        return text.toString();
    }

    /** The start script knows whether a person looks on; Java cannot tell. */
    private static boolean isTerminal() {
        return "terminal".equals(System.getenv("GALOIS_STDOUT"));
    }

    /** The size of the terminal as the start script measured it. */
    private static int size(String variable, int fallback) {
        String value = System.getenv(variable);
        return value != null && value.matches("[1-9][0-9]{1,3}")
                ? Integer.parseInt(value)
                : fallback;
    }
}
