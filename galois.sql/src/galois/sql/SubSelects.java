package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.JoinKind;
import galois.api.plan.LogicalOp;
import galois.batch.FieldType;

import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Conditions with a select inside: IN and EXISTS become half joins. The inner select may compare
 * its columns with those of the outer one in its WHERE.
 */
final class SubSelects {
    private final PlanBuilder builder;
    private final QueryPlaces places;

    SubSelects(PlanBuilder builder, QueryPlaces places) {
        this.builder = builder;
        this.places = places;
    }

    /** The input with the rows for which the condition, a conjunction, is true. */
    Relation filter(Relation input, RexNode condition) {
        Relation result = input;
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> nested = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            (isNested(conjunct) ? nested : plain).add(conjunct);
        }
        for (RexNode conjunct : plain) {
            result = WindowRows.readBy(List.of(conjunct), result, places);
            LogicalOp op = result.op();
            result = result.withOp(new LogicalOp.Filter(op, builder.expression(conjunct, result)));
        }
        for (RexNode conjunct : nested) {
            boolean isNegated = conjunct.getKind() == SqlKind.NOT;
            RexNode inner = isNegated ? ((RexCall) conjunct).getOperands().get(0) : conjunct;
            if (inner instanceof RexSubQuery select && isHalf(select)) {
                result = half(result, select, isNegated);
            } else {
                List<RexNode> filled = new ArrayList<>();
                Relation wider = withScalars(result, List.of(conjunct), filled);
                Expr filter = builder.expression(filled.get(0), wider);
                result = result.withOp(new LogicalOp.Filter(wider.op(), filter));
            }
        }
        return result;
    }

    private static boolean isHalf(RexSubQuery select) {
        return select.getKind() == SqlKind.IN || select.getKind() == SqlKind.EXISTS;
    }

    /**
     * The input with a column more for each select inside the expressions that has one value: an
     * aggregate without GROUP BY that names nothing outside of it.
     *
     * @param filled gets the expressions with the columns in place of the selects
     */
    Relation withScalars(Relation input, List<RexNode> nodes, List<RexNode> filled) {
        Relation[] wider = {input};
        RexShuttle fill =
                new RexShuttle() {
                    @Override
                    public RexNode visitSubQuery(RexSubQuery select) {
                        int field = wider[0].columns().length;
                        wider[0] = withScalar(wider[0], select);
                        return new RexInputRef(field, select.getType());
                    }
                };
        nodes.forEach(node -> filled.add(node.accept(fill)));
        return wider[0];
    }

    private Relation withScalar(Relation outer, RexSubQuery select) {
        RelNode one = select.rel;
        while (one instanceof Project || one instanceof Filter) {
            one = one.getInput(0);
        }
        boolean isOneRow = one instanceof Aggregate total && total.getGroupCount() == 0;
        if (select.getKind() != SqlKind.SCALAR_QUERY || !isOneRow || isCorrelated(select.rel)) {
            throw notAlone();
        }
        Relation inner = builder.translate(select.rel);
        int fields = outer.op().schema().size();
        int[] columns = Arrays.copyOf(outer.columns(), outer.columns().length + 1);
        columns[outer.columns().length] = fields + inner.columns()[0];
        LogicalOp.Join join =
                LogicalOp.Join.of(outer.op(), inner.op(), JoinKind.LEFT, Exprs.all(List.of()));
        return new Relation(join, columns, outer.window(), outer.partition());
    }

    /** True when there is a select somewhere in the expression. */
    static boolean isNested(RexNode node) {
        boolean[] found = {false};
        node.accept(
                new RexVisitorImpl<Void>(true) {
                    @Override
                    public Void visitSubQuery(RexSubQuery select) {
                        found[0] = true;
                        return null;
                    }
                });
        return found[0];
    }

    RuntimeException notAlone() {
        return places.errorAtWord(
                ErrorCode.UNSUPPORTED,
                List.of("EXISTS", "IN", "SELECT"),
                "a select inside an expression can only be IN (SELECT ...) or EXISTS (SELECT ...),"
                        + " alone or with AND in WHERE, or an aggregate without GROUP BY of its"
                        + " own: otherwise join with it in FROM");
    }

    private Relation half(Relation lazy, RexSubQuery select, boolean isNegated) {
        if (select.getKind() != SqlKind.IN && select.getKind() != SqlKind.EXISTS) {
            throw notAlone();
        }
        RelNode rel = select.rel;
        List<Expr> outputs = null;
        List<RexNode> outputNodes = null;
        boolean isIn = select.getKind() == SqlKind.IN;
        if (rel instanceof Project project && (!isIn || isCorrelated(project.getInput()))) {
            outputNodes = project.getProjects();
            rel = project.getInput();
        }
        List<RexNode> correlated = new ArrayList<>();
        List<RexNode> own = new ArrayList<>();
        RelNode below = rel;
        if (rel instanceof Filter filter && isCorrelated(filter.getCondition())) {
            for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
                (isCorrelated(conjunct) ? correlated : own).add(conjunct);
            }
            below = filter.getInput();
        }
        if (isCorrelated(below)) {
            throw places.errorAtWord(
                    ErrorCode.UNSUPPORTED,
                    List.of("EXISTS", "IN", "SELECT"),
                    "an inner select can name columns of the outer one only in its own WHERE");
        }
        List<RexNode> named = new ArrayList<>(correlated);
        named.addAll(outputNodes == null ? List.of() : outputNodes);
        Relation read = WindowRows.readBy(select.getOperands(), lazy, places);
        Relation outer = WindowRows.readInside(named, read, places);
        Relation inner = builder.translate(below);
        for (RexNode conjunct : own) {
            inner = filter(inner, conjunct);
        }
        Relation right = WindowRows.complete(inner, places);
        int leftFields = outer.op().schema().size();
        IntFunction<Expr> rightColumn =
                field -> {
                    Expr.Column column = (Expr.Column) right.column(field);
                    return new Expr.Column(leftFields + column.index(), column.type());
                };
        List<Expr> conditions = new ArrayList<>();
        for (RexNode conjunct : correlated) {
            conditions.add(pairCondition(conjunct, outer, rightColumn));
        }
        if (isIn) {
            if (outputNodes != null) {
                outputs =
                        outputNodes.stream()
                                .map(n -> pairCondition(n, outer, rightColumn))
                                .toList();
            } else {
                outputs = IntStream.range(0, right.columns().length).mapToObj(rightColumn).toList();
            }
            for (int i = 0; i < outputs.size(); i++) {
                Expr left = builder.expression(select.getOperands().get(i), outer);
                Expr equal = TextCalls.call(Function.EQUAL, List.of(left, outputs.get(i)));
                conditions.add(isNegated ? notFalse(equal) : equal);
            }
        }
        JoinKind kind = isNegated ? JoinKind.ANTI : JoinKind.SEMI;
        return outer.withOp(LogicalOp.Join.of(outer.op(), right.op(), kind, Exprs.all(conditions)));
    }

    /** NOT IN: an unknown comparison keeps a row out as a true one does. */
    private static Expr notFalse(Expr condition) {
        return new Expr.Call(Function.IS_NOT_FALSE, List.of(condition), FieldType.BOOLEAN);
    }

    private Expr pairCondition(RexNode node, Relation outer, IntFunction<Expr> rightColumn) {
        return ExprBuilder.ofText(rightColumn, field -> builder.column(outer, field)).build(node);
    }

    private static boolean isCorrelated(RexNode node) {
        boolean[] found = {false};
        node.accept(
                new RexVisitorImpl<Void>(true) {
                    @Override
                    public Void visitCorrelVariable(RexCorrelVariable variable) {
                        found[0] = true;
                        return null;
                    }

                    @Override
                    public Void visitFieldAccess(RexFieldAccess access) {
                        found[0] |= access.getReferenceExpr() instanceof RexCorrelVariable;
                        return null;
                    }
                });
        return found[0];
    }

    private static boolean isCorrelated(RelNode rel) {
        return RelOptUtil.getVariablesUsed(rel).stream().findAny().isPresent();
    }
}
