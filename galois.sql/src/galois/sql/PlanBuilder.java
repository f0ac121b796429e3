package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.JoinKind;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;
import galois.api.query.Catalog;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

import java.util.ArrayList;
import java.util.List;

/**
 * Translates a converted query to our algebra. Both spellings of a window end as one {@link
 * LogicalOp.WindowAggregate}: until its GROUP BY is met, a window is only remembered ({@link
 * Relation}).
 */
final class PlanBuilder {
    private final QueryPlaces places;
    private final Catalog catalog;
    private final SubSelects selects;
    private final Sorting sorting;
    private final Snapshots snapshots;
    private final AsofJoins asofs;
    private int operators;
    private int joins;

    PlanBuilder(QueryPlaces places, Catalog catalog, Snapshots snapshots) {
        this.places = places;
        this.catalog = catalog;
        this.snapshots = snapshots;
        asofs = new AsofJoins(places, catalog);
        sorting = new Sorting(places, this::expression);
        selects = new SubSelects(this, places);
    }

    LogicalOp build(RelRoot root) {
        Relation relation = WindowRows.complete(translate(root.rel), places);
        List<Expr> outputs = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (var field : root.fields) {
            Expr column = relation.column(field.getKey());
            outputs.add(column);
            fields.add(new Field(field.getValue(), column.type()));
        }
        return Projections.project(relation.op(), outputs, new Schema(fields));
    }

    Relation translate(RelNode rel) {
        if (++operators > Limits.OPERATORS_MAX) {
            throw Limits.tooManyOperators(places.inScript(1, 1));
        }
        if (rel instanceof SourceRel source) {
            return Relation.of(source.source());
        }
        if (rel instanceof Union union) {
            return union(union);
        }
        if (rel instanceof SetOp set) {
            return Relation.of(SetOperations.plan(set, inputs(set, schema(set)), places));
        }
        if (rel instanceof Join join) {
            return join(join);
        }
        Relation input = rel.getInputs().isEmpty() ? null : translate(rel.getInput(0));
        if (rel instanceof Filter filter && SubSelects.isNested(filter.getCondition())) {
            return selects.filter(input, filter.getCondition());
        }
        if (rel instanceof Filter filter) {
            Relation read = WindowRows.readBy(List.of(filter.getCondition()), input, places);
            Expr condition = expression(filter.getCondition(), read);
            return read.withOp(TopRows.filter(read.op(), condition));
        }
        if (rel instanceof Project project) {
            Relation rows = project.containsOver() ? WindowRows.of(input, places) : input;
            List<RexNode> nodes = new ArrayList<>();
            Relation wider = selects.withScalars(rows, project.getProjects(), nodes);
            Sorting.Numbered numbered = sorting.number(project, nodes, wider);
            return project(project, numbered.expressions(), numbered.relation());
        }
        if (rel instanceof Sort sort) {
            return sorting.sort(sort, WindowRows.of(input, places));
        }
        if (rel instanceof Aggregate aggregate) {
            return new Groups(places).aggregate(aggregate, input);
        }
        if (rel instanceof TableFunctionScan scan) {
            RexCall call = (RexCall) scan.getCall();
            if (call.getOperator() == WindowTables.CUMULATE) {
                Window steps = WindowCalls.ofTable(call, input, places, catalog);
                return WindowRows.growing(input.withWindow(steps, null), steps, places);
            }
            return input.withWindow(
                    WindowCalls.ofTable(call, input, places, catalog),
                    WindowCalls.partition(call, input, places));
        }
        throw new IllegalStateException(
                "an operator that was not refused: " + rel.getRelTypeName());
    }

    /** Without ALL the groups of a union are the rows that differ. */
    private Relation union(Union union) {
        Schema schema = schema(union);
        LogicalOp op = new LogicalOp.Union(inputs(union, schema), schema);
        return Relation.of(union.all ? op : SetOperations.distinct(op));
    }

    /** Inputs with the types of the whole. */
    private List<LogicalOp> inputs(SetOp set, Schema schema) {
        List<LogicalOp> inputs = new ArrayList<>();
        for (RelNode input : set.getInputs()) {
            LogicalOp op = rows(translate(input));
            List<Expr> columns = new ArrayList<>();
            for (int i = 0; i < schema.size(); i++) {
                Expr column = new Expr.Column(i, op.schema().type(i));
                columns.add(TextCalls.cast(column, schema.type(i)));
            }
            inputs.add(Projections.project(op, columns, schema));
        }
        return inputs;
    }

    private Relation join(Join join) {
        if (++joins > Limits.JOINS_MAX) {
            throw Limits.tooManyJoins(places.inScript(1, 1));
        }
        LogicalOp left = rows(translate(join.getLeft()));
        LogicalOp right = rows(translate(join.getRight()));
        if (SubSelects.isNested(join.getCondition())) {
            throw selects.notAlone();
        }
        int leftFields = left.schema().size();
        ExprBuilder expressions =
                ExprBuilder.ofText(
                        field ->
                                new Expr.Column(
                                        field,
                                        field < leftFields
                                                ? left.schema().type(field)
                                                : right.schema().type(field - leftFields)));
        List<RexNode> conjuncts = new ArrayList<>(RelOptUtil.conjunctions(join.getCondition()));
        boolean isAsof = AsofJoins.unmark(conjuncts);
        boolean isPlain = !conjuncts.removeIf(snapshots::isAlways) && !isAsof;
        Expr condition =
                isPlain
                        ? expressions.build(join.getCondition())
                        : Exprs.all(conjuncts.stream().map(expressions::build).toList());
        JoinKind kind = JoinKind.valueOf(join.getJoinType().name());
        LogicalOp.Join pairs = LogicalOp.Join.of(left, right, kind, condition);
        return Relation.of(isAsof ? asofs.checked(pairs) : pairs);
    }

