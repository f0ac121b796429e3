package galois.sql;

import galois.api.TextPosition;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.api.plan.Window;
import galois.api.query.Catalog;
import galois.api.query.SourceText;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Plans one query ahead in the background, while the other bundles start: the first query of a
 * process would otherwise wait a second for Calcite's classes. Whoever comes earlier waits for the
 * rest, which is shorter than doing it again, and does not find his planning time used up.
 *
 * <p>One thread does all of it: Calcite's classes refer to each other in their initialisers, and
 * two threads that begin at different ends of such a ring wait for each other for ever.
 */
record Warmup(CompletableFuture<Void> done) {
    static final Warmup NONE = new Warmup(CompletableFuture.completedFuture(null));

    private static final Logger LOG = LoggerFactory.getLogger(Warmup.class);

    private static final Schema SCHEMA =
            Schema.of(new Field("x", FieldType.DOUBLE), new Field("ts", FieldType.TIMESTAMP));

    private static final StreamDefinition STREAM =
            new StreamDefinition("s", SCHEMA, Map.of(), 1, 0, Map.of());

    static final SourceText QUERY =
            new SourceText(
                    "SELECT TUMBLE_START(ts, INTERVAL '1' DAY) AS a, MAX(x + 1) AS b FROM s"
                            + " WHERE x > 1.5 AND x <= 3 GROUP BY TUMBLE(ts, INTERVAL '1' DAY)",
                    new TextPosition(1, 1));

    static final Catalog CATALOG =
            new Catalog() {
                @Override
                public Optional<StreamDefinition> stream(String name) {
                    return name.equals("s") ? Optional.of(STREAM) : Optional.empty();
                }

                @Override
                public List<StreamDefinition> streams() {
                    return List.of(STREAM);
                }
            };

    static final LogicalPlan PLAN = plan();

    private static LogicalPlan plan() {
        Expr x = new Expr.Column(0, FieldType.DOUBLE);
        Expr limit = new Expr.Parameter(0, FieldType.DOUBLE);
        LogicalOp source = new LogicalOp.Source("s", SCHEMA, 1);
        LogicalOp inner = new LogicalOp.Project(source, List.of(x, time()), SCHEMA);
        Expr condition = new Expr.Call(Function.GREATER, List.of(x, limit), FieldType.BOOLEAN);
        LogicalOp filter = new LogicalOp.Filter(inner, condition);
        AggregateCall max = new AggregateCall(AggregateFunction.MAX, 0, FieldType.DOUBLE);
        LogicalOp aggregate =
                LogicalOp.WindowAggregate.of(
                        filter, Window.tumble(1, 1, 0), List.of(), List.of(max), List.of("m"));
        return new LogicalPlan(aggregate, List.of(new Expr.Literal(FieldType.DOUBLE, "1.0")));
    }

    private static Expr time() {
        return new Expr.Column(1, FieldType.TIMESTAMP);
    }

    /** The warm-up of this bundle, begun by the first who asks for it. */
    static Warmup calcite() {
        return Once.WARMUP;
    }

    private static final class Once {
        static final Warmup WARMUP =
                start(
                        () -> {
                            new CalciteSql(NONE).parse(QUERY, CATALOG);
                            new HeuristicOptimizer(() -> 0).rewrite(PLAN);
                        });
    }

    /** Runs the work on a thread of its own; a failure is logged and otherwise forgotten. */
    static Warmup start(Runnable work) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(work, Warmup::inBackground);
        return new Warmup(
                done.exceptionally(
                        failed -> {
                            LOG.debug("warm-up failed, queries are planned cold", failed);
                            return null;
                        }));
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "galois-sql-warmup");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when the work is done, well or not. */
    void await() {
        done.join();
    }
}
