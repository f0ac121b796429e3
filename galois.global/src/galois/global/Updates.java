package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Message.SourceBinding;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Over;
import galois.api.plan.Plans;
import galois.api.plan.StreamDefinition;
import galois.api.plan.Window;
import galois.api.query.Statement;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Aggregates without a window over streams that do not end: their result is updated from time to
 * time, and the rows of the query say what they do to it. Operators that would have to take rows
 * back are refused.
 */
final class Updates {
    /** The column that says what a row does: {@code +I}, {@code -U}, {@code +U}, {@code -D}. */
    static final String COLUMN = "op";

    private final List<SourceBinding> sources;
    private final Window window;

    private Updates(List<SourceBinding> sources, Window window) {
        this.sources = sources;
        this.window = window;
    }

    /**
     * The plan as it can run over these sources.
     *
     * @throws GaloisException UNSUPPORTED with the remedy
     */
    static LogicalPlan of(LogicalPlan plan, List<SourceBinding> sources, Settings settings) {
        Window window = Window.updating(settings.updateIntervalUs(), settings.stateTtlUs());
        LogicalOp root = new Updates(sources, window).rewrite(plan.root(), 0);
        return new LogicalPlan(root, plan.parameters());
    }

    /**
     * @param first number of the first source below {@code op}
     */
    private LogicalOp rewrite(LogicalOp op, int first) {
        List<LogicalOp> inputs = new ArrayList<>();
        int next = first;
        for (LogicalOp input : op.inputs()) {
            inputs.add(rewrite(input, next));
            next += Plans.sources(input).size();
        }
        LogicalOp same = Plans.withInputs(op, inputs);
        boolean isEndless = sources.subList(first, next).stream().anyMatch(s -> !s.bounded());
        if (same instanceof LogicalOp.WindowAggregate aggregate && isEndless) {
            Window given = aggregate.window();
            if (given.kind() == Window.Kind.NONE) {
                same = within(aggregate, window);
            } else if (given.hasBounds()
                    && isArrival(aggregate.input(), given.timeField(), first)) {
                same = within(aggregate, given.completedByClock());
            }
        }
        if (Plans.isStateful(same)) {
            inputs.forEach(input -> checkReader(op, input));
        }
        return same;
    }

    private static LogicalOp within(LogicalOp.WindowAggregate aggregate, Window window) {
        return new LogicalOp.WindowAggregate(
                aggregate.input(),
                window,
                aggregate.keys(),
                aggregate.aggregates(),
                aggregate.schema());
    }

    /** True for the time of arrival where the event time of the stream is another column. */
    private boolean isArrival(LogicalOp op, int field, int first) {
        if (op instanceof LogicalOp.Source) {
            StreamDefinition stream = sources.get(first).stream();
            String name = stream.schema().field(field).name();
            return field != stream.timeField() && "arrival".equals(stream.metadata().get(name));
        }
        if (op instanceof LogicalOp.Filter filter) {
            return isArrival(filter.input(), field, first);
        }
        if (op instanceof LogicalOp.Project project) {
            return project.expressions().get(field) instanceof Expr.Column column
                    && isArrival(project.input(), column.index(), first);
        }
        return false;
    }

    private static boolean followsClock(LogicalOp op) {
        return op instanceof LogicalOp.WindowAggregate aggregate && aggregate.window().byClock();
    }

