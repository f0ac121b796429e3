package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.ServiceTable;
import galois.api.control.Message.SourceBinding;
import galois.api.io.SourceConnector;
import galois.api.io.StreamOptions;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.LogicalOptimizer;
import galois.api.query.QueryLanguage;
import galois.api.query.SourceText;
import galois.api.query.Statement;
import galois.api.query.StreamEstimates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses and optimises with the services that are installed. Used by one worker thread. */
public final class StatementPlanner {
    /** The language of statements in this version. */
    static final String LANGUAGE = "sql";

    private final ServiceTable<QueryLanguage> languages;
    private final ServiceTable<LogicalOptimizer> optimizers;
    private final ServiceTable<SourceConnector> connectors;
    private final long serviceWaitMs;

    /**
     * @param serviceWaitMs how long to wait for a service that is not there yet
     */
    public StatementPlanner(
            ServiceTable<QueryLanguage> languages,
            ServiceTable<LogicalOptimizer> optimizers,
            ServiceTable<SourceConnector> connectors,
            long serviceWaitMs) {
        this.languages = languages;
        this.optimizers = optimizers;
        this.connectors = connectors;
        this.serviceWaitMs = serviceWaitMs;
    }

    /**
     * @throws GaloisException when the statement is refused
     */
    public PlannedStatement plan(SourceText text, Catalog catalog, Map<String, String> values) {
        Settings settings = new Settings(values);
        Statement statement = languages.get(LANGUAGE, serviceWaitMs).parse(text, catalog);
        LogicalPlan plan = planOf(statement);
        Statement.DryRun dry = dryRun(statement);
        if (plan == null) {
            return new PlannedStatement(statement, null);
        }
        LogicalPlan optimized =
                Lookups.find(
                        optimizers
                                .get(settings.optimizer(), serviceWaitMs)
                                .optimize(plan, StreamEstimates.of(name -> stream(catalog, name))),
                        name -> stream(catalog, name).isTable());
        List<SourceBinding> sources = new ArrayList<>();
        for (LogicalOp.Source source : Plans.sources(optimized.root())) {
            StreamDefinition stream = given(dry, source.stream());
            if (stream == null) {
                stream = stream(catalog, source.stream());
            }
            if (source.schema().indexOf(StreamDefinition.ARRIVAL) >= 0) {
                stream = stream.withArrival();
            }
            StreamOptions.checkCommon(stream);
            boolean bounded = isBounded(stream);
            if (dry != null && !bounded) {
                throw new GaloisException(
                        ErrorCode.UNSUPPORTED,
                        "the dry run reads stream \""
                                + stream.name()
                                + "\", which does not end: give its rows, WITH ROWS "
                                + stream.name()
                                + " ((...), (...))");
            }
            sources.add(new SourceBinding(stream, bounded));
        }
        checkRefresh(optimized, sources);
        AllowedLateness late = AllowedLateness.of(optimized, sources);
        return timed(statement, plan, late, settings, catalog);
    }

    private static PlannedStatement timed(
            Statement statement,
            LogicalPlan plan,
            AllowedLateness late,
            Settings settings,
            Catalog catalog) {
        LogicalPlan updated = Updates.of(late.plan(), late.sources(), settings);
        LogicalPlan timed = JoinTimes.find(StreamOrder.of(updated, late.sources()), late.sources());
        List<SourceBinding> sources = SideStreams.of(timed, late.sources(), catalog);
        Parallel parallel = Parallel.of(timed, sources, settings.parallelism());
        timed = settings.errorsAsNull() ? ErrorsAsNull.of(parallel.plan()) : parallel.plan();
        boolean isUpdating = Plans.isUpdating(timed.root());
        String name = Updates.target(statement);
        StreamDefinition target = name == null ? null : catalog.stream(name).orElse(null);
        PlannedStatement.Query query =
                new PlannedStatement.Query(
                        Updates.told(plan, isUpdating, target),
                        Updates.told(timed, isUpdating, target),
                        sources,
                        parallel.notes(),
                        late.notes());
        return new PlannedStatement(statement, query);
    }

    private static StreamDefinition stream(Catalog catalog, String name) {
        return name.equals(StreamDefinition.ONE_ROW.name())
                ? StreamDefinition.ONE_ROW
                : catalog.stream(name).orElseThrow();
    }

    /** Only a lookup follows the versions of a table while the query runs. */
    private static void checkRefresh(LogicalPlan plan, List<SourceBinding> sources) {
        if (sources.stream().allMatch(SourceBinding::bounded)) {
            return;
        }
        Set<Integer> lookedUp = Lookups.lookedUp(plan.root());
        for (int i = 0; i < sources.size(); i++) {
            StreamDefinition stream = sources.get(i).stream();
            boolean isRefreshed = stream.isTable() && stream.options().containsKey("refresh");
            if (isRefreshed && !lookedUp.contains(i)) {
                throw new GaloisException(
                        ErrorCode.UNSUPPORTED,
                        "the table \""
                                + stream.name()
                                + "\" is refreshed, and a query over streams that do not end can"
                                + " follow that only where it joins a stream with the table itself:"
                                + " write stream JOIN "
                                + stream.name()
                                + ", or declare the table without the option refresh");
            }
        }
    }

    private static LogicalPlan planOf(Statement statement) {
        if (statement instanceof Statement.Select select) {
            return select.plan();
        }
        if (statement instanceof Statement.Insert insert) {
            return insert.plan();
        }
        if (statement instanceof Statement.CreateQuery create) {
            return planOf(create.query());
        }
        if (statement instanceof Statement.Validate validate) {
            return planOf(validate.statement());
        }
        if (statement instanceof Statement.DryRun dry) {
            return dry.plan();
        }
        return statement instanceof Statement.Explain explain ? planOf(explain.explained()) : null;
    }

    private static Statement.DryRun dryRun(Statement statement) {
        if (statement instanceof Statement.Validate validate) {
            return dryRun(validate.statement());
        }
        return statement instanceof Statement.DryRun dry ? dry : null;
    }

    /** The rows given for a stream; null when there are none. */
    private static StreamDefinition given(Statement.DryRun dry, String stream) {
        if (dry == null) {
            return null;
        }
        return dry.streams().stream()
                .filter(s -> s.name().equalsIgnoreCase(stream))
                .findFirst()
                .orElse(null);
    }

    private boolean isBounded(StreamDefinition source) {
        String transport = source.option("transport", "");
        boolean isBounded = connectors.get(transport, serviceWaitMs).isBounded(source);
        if (source.isTable() && !isBounded) {
            throw new GaloisException(
                    ErrorCode.STREAM_OPTION,
                    "the table \""
                            + source.name()
                            + "\" reads from "
                            + transport
                            + ", which does not end: read it from a file or a database, or declare"
                            + " it with CREATE STREAM");
        }
        return isBounded;
    }
}
