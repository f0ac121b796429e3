package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Message;
import galois.api.control.Message.Execute;
import galois.api.control.Message.Executed;
import galois.api.control.Message.Failure;
import galois.api.control.Message.MemberChanged;
import galois.api.control.Message.PlacementExplained;
import galois.api.control.Message.QueryChanged;
import galois.api.control.Message.Refused;
import galois.api.control.Message.RegionHello;
import galois.api.control.Message.RowProblems;
import galois.api.control.Message.SinkTarget;
import galois.api.control.Message.SourceBinding;
import galois.api.control.Message.StopQuery;
import galois.api.control.Message.Subquery;
import galois.api.plan.StreamDefinition;
import galois.api.query.Statement;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The global manager: takes statements, keeps the catalogue, gives queries to regions and tells
 * clients what became of them. It knows no cluster, node or kernel.
 *
 * <p>Single threaded; no I/O, clock or random number of its own. Catalogue and queries are lost
 * with it: what regions still run then is withdrawn.
 */
public final class GlobalManager {
    static final String ADDRESS = "global";

    private static final String CLIENT = "client/";

    private final long epoch;
    private final Outbox out = new Outbox();
    private final Streams streams = new Streams();
    private final Statements statements = new Statements(out);
    private final Queries queries = new Queries(out);
    private final Explanations explanations = new Explanations(out, ADDRESS);

    /**
     * @param epoch greater than that of any global manager before, so that its queries are told
     *     from theirs
     */
    public GlobalManager(long epoch) {
        this.epoch = epoch;
    }

    public List<GlobalEffect> onEvent(GlobalEvent event, long nowNs) {
        if (event instanceof GlobalEvent.Received received) {
            onMessage(received.from(), received.message(), nowNs);
        } else if (event instanceof GlobalEvent.Planned planned) {
            onPlanned(planned, nowNs);
        } else if (event instanceof GlobalEvent.NotPlanned refused) {
            Statements.Request request = statements.underWay(refused.ticket());
            if (request != null) {
                refuse(request, refused.failure());
                statements.answered(request);
            }
        } else if (event instanceof GlobalEvent.Tick) {
            queries.onTime(nowNs);
            explanations.onTime(nowNs);
        }
        statements.next(streams.snapshot());
        return out.take();
    }

    private void onMessage(String from, Message message, long nowNs) {
        if (message instanceof Execute execute) {
            statements.add(from, execute);
        } else if (message instanceof StopQuery stop) {
            queries.stop(stop.queryId(), nowNs);
        } else if (message instanceof QueryChanged change) {
            queries.onChanged(from, change);
        } else if (message instanceof RowProblems problems) {
            queries.onProblems(problems);
        } else if (message instanceof PlacementExplained answer) {
            explanations.onAnswer(answer);
        } else if (message instanceof RegionHello hello) {
            queries.regionUp(hello.regionId());
            explanations.askRegions(queries.regions());
        } else if (message instanceof MemberChanged change && !change.up()) {
            if (change.address().startsWith(Queries.REGION)) {
                String region = change.address().substring(Queries.REGION.length());
                queries.regionDown(region);
                explanations.regionDown(region);
            } else if (change.address().startsWith(CLIENT)) {
                statements.clientLeft(change.address());
                queries.clientLeft(change.address(), nowNs);
            }
        }
    }

    // ---- statements

    private void onPlanned(GlobalEvent.Planned planned, long nowNs) {
        Statements.Request request = statements.underWay(planned.ticket());
        if (request == null) {
            return;
        }
        try {
            carryOut(request, planned.statement(), nowNs);
        } catch (GaloisException e) {
            refuse(request, e);
        }
        statements.answered(request); // not when a mistake of ours came out: then it is refused
    }

