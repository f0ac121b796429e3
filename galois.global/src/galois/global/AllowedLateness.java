package galois.global;

import galois.api.control.Message.SourceBinding;
import galois.api.io.LateRows;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.plan.StreamDefinition;
import galois.api.plan.Window;
import galois.api.plan.WindowBound;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Streams whose late rows count ({@code late = 'allow:10 s'}). Where results can be taken back,
 * windows over streams that do not end give theirs in time and update it. Everywhere else (joins,
 * orders, sessions, windows of windows, inputs that end) the watermark stays behind by what is
 * allowed, so that results come later, once, with all rows.
 *
 * @param sources as the query reads them
 * @param notes what was done, in words
 */
record AllowedLateness(LogicalPlan plan, List<SourceBinding> sources, List<String> notes) {
    /**
     * @param sources of the plan, from left to right
     * @throws galois.api.GaloisException STREAM_OPTION
     */
    static AllowedLateness of(LogicalPlan plan, List<SourceBinding> sources) {
        Rewriter rewriter = new Rewriter(sources);
        if (rewriter.longestUs(0, sources.size()) == 0) {
            return new AllowedLateness(plan, sources, List.of());
        }
        LogicalOp root = rewriter.rewrite(plan.root(), 0, false);
        boolean waits = Plans.operators(root).stream().anyMatch(Plans::isStateful);
        List<SourceBinding> read = waits ? rewriter.delayed() : sources;
        return new AllowedLateness(
                new LogicalPlan(root, plan.parameters()), read, List.copyOf(rewriter.notes));
    }

    private static final class Rewriter {
        private final List<SourceBinding> sources;

        /** The sources whose late rows update results. */
        private final BitSet updating = new BitSet();

        private final List<String> notes = new ArrayList<>();

        Rewriter(List<SourceBinding> sources) {
            this.sources = sources;
        }

        private long allowUs(int source) {
            StreamDefinition stream = sources.get(source).stream();
            return stream.isTable() ? 0 : LateRows.of(stream).allowUs();
        }

        /** The longest that any of these sources allows. */
        long longestUs(int first, int end) {
            long longest = 0;
            for (int i = first; i < end; i++) {
                longest = Math.max(longest, allowUs(i));
            }
            return longest;
        }

        /**
         * @param first number of the first source below {@code op}
         * @param isRead an operator that takes no row back reads it
         */
        LogicalOp rewrite(LogicalOp op, int first, boolean isRead) {
            int end = first + Plans.sources(op).size();
            if (op instanceof LogicalOp.WindowAggregate aggregate
                    && !isRead
                    && canUpdate(aggregate)
                    && !isTorn(aggregate, first, end)
                    && sources.subList(first, end).stream().anyMatch(s -> !s.bounded())) {
                long us = longestUs(first, end);
                if (us > 0) {
                    updating.set(first, end);
                    notes.add("windows: updated by rows that are " + told(us) + " late at most");
                    return updated(aggregate, us);
                }
            }
            List<LogicalOp> inputs = new ArrayList<>();
            int next = first;
            for (LogicalOp input : op.inputs()) {
                inputs.add(rewrite(input, next, isRead || Plans.isStateful(op)));
                next += Plans.sources(input).size();
            }
            return inputs.equals(op.inputs()) ? op : Plans.withInputs(op, inputs);
        }

        private static boolean canUpdate(LogicalOp.WindowAggregate aggregate) {
            Window window = aggregate.window();
            boolean isKnown =
                    switch (window.kind()) {
                        case TUMBLE, ATTACHED -> true;
                        case HOP ->
                                WindowBound.windows(window.sizeUs(), window.slideUs())
                                                <= LogicalOp.Repeat.TIMES_MAX
                                        && window.sizeUs() <= WindowBound.SIZE_US_MAX;
                        case NONE, UPDATING, SESSION -> false;
                    };
            return isKnown && !window.byClock() && passesLateRows(aggregate.input());
        }

