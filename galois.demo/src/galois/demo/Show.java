package galois.demo;

import galois.api.Clock;
import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.client.QueryClient;
import galois.api.io.Broker;
import galois.api.node.NodeReport;
import galois.demo.elec.ElecRows;
import galois.demo.elec.FileRows;
import galois.demo.elec.GeneratedRows;
import galois.demo.producer.Producer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The demo from its first line to its last, on the calling thread. */
final class Show {
    static final long SEED = 1996;
    static final String TOPIC = "galois/elec";
    static final String FLOW_TOPIC = "galois/elec/taken";
    private static final long REDRAW_MS = 250;
    private static final long PROGRESS_MS = 3_000;

    private final DemoOptions options;
    private final Screen screen;
    private final boolean terminal;
    private final Supplier<String> endpoint;

    /** What the demo works on. */
    record World(
            QueryClient client,
            Broker broker,
            Supplier<List<NodeReport>> reports,
            Clock clock,
            ConsolePort console) {}

    /**
     * @param terminal whether the screen can be redrawn
     * @param endpoint the console's address in words, once it is known
     */
    Show(DemoOptions options, Screen screen, boolean terminal, Supplier<String> endpoint) {
        this.options = options;
        this.screen = screen;
        this.terminal = terminal;
        this.endpoint = endpoint;
    }

    /**
     * @param script file with the statements of the demo
     * @return exit code
     */
    int run(World world, String script) {
        Phases phases = new Phases(options.timing(), world.clock());
        try (ElecRows rows = rows();
                DemoRun run = new DemoRun(world.client(), world.reports(), world.clock())) {
            phases.reached("global manager there");
            run.deploy(read(script).replaceAll("\\$\\{BROKER:-[^}]*}", world.broker().url()));
            phases.reached("both queries run");
            screen.line("READY " + placement(run));
            screen.line("broker " + world.broker().url());
            world.console().open();
            run.start(
                    rows,
                    new Producer.Target(world.broker().url(), TOPIC, FLOW_TOPIC),
                    options.rate());
            return watch(run, rows.origin());
        }
    }

    private ElecRows rows() {
        return options.data() == null
                ? new GeneratedRows(SEED, options.rowsMax())
                : new FileRows(options.data(), options.rowsMax());
    }

    private static String read(String script) {
        try {
            return Files.readString(Path.of(script));
        } catch (IOException e) {
            throw new GaloisException(
                    ErrorCode.CONFIGURATION, "the script " + script + " cannot be read", e);
        }
    }

    private static String placement(DemoRun run) {
        StringBuilder text = new StringBuilder();
        for (WatchedQuery query : run.queries()) {
            text.append(text.isEmpty() ? "" : "; ").append(query.title()).append(": ");
            text.append(query.query().running().getNow(java.util.Map.of()));
        }
        return text.toString();
    }

    private int watch(DemoRun run, String origin) {
        CompletableFuture<Void> finished = run.finished();
        Frame before = null;
        String told = "";
        while (true) {
            boolean over = await(finished, terminal ? REDRAW_MS : PROGRESS_MS);
            Frame frame = Frame.of(run, origin, options.rate(), over, endpoint.get());
            if (terminal) {
                screen.redraw(Picture.lines(frame, before));
            } else {
                screen.line(Picture.progress(frame, before));
                told = tell(told, frame);
            }
            // Rates over at least a second, else they jump.
            before = before == null || frame.seconds() - before.seconds() >= 1 ? frame : before;
            if (over) {
                DemoRun.join(finished);
                screen.line(Summary.of(run, run.elapsedNs() / 1e9).json());
                if (options.once()) {
                    return 0;
                }
                screen.line("The data is over; the runtime stays up until Ctrl-C.");
                new CompletableFuture<Void>().join();
            }
        }
    }

    /** On a pipe the console's address is told once. */
    private String tell(String told, Frame frame) {
        if (!told.equals(frame.endpoint()) && !frame.endpoint().isEmpty()) {
            screen.line(frame.endpoint());
        }
        return frame.endpoint();
    }

    /** Returns whether the future is complete, in whatever way. */
    private static boolean await(CompletableFuture<Void> future, long timeoutMs) {
        try {
            future.handle((value, failure) -> null).get(timeoutMs, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new GaloisException(ErrorCode.UNREACHABLE, "the demo was interrupted", e);
        }
    }
}
