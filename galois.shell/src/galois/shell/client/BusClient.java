package galois.shell.client;

import galois.api.GaloisException;
import galois.api.client.ClientSession;
import galois.api.client.QueryClient;
import galois.api.client.QuerySnapshot;
import galois.api.control.Bus;
import galois.api.query.QueryLanguage;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/** Opens sessions over the bus and remembers what they started. */
public final class BusClient implements QueryClient {
    /** Queries remembered for live views; the oldest ended ones go first. */
    static final int QUERIES_MAX = 1_000;

    private final Bus bus;
    private final QueryLanguage language;
    private final ResultConnector results;
    private final AtomicLong lastAddress = new AtomicLong();
    private final ConcurrentLinkedDeque<RunningQuery> queries = new ConcurrentLinkedDeque<>();

    public BusClient(Bus bus, QueryLanguage language, ResultConnector results) {
        this.bus = bus;
        this.language = language;
        this.results = results;
    }

    @Override
    public ClientSession open(ClientSession.Listener listener) {
        BusSession session =
                new BusSession(
                        bus,
                        "client/" + lastAddress.incrementAndGet(),
                        language,
                        results,
                        listener,
                        this::remember);
        try {
            session.awaitManager();
            return session;
        } catch (GaloisException e) {
            session.close();
            throw e;
        }
    }

    private void remember(RunningQuery query) {
        queries.add(query);
        if (queries.size() > QUERIES_MAX) {
            queries.stream()
                    .filter(q -> q.snapshot().state().isFinal())
                    .findFirst()
                    .ifPresent(queries::remove);
        }
    }

    @Override
    public List<QuerySnapshot> queries() {
        return queries.stream().map(RunningQuery::snapshot).toList();
    }
}
