package galois.itest.engine;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;

import galois.api.control.Message.SinkTarget;
import galois.api.control.Message.SourceBinding;
import galois.api.control.Message.Subquery;
import galois.api.kernel.KernelModule;
import galois.api.placement.PlacementRequest.NodeLoad;
import galois.api.placement.PlacementStrategy;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.LogicalOptimizer;
import galois.api.query.SourceText;
import galois.api.query.Statement;
import galois.api.query.StreamEstimates;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.cluster.PhysicalPlan;
import galois.cluster.PhysicalPlanner;
import galois.compiler.WasmKernelCompiler;
import galois.global.JoinTimes;
import galois.global.Lookups;
import galois.global.Parallel;
import galois.sql.CalciteSql;
import galois.sql.CostOptimizer;
import galois.sql.HeuristicOptimizer;
import galois.sql.NoOptimizer;
import galois.wasm.ChicoryKernelRuntime;

import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * SQL text and rows to rows, with the parts that a runtime is made of and none of its services: the
 * language, an optimiser, the physical planner, the compiler and the sandbox.
 */
public final class SqlEngine {
    /** Before anything that logs in a thread of its own: while SLF4J starts, loggers stand in. */
    private static final Logger OPTIMIZER =
            (Logger) LoggerFactory.getLogger(HeuristicOptimizer.class);

    /** Every operator gets a node, and so a kernel, of its own. */
    private static final PlacementStrategy ONE_EACH =
            request -> {
                Map<String, String> nodes = new HashMap<>();
                request.operators().forEach(operator -> nodes.put(operator, "n-" + operator));
                return nodes;
            };

    private static final PlacementStrategy ALL_ON_ONE =
            request -> {
                Map<String, String> nodes = new HashMap<>();
                request.operators().forEach(operator -> nodes.put(operator, "n"));
                return nodes;
            };

    private final CalciteSql language = new CalciteSql();
    private final Map<String, LogicalOptimizer> optimizers =
            Map.of(
                    "none",
                    new NoOptimizer(),
                    "heuristic",
                    new HeuristicOptimizer(),
                    "cost",
                    new CostOptimizer());
    private final WasmKernelCompiler compiler = new WasmKernelCompiler();
    private final ChicoryKernelRuntime runtime;
    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();

    public SqlEngine() {
        this(new ChicoryKernelRuntime());
    }

    private SqlEngine(ChicoryKernelRuntime runtime) {
        this.runtime = runtime;
        warnings.start();
        OPTIMIZER.addAppender(warnings);
    }

    /** Interprets kernels: many small queries take a fraction of the time. */
    public static SqlEngine interpreting() {
        return new SqlEngine(ChicoryKernelRuntime.interpreting());
    }

    /** The streams of a catalogue. */
    public static Catalog catalog(List<StreamDefinition> streams) {
        return new Catalog() {
            @Override
            public Optional<StreamDefinition> stream(String name) {
                return streams.stream().filter(s -> s.name().equalsIgnoreCase(name)).findFirst();
            }

            @Override
            public List<StreamDefinition> streams() {
                return streams;
            }
        };
    }

    /** A bounded stream. */
    public static StreamDefinition stream(String name, Schema schema, int timeField) {
        return new StreamDefinition(
                name,
                schema,
                Map.of(),
                timeField,
                0,
                Map.of("transport", "file", "path", name + ".csv", "format", "csv"));
    }

    public CalciteSql language() {
        return language;
    }

    /** The plan of a SELECT over that stream, as it was written. */
    public LogicalPlan plan(String sql, StreamDefinition stream) {
        SourceText text = language.split(sql).get(0);
        return ((Statement.Select) language.parse(text, catalog(List.of(stream)))).plan();
    }

    /** Fails when the optimiser gave up: a user would run the plan as it was written. */
    public LogicalPlan optimize(LogicalPlan plan, String optimizer) {
        return optimize(plan, optimizer, StreamEstimates.UNKNOWN);
    }

    private LogicalPlan optimize(LogicalPlan plan, String optimizer, StreamEstimates estimates) {
        warnings.list.clear();
        LogicalPlan optimized = optimizers.get(optimizer).optimize(plan, estimates);
        if (!warnings.list.isEmpty()) {
            ILoggingEvent warning = warnings.list.get(0);
            throw new AssertionError(
                    warning.getFormattedMessage()
                            + (warning.getThrowableProxy() == null
                                    ? ""
                                    : ": "
                                            + ThrowableProxyUtil.asString(
                                                    warning.getThrowableProxy())));
        }
        return optimized;
    }

    /** Parses, optimises, compiles and runs. */
    public Outcome run(String sql, StreamDefinition stream, Table table, Variant variant) {
        return run(plan(sql, stream), stream, table, variant);
    }

    /** Optimises, compiles and runs. */
    public Outcome run(LogicalPlan plan, StreamDefinition stream, Table table, Variant variant) {
        return run(plan, List.of(new Input(stream, table)), variant);
    }

    /** Optimises, compiles and runs a plan over streams that are found by their names. */
    public Outcome run(LogicalPlan plan, List<Input> streams, Variant variant) {
        LogicalPlan optimized =
                lookups(optimize(plan, variant.optimizer(), estimates(streams)), streams);
        Outcome outcome = Outcome.empty(plan.root().schema());
        List<Input> inputs = inputs(optimized, streams);
        LogicalPlan timed = timed(optimized, inputs, variant.parallelism());
        try (Dataflow flow = dataflow(timed, inputs, variant.split(), outcome)) {
            int longest = inputs.stream().mapToInt(i -> i.table().rows().size()).max().orElse(0);
            int step = Math.min(variant.batchRows(), Math.max(longest, 1));
            for (int from = 0; from < longest; from += step) {
                for (int i = 0; i < inputs.size(); i++) {
                    batch(flow, i, inputs.get(i), from, step, variant);
                }
            }
            for (int i = 0; i < inputs.size(); i++) {
                Input input = inputs.get(i);
                byte[] end = rows(input.table(), input.stream(), 0, 0, RowLayout.WATERMARK_END);
                flow.source(i, end);
            }
        }
        return outcome;
    }

