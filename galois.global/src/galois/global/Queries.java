package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Message.Deploy;
import galois.api.control.Message.Failure;
import galois.api.control.Message.QueryChanged;
import galois.api.control.Message.RowProblems;
import galois.api.control.Message.SourceBinding;
import galois.api.control.Message.Withdraw;
import galois.api.control.QueryState;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The queries that run, with their owners, and the regions that run them. */
final class Queries {
    /** Queries at a time; one more is refused. */
    static final int QUERIES_MAX = 10_000;

    /** How long a query waits for the region of its source. */
    static final long REGION_WAIT_NS = 10_000_000_000L;

    /** How long a region may take to stop a query before it counts as stopped. */
    static final long STOP_WAIT_NS = 5_000_000_000L;

    /** Before the region id in an address of the bus. */
    static final String REGION = "region/";

    private final Outbox out;
    private final Map<String, RunningQuery> byId = new LinkedHashMap<>();
    private final Set<String> regions = new TreeSet<>();
    private final NamedQueries named;
    private long lastId;

    Queries(Outbox out, NamedQueries named) {
        this.out = out;
        this.named = named;
    }

    List<RunningQuery> all() {
        return List.copyOf(byId.values());
    }

    /** A query that reads the stream, and is not that one. */
    Optional<String> readerOf(String streamName, String otherId) {
        String key = Streams.key(streamName);
        return byId.values().stream()
                .filter(q -> q.reads(key) && !q.id().equals(otherId))
                .map(RunningQuery::id)
                .findFirst();
    }

    /** True when rows of the stream come, over queries that run, to one of the others. */
    boolean leads(String streamKey, Set<String> others) {
        Set<String> reached = new TreeSet<>(Set.of(streamKey));
        boolean grows = true;
        while (grows) {
            grows = false;
            for (RunningQuery query : byId.values()) {
                boolean isFed = reached.stream().anyMatch(query::reads);
                grows |= isFed && reached.addAll(query.writes());
            }
        }
        return others.stream().anyMatch(reached::contains);
    }

    /**
     * Gives a query no rows for now, or rows again.
     *
     * @throws GaloisException UNKNOWN_STREAM
     */
    void pause(String queryId, boolean paused) {
        RunningQuery query = byId.get(queryId);
        if (query == null) {
            throw new GaloisException(
                    ErrorCode.UNKNOWN_STREAM,
                    "query \"" + queryId + "\" does not run: see SHOW QUERIES");
        }
        query.paused(paused);
        if (query.region() != null && !query.isStopping()) {
            tell(query);
        }
    }

    String nextId() {
        return "q-" + ++lastId;
    }

    Set<String> regions() {
        return regions;
    }

    /** A query that reads or writes the stream. */
    Optional<String> userOf(String streamName) {
        String key = Streams.key(streamName);
        return byId.values().stream().filter(q -> q.uses(key)).map(RunningQuery::id).findFirst();
    }

    /**
     * @throws GaloisException QUERY_LIMIT, STREAM_OPTION; nothing has changed
     */
    void check(PlannedStatement.Query planned) {
        if (byId.size() >= QUERIES_MAX) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT, QUERIES_MAX + " queries run: stop one first");
        }
        Splitter.region(planned.sources(), regions);
    }

    void start(RunningQuery query, long nowNs) {
        byId.put(query.id(), query);
        String region = Splitter.region(query.subquery().sources(), regions);
        if (region != null) {
            query.region(region);
            tell(query);
        } else {
            query.waitUntil(nowNs + REGION_WAIT_NS);
            out.wakeAt(nowNs + REGION_WAIT_NS);
        }
    }

    void stop(String queryId, long nowNs) {
        RunningQuery query = byId.get(queryId);
        if (query == null || query.isStopping()) {
            return;
        }
        if (query.region() == null) {
            over(query, QueryState.STOPPED, null);
            return;
        }
        query.stopBy(nowNs + STOP_WAIT_NS);
        out.wakeAt(nowNs + STOP_WAIT_NS);
        tell(query);
    }

    /** Results of a SELECT have nobody to go to any more; an INSERT goes on. */
    void clientLeft(String client, long nowNs) {
        for (RunningQuery query : List.copyOf(byId.values())) {
            if (query.isSelect() && query.client().equals(client)) {
                stop(query.id(), nowNs);
            }
        }
    }

    // ---- regions

    /** A region (re)appeared: it hears again what it should run. */
    void regionUp(String regionId) {
        regions.add(regionId);
        for (RunningQuery query : List.copyOf(byId.values())) {
            if (query.region() == null) {
                try {
                    query.region(Splitter.region(query.subquery().sources(), regions));
                } catch (GaloisException e) {
                    over(query, QueryState.FAILED, Failure.of(e));
                    continue;
                }
            }
            if (regionId.equals(query.region())) {
                tell(query);
            }
        }
    }

    void regionDown(String regionId) {
        regions.remove(regionId);
    }

    /** News of a query; a region is told to give up one that nobody here knows. */
    void onChanged(String from, QueryChanged change) {
        RunningQuery query = byId.get(change.queryId());
        if (query == null) {
            if (!change.state().isFinal()) {
                out.send(from, new Withdraw(change.queryId()));
            }
        } else if (change.state().isFinal()) {
            byId.remove(query.id());
            named.onEnd(change);
            out.send(query.client(), change);
        } else if (query.state() == QueryState.STARTING) {
            query.state(change.state());
            out.send(query.client(), change);
        }
    }

    void onProblems(RowProblems problems) {
        RunningQuery query = byId.get(problems.queryId());
        if (query != null) {
            out.send(query.client(), problems);
        }
    }

    void onTime(long nowNs) {
        for (RunningQuery query : List.copyOf(byId.values())) {
            if (!query.isLate(nowNs)) {
                continue;
            }
            if (query.isStopping()) {
                over(query, QueryState.STOPPED, null);
            } else {
                over(query, QueryState.FAILED, noRegion(query));
            }
        }
    }

    private Failure noRegion(RunningQuery query) {
        return query.subquery().sources().stream()
                .map(SourceBinding::stream)
                .filter(stream -> stream.option("region", null) != null)
                .filter(stream -> !regions.contains(stream.option("region", null)))
                .findFirst()
                .map(
                        stream ->
                                Failure.of(
                                        ErrorCode.UNREACHABLE,
                                        "region \""
                                                + stream.option("region", null)
                                                + "\" of stream \""
                                                + stream.name()
                                                + "\" is not there: start it or change the"
                                                + " stream"))
                .orElse(
                        Failure.of(
                                ErrorCode.UNREACHABLE,
                                "no region manager is there: start galois.region"));
    }

    private void tell(RunningQuery query) {
        out.send(
                REGION + query.region(),
                query.isStopping() ? new Withdraw(query.id()) : new Deploy(query.subquery()));
    }

    private void over(RunningQuery query, QueryState state, Failure failure) {
        byId.remove(query.id());
        QueryChanged end = new QueryChanged(query.id(), state, failure, Map.of());
        named.onEnd(end);
        out.send(query.client(), end);
    }
}