    /** The relation as an operator with its columns and nothing else. */
    private LogicalOp rows(Relation lazy) {
        Relation relation = WindowRows.complete(lazy, places);
        List<Expr> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < relation.columns().length; i++) {
            Expr.Column column = (Expr.Column) relation.column(i);
            columns.add(column);
            fields.add(relation.op().schema().field(column.index()));
        }
        return Projections.project(relation.op(), columns, new Schema(fields));
    }

    private static Schema schema(RelNode rel) {
        List<Field> fields = new ArrayList<>();
        for (RelDataTypeField field : rel.getRowType().getFieldList()) {
            fields.add(new Field(field.getName(), SqlTypes.from(field.getType())));
        }
        return new Schema(fields);
    }

    Expr expression(RexNode node, Relation input) {
        if (SubSelects.isNested(node)) {
            throw selects.notAlone();
        }
        return ExprBuilder.ofText(field -> column(input, field)).build(node);
    }

    /** A column that is there: not the bound of a window that no GROUP BY has met yet. */
    Expr column(Relation input, int field) {
        if (input.isWindowBound(field)) {
            throw WindowCalls.notGrouped(places);
        }
        return input.column(field);
    }

    private Relation project(Project project, List<RexNode> nodes, Relation lazy) {
        List<RexNode> computed = nodes.stream().filter(n -> !(n instanceof RexInputRef)).toList();
        boolean hasOther =
                nodes.stream().anyMatch(n -> WindowCalls.isGroupCall(n) || CountWindow.isCall(n));
        if (nodes.stream().filter(WindowCalls::isGroupCall).count() > 1) {
            throw WindowCalls.error(
                    places,
                    ErrorCode.UNSUPPORTED,
                    "GROUP BY takes one window: group the result of one by the other");
        }
        // A second window leaves the bounds of the first one what they are.
        Relation read =
                hasOther ? WindowRows.of(lazy, places) : WindowRows.readBy(computed, lazy, places);
        Relation input =
                nodes.stream().anyMatch(WindowCalls::isByArrival)
                        ? read.withOp(Projections.more(read.op(), List.of(ArrivalTime.CALL)))
                        : read;
        List<Expr> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        int[] columns = new int[nodes.size()];
        Window window = input.window();
        CountWindow counted = input.counted();
        for (int i = 0; i < columns.length; i++) {
            RexNode node = nodes.get(i);
            if (node instanceof RexInputRef ref && input.isWindowBound(ref.getIndex())) {
                columns[i] = input.columns()[ref.getIndex()];
            } else if (WindowCalls.isGroupCall(node)) {
                window = WindowCalls.ofGroup((RexCall) node, input, places, catalog);
                columns[i] = Relation.WINDOW_START;
            } else if (CountWindow.isCall(node)) {
                counted = CountWindow.of((RexCall) node, input.op(), catalog);
                columns[i] = Relation.WINDOW_START;
            } else {
                Expr expression = expression(node, input);
                columns[i] = expressions.size();
                expressions.add(expression);
                fields.add(
                        new Field(project.getRowType().getFieldNames().get(i), expression.type()));
            }
        }
        List<Integer> partition = input.partition();
        if (window != null) {
            window = window.over(keep(window.timeField(), input.op(), expressions, fields));
        }
        if (counted != null && counted.time() >= 0) {
            counted = counted.at(keep(counted.time(), input.op(), expressions, fields));
        }
        if (partition != null) {
            partition =
                    partition.stream()
                            .map(key -> keep(key, input.op(), expressions, fields))
                            .toList();
        }
        LogicalOp op = Projections.project(input.op(), expressions, new Schema(fields));
        return new Relation(op, columns, window, partition, counted);
    }

    /** The index of a column in a projection, which gets it if it has it not. */
    private static int keep(
            int column, LogicalOp input, List<Expr> expressions, List<Field> fields) {
        Expr kept = new Expr.Column(column, input.schema().type(column));
        int index = expressions.indexOf(kept);
        if (index < 0) {
            index = expressions.size();
            expressions.add(kept);
            fields.add(input.schema().field(column));
        }
        return index;
    }

    static FieldType resultType(AggregateFunction function, FieldType argument) {
        return switch (function) {
            case COUNT -> FieldType.BIGINT;
            case SUM -> ResultTypes.sum(argument);
            case AVG -> FieldType.DOUBLE;
            case MIN, MAX, BIT_AND, BIT_OR, BIT_XOR, FIRST, LAST, ARG_MIN, ARG_MAX -> argument;
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP, APPROX_QUANTILE -> FieldType.DOUBLE;
            case EVERY, ANY -> FieldType.BOOLEAN;
            case LISTAGG -> FieldType.VARCHAR;
            case APPROX_COUNT_DISTINCT -> FieldType.BIGINT;
        };
    }
}
