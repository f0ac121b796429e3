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
import java.util.Optional;
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
    private final Streams streams;
    private final Templates templates = new Templates();
    private final Statements statements = new Statements(out);
    private final NamedQueries named = new NamedQueries();
    private final Queries queries = new Queries(out, named);
    private final Explanations explanations = new Explanations(out, ADDRESS);

    /**
     * @param epoch greater than that of any global manager before, so that its queries are told
     *     from theirs
     */
    public GlobalManager(long epoch) {
        this.epoch = epoch;
        streams = new Streams(new InternalStreams(epoch));
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
        statements.next(streams.snapshot(templates.all()));
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
        if (statement instanceof Statement.Set set) {
            Settings.check(set.key(), set.value());
            answer(request, null, null, Map.of(set.key(), set.value()), true);
        } else if (statement instanceof Statement.Explain explain) {
            explain(request, explain.explained(), planned.query(), false, nowNs);
        } else if (statement instanceof Statement.Validate validate) {
            validate(request, validate.statement(), planned, nowNs);
        } else if (statement instanceof Statement.CreateQuery create) {
            createQuery(request, create, planned.query(), nowNs);
        } else if (planned.query() != null) {
            start(request, statement, planned.query(), null, nowNs);
        } else if (!define(request, statement, nowNs)) {
            done(request, text(request, statement));
        }
    }

    /** Changes the catalogue; false when the statement is about something else. */
    private boolean define(Statements.Request request, Statement statement, long nowNs) {
        if (statement instanceof Statement.CreateStream create) {
            if (create.orReplace()) {
                checkUnused(create.definition().name(), null);
            }
            streams.create(
                    request.settings().complete(create.definition()),
                    create.ifNotExists(),
                    create.orReplace());
        } else if (statement instanceof Statement.AlterStream alter) {
            checkUnused(alter.name(), null);
            streams.alter(alter.name(), alter.definition());
        } else if (statement instanceof Statement.DropStream drop) {
            checkUnused(drop.name(), null);
            streams.drop(drop.name(), drop.ifExists());
        } else if (statement instanceof Statement.CreateTemplate create) {
            templates.create(create);
        } else if (statement instanceof Statement.DropTemplate drop) {
            templates.drop(drop);
        } else if (statement instanceof Statement.DropQuery drop) {
            dropQuery(drop, nowNs);
        } else if (statement instanceof Statement.PauseQuery pause) {
            NamedQueries.Named query = named.find(pause.name());
            queries.pause(query == null ? pause.name() : query.id, pause.paused());
        } else {
            return false;
        }
        done(request, null);
        return true;
    }

    /** What SHOW and DESCRIBE print. */
    private String text(Statements.Request request, Statement statement) {
        if (statement instanceof Statement.ShowStreams) {
            return StreamText.show(streams.all(), false);
        }
        if (statement instanceof Statement.ShowTables) {
            return StreamText.show(streams.all(), true);
        }
        if (statement instanceof Statement.ShowQueries) {
            return QueryText.show(named, queries.all());
        }
        if (statement instanceof Statement.ShowTemplates) {
            return templates.text();
        }
        if (statement instanceof Statement.ShowSettings) {
            return request.settings().text();
        }
        if (statement instanceof Statement.Describe describe) {
            return StreamText.describe(describe.definition());
        }
        if (statement instanceof Statement.DescribeQuery describe) {
            return QueryText.describe(named.get(describe.name()), queries.all());
        }
        return ((Statement.Answer) statement).text();
    }

    /**
     * @param byQuery a query that may use it; null: none may
     */
    private void checkUnused(String stream, String byQuery) {
        Optional<String> user =
                byQuery == null ? queries.userOf(stream) : queries.readerOf(stream, byQuery);
        user.ifPresent(
                query -> {
                    throw new GaloisException(
                            ErrorCode.STREAM_IN_USE,
                            streams.find(stream).map(StreamDefinition::kind).orElse("stream")
                                    + " \""
                                    + stream
                                    + "\" is used by query "
                                    + query
                                    + ": stop the query first");
                });
    }

    private void dropQuery(Statement.DropQuery drop, long nowNs) {
        if (drop.ifExists() && named.find(drop.name()) == null) {
            return;
        }
        NamedQueries.Named query = named.get(drop.name());
        if (query.result != null) {
            checkUnused(query.result, query.id);
            streams.drop(query.result, true);
        }
        queries.stop(query.id, nowNs);
        named.remove(query);
    }

    /** Drops the query whose name another one takes. */
    private void replaced(String name, PlannedStatement.Query planned, long nowNs) {
        boolean readsItself =
                planned.sources().stream()
                        .anyMatch(source -> source.stream().name().equalsIgnoreCase(name));
        if (readsItself) {
            throw new GaloisException(
                    ErrorCode.STREAM_IN_USE,
                    "the query reads \"" + name + "\", the result of the one it would replace");
        }
        queries.check(planned);
        WindowTime.check(planned);
        dropQuery(new Statement.DropQuery(name, false), nowNs);
    }

    private void createQuery(
            Statements.Request request,
            Statement.CreateQuery create,
            PlannedStatement.Query planned,
            long nowNs) {
        if (create.ifNotExists() && named.find(create.name()) != null) {
            done(request, null);
            return;
        }
        if (create.orReplace() && named.find(create.name()) != null) {
            replaced(create.name(), planned, nowNs);
        }
        named.checkFree(create.name());
        Statement query = create.query();
        if (query instanceof Statement.Select) {
            queries.check(planned);
            WindowTime.check(planned);
            Map<String, String> options = Map.of("transport", InternalStreams.INTERNAL);
            streams.create(WindowTime.result(create.name(), planned, options), false, false);
            query = new Statement.Insert(create.name(), planned.plan());
        }
        String id = start(request, query, planned, create.name(), nowNs);
        boolean ownsResult = create.query() instanceof Statement.Select;
        named.add(
                new NamedQueries.Named(
                        create.name(),
                        id,
                        request.execute().statement().text(),
                        ownsResult ? create.name() : null));
    }

    /** Everything but the effect. */
    private void validate(
            Statements.Request request, Statement statement, PlannedStatement planned, long nowNs) {
        if (planned.query() == null) {
            done(request, Explanations.VALID);
        } else {
            explain(request, statement, planned.query(), true, nowNs);
        }
    }

    /**
     * @param name of the query; null when it has none
     * @return its id
     */
    private String start(
            Statements.Request request,
            Statement statement,
            PlannedStatement.Query planned,
            String name,
            long nowNs) {
        queries.check(planned);
        List<SourceBinding> sources = WindowTime.check(planned);
        Set<String> reads = new HashSet<>();
        sources.forEach(source -> reads.add(Streams.key(source.stream().name())));
        for (SourceBinding source : sources) {
            if (source.side() != null) {
                checkCircle(source.side().name(), reads);
            }
        }
        SinkTarget sink;
        String id = queries.nextId();
        boolean isInsert = statement instanceof Statement.Insert;
        if (statement instanceof Statement.Insert insert) {
            checkCircle(insert.target(), reads);
            StreamDefinition target = streams.toWrite(insert.target(), planned.bounded());
            sink = new SinkTarget(Updates.written(target, planned.plan().root().schema()));
        } else {
            sink = sink(statement, planned, id);
        }
        Subquery subquery = subquery(request, planned, written(sources, planned), sink, id);
        answer(request, id, null, Map.of(), planned.bounded());
        String text = request.execute().statement().text();
        queries.start(
                new RunningQuery(subquery, request.client(), !isInsert, reads, name, text), nowNs);
        return id;
    }

    /** Side streams as this query writes them. */
    private List<SourceBinding> written(
            List<SourceBinding> sources, PlannedStatement.Query planned) {
        return sources.stream()
                .map(
                        source ->
                                source.side() == null
                                        ? source
                                        : source.lateTo(
                                                streams.toWrite(
                                                        source.side().name(), planned.bounded())))
                .toList();
    }

    /** A query that gets its own rows again would never end. */
    private void checkCircle(String target, Set<String> reads) {
        boolean isInternal = streams.find(target).filter(InternalStreams::isInternal).isPresent();
        if (isInternal && queries.leads(Streams.key(target), reads)) {
            throw new GaloisException(
                    ErrorCode.UNSUPPORTED,
                    "the rows written to \""
                            + target
                            + "\" would come back to this query: write to another stream");
        }
    }

    private void explain(
            Statements.Request request,
            Statement explained,
            PlannedStatement.Query planned,
            boolean onlyValid,
            long nowNs) {
        queries.check(planned);
        List<SourceBinding> sources = WindowTime.check(planned);
        String id = "explained";
        SinkTarget sink = sink(explained, planned, id);
        Subquery subquery = subquery(request, planned, sources, sink, id);
        explanations.ask(request, planned, subquery, queries.regions(), onlyValid, nowNs);
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
            StreamDefinition target =
                    streams.find(insert.target())
                            .orElseThrow(() -> streams.unknown(insert.target()));
            return new SinkTarget(Updates.written(target, planned.plan().root().schema()));
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