    private void carryOut(Statements.Request request, PlannedStatement planned, long nowNs) {
        Statement statement = planned.statement();
        if (statement instanceof Statement.CreateStream create) {
            streams.create(request.settings().complete(create.definition()), create.ifNotExists());
            done(request, null);
        } else if (statement instanceof Statement.DropStream drop) {
            drop(drop);
            done(request, null);
        } else if (statement instanceof Statement.Set set) {
            Settings.check(set.key());
            answer(request, null, null, Map.of(set.key(), set.value()), true);
        } else if (statement instanceof Statement.ShowStreams) {
            done(request, StreamText.show(streams.all()));
        } else if (statement instanceof Statement.Describe describe) {
            done(request, StreamText.describe(describe.definition()));
        } else if (statement instanceof Statement.Explain explain) {
            explain(request, explain.explained(), planned.query(), nowNs);
        } else {
            start(request, statement, planned.query(), nowNs);
        }
    }

    private void drop(Statement.DropStream drop) {
        queries.userOf(drop.name())
                .ifPresent(
                        query -> {
                            throw new GaloisException(
                                    ErrorCode.STREAM_IN_USE,
                                    "stream \""
                                            + drop.name()
                                            + "\" is used by query "
                                            + query
                                            + ": stop the query first");
                        });
        streams.drop(drop.name(), drop.ifExists());
    }

    private void start(
            Statements.Request request,
            Statement statement,
            PlannedStatement.Query planned,
            long nowNs) {
        queries.check(planned);
        List<SourceBinding> sources = WindowTime.check(planned);
        String id = queries.nextId();
        SinkTarget sink = sink(statement, planned, id);
        boolean isSelect = statement instanceof Statement.Select;
        Set<String> used = new HashSet<>();
        sources.forEach(source -> used.add(Streams.key(source.stream().name())));
        if (!isSelect) {
            used.add(Streams.key(sink.stream().name()));
        }
        Subquery subquery = subquery(request, planned, sources, sink, id);
        answer(request, id, null, Map.of(), planned.bounded());
        queries.start(new RunningQuery(subquery, request.client(), isSelect, used), nowNs);
    }

    private void explain(
            Statements.Request request,
            Statement explained,
            PlannedStatement.Query planned,
            long nowNs) {
        queries.check(planned);
        List<SourceBinding> sources = WindowTime.check(planned);
        String id = "explained";
        SinkTarget sink = sink(explained, planned, id);
        Subquery subquery = subquery(request, planned, sources, sink, id);
        explanations.ask(request, planned, subquery, queries.regions(), nowNs);
    }

    private Subquery subquery(
            Statements.Request request,
            PlannedStatement.Query planned,
            List<SourceBinding> sources,
            SinkTarget sink,
            String id) {
        return new Subquery(
                id,
                epoch,
                planned.optimized(),
                sources,
                sink,
                request.settings().placement(),
                planned.bounded());
    }

    /** The stream that an INSERT names, or whoever asked. */
    private SinkTarget sink(Statement statement, PlannedStatement.Query planned, String queryId) {
        if (statement instanceof Statement.Insert insert) {
            return new SinkTarget(
                    streams.find(insert.target())
                            .orElseThrow(() -> streams.unknown(insert.target())));
        }
        return new SinkTarget(
                new StreamDefinition(
                        "result",
                        planned.plan().root().schema(),
                        Map.of(),
                        -1,
                        0,
                        Map.of("transport", "result", "query", queryId)));
    }

    // ---- answers

    private void done(Statements.Request request, String text) {
        answer(request, null, text, Map.of(), true);
    }

    private void answer(
            Statements.Request request,
            String queryId,
            String text,
            Map<String, String> setting,
            boolean bounded) {
        out.send(
                request.client(),
                new Executed(request.execute().requestId(), queryId, text, setting, bounded));
    }

    private void refuse(Statements.Request request, GaloisException failure) {
        out.send(
                request.client(),
                new Refused(
                        request.execute().requestId(),
                        Failure.of(failure).at(request.execute().statement().start())));
    }
}