        /**
         * Rows that are to be handed out as they came cannot be copied for their windows before.
         */
        private boolean isTorn(LogicalOp.WindowAggregate aggregate, int first, int end) {
            boolean hasSide = false;
            for (int i = first; i < end; i++) {
                StreamDefinition stream = sources.get(i).stream();
                hasSide |= !stream.isTable() && LateRows.of(stream).side() != null;
            }
            return hasSide && aggregate.window().kind() == Window.Kind.HOP;
        }

        /** True when rows come through at once, however late they are. */
        private static boolean passesLateRows(LogicalOp op) {
            boolean isLookup = op instanceof LogicalOp.Join join && join.mode() == JoinMode.LOOKUP;
            boolean passes = !Plans.isStateful(op) || op instanceof LogicalOp.Repeat || isLookup;
            return passes && op.inputs().stream().allMatch(Rewriter::passesLateRows);
        }

        private static LogicalOp updated(LogicalOp.WindowAggregate aggregate, long us) {
            return aggregate.window().kind() == Window.Kind.HOP
                    ? hopping(aggregate, us)
                    : over(aggregate.input(), aggregate.window(), aggregate.keys(), aggregate, us);
        }

        private static LogicalOp over(
                LogicalOp input,
                Window window,
                List<Integer> keys,
                LogicalOp.WindowAggregate aggregate,
                long us) {
            return new LogicalOp.WindowAggregate(
                    input, window.updatedFor(us), keys, aggregate.aggregates(), aggregate.schema());
        }

        /** Each window has groups of its own: a row comes once for each that it is in. */
        private static LogicalOp hopping(LogicalOp.WindowAggregate aggregate, long us) {
            Window window = aggregate.window();
            LogicalOp below = aggregate.input();
            Schema schema = below.schema();
            long windows = WindowBound.windows(window.sizeUs(), window.slideUs());
            Expr copy = null;
            if (windows > 1) {
                LogicalOp.Repeat repeat = LogicalOp.Repeat.of(below, windows);
                copy = new Expr.Column(repeat.copy(), FieldType.BIGINT);
                below = repeat;
            }
            List<Expr> columns = new ArrayList<>();
            for (int i = 0; i < schema.size(); i++) {
                columns.add(new Expr.Column(i, schema.type(i)));
            }
            Expr time = columns.get(window.timeField());
            List<Field> fields = new ArrayList<>(schema.fields());
            columns.add(WindowBound.call(Function.WINDOW_START, time, window, copy));
            fields.add(new Field("$start", FieldType.TIMESTAMP));
            columns.add(WindowBound.call(Function.WINDOW_END, time, window, copy));
            fields.add(new Field("$end", FieldType.TIMESTAMP));
            LogicalOp rows = new LogicalOp.Project(below, columns, new Schema(fields));
            int end = schema.size() + 1;
            if (window.sizeUs() % window.slideUs() != 0) {
                List<Expr> inside = List.of(time, new Expr.Column(end, FieldType.TIMESTAMP));
                rows =
                        new LogicalOp.Filter(
                                rows, new Expr.Call(Function.LESS, inside, FieldType.BOOLEAN));
            }
            List<Integer> keys = new ArrayList<>(aggregate.keys());
            keys.add(schema.size());
            keys.add(end);
            return over(rows, Window.attached(end, 0), keys, aggregate, us);
        }

        /** The watermark of the other sources waits for rows that are late. */
        List<SourceBinding> delayed() {
            List<SourceBinding> all = new ArrayList<>();
            for (int i = 0; i < sources.size(); i++) {
                SourceBinding source = sources.get(i);
                long us = updating.get(i) ? 0 : allowUs(i);
                all.add(us == 0 ? source : delayed(source, us));
            }
            return List.copyOf(all);
        }

        private static String told(long us) {
            return us % 1_000_000 == 0 ? us / 1_000_000 + " s" : us / 1_000 + " ms";
        }

        private SourceBinding delayed(SourceBinding source, long us) {
            StreamDefinition stream = source.stream();
            notes.add(stream.name() + ": results come " + told(us) + " later, with its late rows");
            return source.reading(stream.withWatermarkDelay(stream.watermarkDelayUs() + us));
        }
    }
}
