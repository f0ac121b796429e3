package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.Plans;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code PROCTIME()} in a select: when the row came. It becomes a column of the stream, one that is
 * declared or one more, and goes with the rows up to where it is asked for.
 */
final class ArrivalTime {
    private static final String SELECT_OVER_STREAM =
            "PROCTIME() tells when a row of a stream came: write it in the select over the stream"
                    + " itself";

    /** What a plan has until it is resolved. */
    static final Expr CALL = new Expr.Call(Function.ARRIVAL_TIME, List.of(), FieldType.TIMESTAMP);

    private final Catalog catalog;
    private final QueryPlaces places;

    private ArrivalTime(Catalog catalog, QueryPlaces places) {
        this.catalog = catalog;
        this.places = places;
    }

    /**
     * The plan without calls of {@link Function#ARRIVAL_TIME}.
     *
     * @throws galois.api.GaloisException UNSUPPORTED where there is no row of a stream
     */
    static LogicalOp resolve(LogicalOp root, Catalog catalog, QueryPlaces places) {
        return new ArrivalTime(catalog, places).resolve(root);
    }

    /** The operands of a window, which may be one of PROCTIME(). */
    static List<SqlNode> operands(SqlCall window) {
        List<SqlNode> operands = new ArrayList<>(window.getOperandList());
        boolean isOfIt =
                !operands.isEmpty()
                        && operands.get(0) instanceof SqlCall call
                        && call.operandCount() == 0
                        && call.getOperator().getName().equalsIgnoreCase("PROCTIME");
        if (isOfIt) {
            SqlParserPos at = operands.get(0).getParserPosition();
            operands.set(0, FunctionTable.of(Function.ARRIVAL_TIME).createCall(at));
        }
        return operands;
    }

    private LogicalOp resolve(LogicalOp op) {
        List<LogicalOp> inputs = op.inputs().stream().map(this::resolve).toList();
        LogicalOp same = inputs.equals(op.inputs()) ? op : Plans.withInputs(op, inputs);
        if (same instanceof LogicalOp.Project project
                && project.expressions().stream().anyMatch(ArrivalTime::isIn)) {
            LogicalOp rows = extended(project.input());
            List<Expr> columns =
                    project.expressions().stream().map(e -> replaced(e, last(rows))).toList();
            return new LogicalOp.Project(rows, columns, project.schema());
        }
        if (same instanceof LogicalOp.Filter filter && isIn(filter.condition())) {
            LogicalOp rows = extended(filter.input());
            Expr condition = replaced(filter.condition(), last(rows));
            List<Expr> columns = columns(filter.input());
            return new LogicalOp.Project(
                    new LogicalOp.Filter(rows, condition), columns, filter.schema());
        }
        if (same instanceof LogicalOp.Join join && isIn(join.condition())) {
            throw refused();
        }
        return same;
    }

    /** The same rows, with the time at which each came behind the other columns. */
    private LogicalOp extended(LogicalOp op) {
        if (op instanceof LogicalOp.Source source) {
            return extended(source);
        }
        if (op instanceof LogicalOp.Filter filter) {
            return new LogicalOp.Filter(extended(filter.input()), filter.condition());
        }
        if (op instanceof LogicalOp.Project project) {
            LogicalOp rows = extended(project.input());
            List<Expr> columns = new ArrayList<>(project.expressions());
            columns.add(last(rows));
            return new LogicalOp.Project(rows, columns, extended(project.schema()));
        }
        if (op instanceof LogicalOp.Union union) {
            List<LogicalOp> inputs = union.inputs().stream().map(this::extended).toList();
            return new LogicalOp.Union(inputs, extended(union.schema()));
        }
        throw refused();
    }

    private LogicalOp extended(LogicalOp.Source source) {
        StreamDefinition stream = catalog.stream(source.stream()).orElse(null);
        if (stream == null || stream.isTable()) {
            throw refused();
        }
        for (int i = 0; i < source.schema().size(); i++) {
            String name = source.schema().field(i).name();
            boolean isKnown =
                    name.equals(StreamDefinition.ARRIVAL)
                            || "arrival".equals(stream.metadata().get(name));
            if (isKnown && source.schema().type(i) == FieldType.TIMESTAMP) {
                List<Expr> columns = columns(source);
                columns.add(new Expr.Column(i, FieldType.TIMESTAMP));
                return new LogicalOp.Project(source, columns, extended(source.schema()));
            }
        }
        StreamDefinition told = stream.withArrival();
        return new LogicalOp.Source(source.stream(), told.schema(), told.timeField());
    }

    private static Schema extended(Schema schema) {
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(Projections.unique(fields, StreamDefinition.ARRIVAL, FieldType.TIMESTAMP));
        return new Schema(fields);
    }

    private static List<Expr> columns(LogicalOp op) {
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < op.schema().size(); i++) {
            columns.add(new Expr.Column(i, op.schema().type(i)));
        }
        return columns;
    }

    private static Expr last(LogicalOp op) {
        return new Expr.Column(op.schema().size() - 1, FieldType.TIMESTAMP);
    }

    private static boolean isIn(Expr expr) {
        return expr instanceof Expr.Call call
                && (call.function() == Function.ARRIVAL_TIME
                        || call.operands().stream().anyMatch(ArrivalTime::isIn));
    }

    private static Expr replaced(Expr expr, Expr arrival) {
        if (!(expr instanceof Expr.Call call)) {
            return expr;
        }
        return call.function() == Function.ARRIVAL_TIME
                ? arrival
                : new Expr.Call(
                        call.function(),
                        call.operands().stream().map(o -> replaced(o, arrival)).toList(),
                        call.type());
    }

    private RuntimeException refused() {
        return WindowCalls.error(places, ErrorCode.UNSUPPORTED, SELECT_OVER_STREAM);
    }
}