    /** An operator with state takes no row back; one that goes by time would find all late. */
    private void checkReader(LogicalOp reader, LogicalOp input) {
        if (Plans.operators(input).stream().anyMatch(Updates::followsClock)) {
            throw new GaloisException(
                    ErrorCode.UNSUPPORTED,
                    "windows over a PROCTIME() column beside a WATERMARK give rows that follow the"
                            + " clock: nothing that groups, joins or orders by time can read them."
                            + " Use windows over the column of the WATERMARK, or leave WATERMARK"
                            + " FOR out");
        }
        boolean isAggregate =
                reader instanceof LogicalOp.WindowAggregate aggregate
                        && !aggregate.window().isInTime();
        boolean isOver =
                Plans.operators(input).stream()
                        .anyMatch(
                                op ->
                                        op instanceof LogicalOp.WindowAggregate aggregate
                                                && aggregate.window().kind()
                                                        == Window.Kind.UPDATING);
        if (!isOver || isAggregate && !Plans.isUpdating(input) && window.slideUs() == 0) {
            return;
        }
        String what =
                reader instanceof LogicalOp.WindowAggregate
                        ? "an aggregate"
                        : reader instanceof LogicalOp.Join
                                ? "a join"
                                : reader instanceof LogicalOp.Repeat
                                        ? "a hopping window or GROUPING SETS"
                                        : reader instanceof Over
                                                ? "OVER"
                                                : ((LogicalOp.Sort) reader).isLimit()
                                                        ? "LIMIT"
                                                        : "ORDER BY or a row number";
        String remedy =
                isAggregate && !Plans.isUpdating(input)
                        ? "leave out SET 'state_ttl'"
                        : "group the inner select by a window, as in GROUP BY TUMBLE(ts, INTERVAL"
                                + " '1' MINUTE)";
        throw new GaloisException(
                ErrorCode.UNSUPPORTED,
                what
                        + " cannot read a GROUP BY or DISTINCT without a window over the unbounded"
                        + " stream \""
                        + sources.stream()
                                .filter(source -> !source.bounded())
                                .map(source -> source.stream().name())
                                .findFirst()
                                .orElseThrow()
                        + "\", because rows of its result change: "
                        + remedy);
    }

    /**
     * The plan with the column that says what each row does, if some do more than insert.
     *
     * @param target where the rows go; null: to whoever asked, or to a new stream
     * @throws GaloisException UNSUPPORTED when the target cannot have the column
     */
    static LogicalPlan told(LogicalPlan plan, boolean isUpdating, StreamDefinition target) {
        if (!isUpdating) {
            return plan;
        }
        LogicalOp root = plan.root();
        List<Expr> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>(root.schema().fields());
        for (int i = 0; i < fields.size(); i++) {
            columns.add(new Expr.Column(i, fields.get(i).type()));
        }
        Expr change = new Expr.Call(Function.CHANGE, List.of(), FieldType.VARCHAR);
        int own = target == null ? -1 : target.schema().indexOf(COLUMN);
        if (own >= 0 && root.schema().type(own) == FieldType.VARCHAR && isEmpty(plan, own)) {
            columns.set(own, change);
        } else {
            if (target != null && InternalStreams.isInternal(target)) {
                throw noColumn(target);
            }
            columns.add(change);
            fields.add(new Field(name(root.schema()), FieldType.VARCHAR));
        }
        return new LogicalPlan(
                new LogicalOp.Project(root, columns, new Schema(fields)), plan.parameters());
    }

    /** True when the query leaves that column NULL. */
    private static boolean isEmpty(LogicalPlan plan, int column) {
        if (!(plan.root() instanceof LogicalOp.Project project)) {
            return false;
        }
        Expr value = project.expressions().get(column);
        return value instanceof Expr.Literal literal && literal.isNull()
                || value instanceof Expr.Parameter parameter
                        && plan.parameters().get(parameter.index()).isNull();
    }

    private static String name(Schema schema) {
        String name = COLUMN;
        for (int i = 0; schema.indexOf(name) >= 0; i++) {
            name = COLUMN + i;
        }
        return name;
    }

    private static GaloisException noColumn(StreamDefinition target) {
        String columns =
                target.schema().fields().stream()
                        .map(Field::name)
                        .filter(name -> !name.toLowerCase(Locale.ROOT).equals(COLUMN))
                        .collect(Collectors.joining(", "));
        return new GaloisException(
                ErrorCode.UNSUPPORTED,
                "rows of the result change, and stream \""
                        + target.name()
                        + "\" has no free column that says so: add \""
                        + COLUMN
                        + " VARCHAR\" to it and write INSERT INTO "
                        + target.name()
                        + " ("
                        + columns
                        + ") SELECT ...");
    }

    /** The stream as it is written: with the column that the query adds. */
    static StreamDefinition written(StreamDefinition target, Schema rows) {
        return rows.size() == target.schema().size()
                ? target
                : new StreamDefinition(
                        target.name(),
                        rows,
                        target.metadata(),
                        target.timeField(),
                        target.watermarkDelayUs(),
                        target.options());
    }

    /** The name of the stream that a statement writes to; null when it names none. */
    static String target(Statement statement) {
        if (statement instanceof Statement.Insert insert) {
            return insert.target();
        }
        if (statement instanceof Statement.CreateQuery create) {
            return target(create.query());
        }
        if (statement instanceof Statement.Validate validate) {
            return target(validate.statement());
        }
        return statement instanceof Statement.Explain explain ? target(explain.explained()) : null;
    }
}