    /**
     * Optimises, compiles and runs; rows come as producers send them, in batches of at most {@link
     * Variant#batchRows}, one source or another at a time as chance has it.
     */
    public Outcome arrive(LogicalPlan plan, List<Input> streams, Variant variant, Random random) {
        LogicalPlan optimized =
                lookups(optimize(plan, variant.optimizer(), estimates(streams)), streams);
        Outcome outcome = Outcome.empty(plan.root().schema());
        List<Input> inputs = inputs(optimized, streams);
        List<Arrivals> open = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            open.add(new Arrivals(i, inputs.get(i)));
        }
        LogicalPlan timed = timed(optimized, inputs, variant.parallelism());
        try (Dataflow flow = dataflow(timed, inputs, variant.split(), outcome)) {
            while (!open.isEmpty()) {
                Arrivals next = open.get(random.nextInt(open.size()));
                flow.source(next.source(), next.batch(random.nextInt(variant.batchRows() + 1)));
                if (next.hasEnded()) {
                    open.remove(next);
                }
                if (variant.saved()) {
                    flow.saveAndLoad();
                }
            }
        }
        return outcome;
    }

    private static StreamEstimates estimates(List<Input> streams) {
        return StreamEstimates.of(name -> input(name, streams).stream());
    }

    private static Input input(String name, List<Input> streams) {
        return streams.stream()
                .filter(input -> input.stream().name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow();
    }

    /** What each source of the plan reads. */
    private static List<Input> inputs(LogicalPlan plan, List<Input> streams) {
        List<Input> inputs = new ArrayList<>();
        for (LogicalOp.Source source : Plans.sources(plan.root())) {
            inputs.add(input(source.stream(), streams));
        }
        return inputs;
    }

    private static void batch(
            Dataflow flow, int source, Input input, int from, int step, Variant variant) {
        int size = input.table().rows().size();
        if (from >= size) {
            return;
        }
        int to = Math.min(size, from + step);
        long watermarkUs =
                variant.prompt()
                        ? watermark(input.table(), input.stream().timeField(), to)
                        : RowLayout.WATERMARK_NONE;
        flow.source(source, rows(input.table(), input.stream(), from, to, watermarkUs));
        if (variant.saved()) {
            flow.saveAndLoad();
        }
    }

    private static byte[] rows(
            Table table, StreamDefinition stream, int from, int to, long watermarkUs) {
        return Batches.of(
                table.schema(), table.rows().subList(from, to), stream.timeField(), watermarkUs);
    }

    /** No row from {@code first} on is older. */
    private static long watermark(Table table, int timeField, int first) {
        long earliest = Long.MAX_VALUE;
        for (List<Object> row : table.rows().subList(first, table.rows().size())) {
            Object time = timeField < 0 ? null : row.get(timeField);
            if (time != null) {
                earliest = Math.min(earliest, (Long) time - 1);
            }
        }
        return earliest == Long.MAX_VALUE ? RowLayout.WATERMARK_NONE : earliest;
    }

    /** The global manager finds out which joins look rows up in a table. */
    private static LogicalPlan lookups(LogicalPlan plan, List<Input> streams) {
        return Lookups.find(
                plan,
                name ->
                        streams.stream()
                                .map(Input::stream)
                                .anyMatch(s -> s.name().equalsIgnoreCase(name) && s.isTable()));
    }

    /** The global manager finds out which joins are bounded in time, and cuts the plan. */
    private static LogicalPlan timed(LogicalPlan plan, List<Input> inputs, int parallelism) {
        List<SourceBinding> sources =
                inputs.stream().map(input -> new SourceBinding(input.stream(), true)).toList();
        return Parallel.of(JoinTimes.find(plan, sources), sources, parallelism).plan();
    }

    private Dataflow dataflow(
            LogicalPlan plan, List<Input> inputs, boolean split, Outcome outcome) {
        List<RunningKernel> kernels = new ArrayList<>();
        PlacementStrategy strategy = split ? ONE_EACH : ALL_ON_ONE;
        PhysicalPlanner planner =
                new PhysicalPlanner(
                        name -> strategy,
                        part -> {
                            KernelModule module = compiler.compile(part);
                            String codeId = runtime.register(module.wasm());
                            kernels.add(
                                    new RunningKernel(runtime, codeId, part.parameters(), outcome));
                            return module;
                        });
        StreamDefinition result =
                new StreamDefinition("result", plan.root().schema(), Map.of(), -1, 0, Map.of());
        List<SourceBinding> sources =
                inputs.stream().map(input -> new SourceBinding(input.stream(), true)).toList();
        Subquery subquery =
                new Subquery("q-1", 1, plan, sources, new SinkTarget(result), "test", true);
        PhysicalPlan physical = planner.plan(subquery, List.of(new NodeLoad("n", 0)), Map.of());
        return new Dataflow(physical, kernels, outcome);
    }

    /** Kernels that the plan becomes when it is split as far as possible. */
    public static int operators(LogicalPlan plan) {
        return (int)
                Plans.operators(plan.root()).stream()
                        .filter(op -> !(op instanceof LogicalOp.Source))
                        .count();
    }
}
